// The parts of the optimistic executor, each by itself.
#include <catch2/catch.hpp>
#include <cstring>
#include <set>
#include <vector>

#include "sim/exec/optimistic/instance_set.hpp"
#include "sim/exec/optimistic/speculation_window.hpp"
#include "sim/exec/optimistic/state_log.hpp"

namespace {

using sim::Duration;
using sim::Time;

constexpr Time never = sim::end_of_time;

/// Rounds of two workers, 1,000 events each, of which `undone` are undone.
void rounds(sim::SpeculationWindow& window, int count, std::uint64_t undone) {
  for (int round = 0; round < count; ++round) window.after_round(1000, undone);
}

sim::Processed& append(sim::StateLog& log, Time time, std::uint32_t state, std::uint32_t sent, std::uint32_t rows) {
  sim::EventHeader const event{.key = {time, 1}};
  sim::Processed& begun = log.open(32, state);
  std::memcpy(begun.record_bytes(), &event, sizeof event);
  std::memset(begun.state_bytes(), static_cast<int>(time.ticks % 256), state);
  return log.close(begun, sent, rows);
}

}  // namespace

TEST_CASE("a set of instances is a set", "[exec][optimistic]") {
  sim::InstanceSet set;
  std::set<std::uint64_t> model;
  std::uint64_t word = 7;
  for (int step = 0; step < 200'000; ++step) {
    word = sim::mix64(word + 1);
    std::uint64_t const instance = 1 + word % 3000;
    if (word >> 63 == 0 && model.insert(instance).second) set.insert(instance);
    else if (word >> 63 != 0) REQUIRE(set.erase(instance) == (model.erase(instance) == 1));
    if (step % 1000 == 0) {
      REQUIRE(set.size() == model.size());
      for (std::uint64_t each = 1; each <= 3000; ++each) REQUIRE(set.contains(each) == (model.count(each) == 1));
    }
  }
  set.clear();
  REQUIRE(set.empty());
  REQUIRE_FALSE(set.contains(*model.begin()));
}

TEST_CASE("a log keeps what is live, whole, and gives slabs back in bulk", "[exec][optimistic]") {
  sim::StateLog log;
  for (int lap = 0; lap < 3; ++lap) {
    std::size_t most = 0;
    for (std::int64_t at = 0; at < 2000; ++at) {
      append(log, Time{at}, 8 * static_cast<std::uint32_t>(at % 40), static_cast<std::uint32_t>(at % 3),
             at % 500 == 0 ? 100'000 : 0);
      most = std::max(most, log.bytes());
    }
    log.walk([&](sim::Processed& entry) { if (entry.event().key.time.ticks % 2 == 1) log.kill(entry); });
    REQUIRE(log.live() == 1000);
    std::int64_t committed = 0;
    log.collect(Time{1500}, [&](sim::Processed& entry) {
      std::int64_t const ticks = entry.event().key.time.ticks;
      REQUIRE((ticks % 2 == 0 && ticks < 1500));
      REQUIRE(entry.state == 8 * static_cast<std::uint32_t>(ticks % 40));
      for (std::uint32_t i = 0; i < entry.state; ++i) REQUIRE(entry.state_bytes()[i] == static_cast<std::byte>(ticks % 256));
      ++committed;
    });
    REQUIRE(committed == 750);
    REQUIRE(log.live() == 250);
    REQUIRE(log.bytes() < most / 2);
    log.collect(never, [](sim::Processed&) {});
    REQUIRE(log.bytes() == 0);
  }
}

TEST_CASE("a window grows while nothing is undone and shrinks while much is", "[exec][optimistic]") {
  sim::SpeculationWindow window;
  window.reset(2, 0, Duration{0}, Duration{100});
  REQUIRE(window.ahead());
  REQUIRE(window.horizon(Time{5}, never) == Time{105});
  REQUIRE(window.horizon(Time{5}, Time{50}) == Time{50});
  rounds(window, 100, 0);
  Time const wide = window.horizon(Time{0}, never);
  REQUIRE(wide > Time{10'000});
  rounds(window, 100, 70);
  REQUIRE(window.horizon(Time{0}, never) == wide);
  rounds(window, 100, 200);
  Time const narrow = window.horizon(Time{0}, never);
  REQUIRE(narrow < wide);
  rounds(window, 400, 900);
  REQUIRE(window.horizon(Time{0}, never) == Time{1});
  REQUIRE(window.horizon(sim::end_of_time, never) == never);
}

TEST_CASE("rounds that are too small are left to one worker, for longer and longer", "[exec][optimistic]") {
  sim::SpeculationWindow window;
  window.reset(2, 48, Duration{0}, Duration{100});
  REQUIRE_FALSE(window.ahead());
  std::uint64_t last = 0;
  for (int attempt = 0; attempt < 20; ++attempt) {
    REQUIRE(window.alone() >= last);
    last = window.alone();
    window.after_alone(last - 1, Time{}, Time{});
    REQUIRE_FALSE(window.ahead());
    REQUIRE(window.alone() == 1);
    window.after_alone(1, Time{}, Time{} + sim::second);
    int rounds_ahead = 0;
    for (; window.ahead(); ++rounds_ahead) window.after_round(40, 30);
    REQUIRE(rounds_ahead >= 4);
    REQUIRE(rounds_ahead < 2000);
  }
  REQUIRE(last == 65536);
  window.after_alone(last, Time{}, Time{} + sim::second);
  rounds(window, 1000, 60);
  REQUIRE(window.ahead());
  window.reset(1, 0, Duration{0}, Duration{100});
  REQUIRE_FALSE(window.ahead());
}
