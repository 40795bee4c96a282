#include <catch2/catch.hpp>
#include <cstring>
#include <functional>
#include <limits>
#include <map>
#include <random>

#include "sim/exec/pending_event_set.hpp"

namespace {

using sim::EventKey;
using sim::Time;
using Random = std::mt19937_64;

/// Drives the set and a std::map with the same records; `delay` gives the time from the present to a new event.
void compare(std::size_t stride, std::uint64_t seed, int steps, std::size_t population,
             std::function<std::int64_t(Random&)> const& delay) {
  Random random(seed);
  sim::PendingEventSet set;
  set.reset(stride);
  std::map<EventKey, std::vector<std::byte>> oracle;
  std::vector<std::byte> record(stride);
  std::int64_t now = 0;
  auto const insert = [&] {
    sim::EventHeader header{.key = {Time{now + delay(random)}, random() >> 1}, .to = {}, .kind = 0, .size = 0};
    std::memcpy(record.data(), &header, sizeof header);
    for (std::size_t at = sizeof header; at < stride; ++at) record[at] = static_cast<std::byte>(random());
    if (oracle.emplace(header.key, record).second) set.insert(record.data());
  };
  for (int step = 0; step < steps; ++step) {
    // The population breathes between nothing and twice its size.
    std::size_t const target = static_cast<std::size_t>(step) * 7 / static_cast<std::size_t>(steps) % 2 == 0
                                   ? population
                                   : random() % (2 * population + 1);
    for (std::size_t sends = random() % 4; sends-- > 0 && oracle.size() < target + 1;) insert();
    if (oracle.size() < target) insert();
    REQUIRE(set.size() == oracle.size());
    auto const* const event = set.front();
    if (oracle.empty()) {
      REQUIRE(event == nullptr);
      continue;
    }
    REQUIRE(event != nullptr);
    REQUIRE(event->key == oracle.begin()->first);
    set.pop();
    REQUIRE(std::memcmp(event, oracle.begin()->second.data(), stride) == 0);
    now = event->key.time.ticks;
    oracle.erase(oracle.begin());
  }
  for (auto const& [key, bytes] : oracle) {
    auto const* const event = set.front();
    REQUIRE(event != nullptr);
    REQUIRE(event->key == key);
    REQUIRE(std::memcmp(event, bytes.data(), stride) == 0);
    set.pop();
  }
  REQUIRE(set.front() == nullptr);
}

}  // namespace

TEST_CASE("the pending event set gives events in the order of a sorted map", "[exec][pending]") {
  struct Load {
    char const* name;
    std::function<std::int64_t(Random&)> delay;
  };
  Load const loads[] = {
      {"ties", [](Random& r) { return static_cast<std::int64_t>(r() % 3); }},
      {"one moment", [](Random&) { return std::int64_t{0}; }},
      {"one delay", [](Random&) { return std::int64_t{1'000'000}; }},
      {"exponential", [](Random& r) { return static_cast<std::int64_t>(std::exponential_distribution<>(1e-6)(r)); }},
      {"near and far", [](Random& r) { return static_cast<std::int64_t>(r() % 2 == 0 ? r() % 100 : r() >> 20); }},
      {"all scales", [](Random& r) { return static_cast<std::int64_t>((r() >> 8) >> r() % 56); }},
      {"bursts", [](Random& r) { return static_cast<std::int64_t>(r() % 50 == 0 ? 1'000'000'000 : r() % 10); }},
  };
  std::uint64_t seed = 1;
  for (Load const& load : loads) {
    for (std::size_t const population : {1u, 10u, 200u, 3000u}) {
      INFO(load.name << " with " << population << " events");
      compare(24 + 8 * (seed % 5), seed, 6000, population, load.delay);
      ++seed;
    }
  }
}

TEST_CASE("the pending event set holds events at both ends of time", "[exec][pending]") {
  sim::PendingEventSet set;
  set.reset(24);
  std::vector<std::int64_t> const times = {std::numeric_limits<std::int64_t>::min(), -5, 0, 5,
                                           std::numeric_limits<std::int64_t>::max() - 1};
  for (auto at = times.rbegin(); at != times.rend(); ++at) {
    sim::EventHeader const event{.key = {Time{*at}, 0}, .to = {}, .kind = 0, .size = 0};
    set.insert(reinterpret_cast<std::byte const*>(&event));
  }
  for (std::int64_t const time : times) {
    REQUIRE(set.front()->key.time.ticks == time);
    set.pop();
  }
  REQUIRE(set.front() == nullptr);
}

TEST_CASE("a million events at one moment stay cheap", "[exec][pending]") {
  sim::PendingEventSet set;
  set.reset(24);
  auto const insert = [&](std::int64_t time, std::uint64_t tie) {
    sim::EventHeader const event{.key = {Time{time}, tie}, .to = {}, .kind = 0, .size = 0};
    set.insert(reinterpret_cast<std::byte const*>(&event));
  };
  insert(0, 0);
  REQUIRE(set.front() != nullptr);
  for (std::uint64_t i = 1; i < 500'000; ++i) insert(0, i * 0x9e37'79b9'7f4a'7c15 >> 1);
  for (std::uint64_t i = 1; i < 500'000; ++i) insert(1000, i * 0x9e37'79b9'7f4a'7c15 >> 1);
  EventKey last{Time{-1}, 0};
  std::size_t count = 0;
  while (auto const* const event = set.front()) {
    if (!(last < event->key)) FAIL("out of order");
    last = event->key;
    set.pop();
    ++count;
  }
  REQUIRE(count == 999'999);
}
