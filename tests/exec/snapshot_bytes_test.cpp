// A snapshot as bytes: through a file into another world it is still the same history, and bad bytes are refused.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "sim/base/error.hpp"
#include "sim/io/snapshot_file.hpp"
#include "sim/kernel/fingerprint.hpp"
#include "sim/kernel/snapshot_bytes.hpp"
#include "tests/exec/gossip.hpp"
#include "tests/exec/variants.hpp"
#include "tests/io/sample_campaign.hpp"

namespace {

using sim::Time;
using Bytes = std::vector<std::byte>;

constexpr Time middle{31}, end{60};

/// What a history came to.
struct Outcome {
  std::uint64_t digest = 0;
  std::uint64_t events = 0, ties = 0;
  std::int64_t shortest_delay = 0;
  std::vector<gossip::SeenRow> rows;
  Bytes bytes;  // of a snapshot at the end
  friend bool operator==(Outcome const&, Outcome const&) = default;
};

sim::World people(gossip::Options const& options) {
  sim::World world = gossip::build(options);
  for (std::uint32_t const at : {5u, 30u, 31u, 50u}) {
    world.schedule_external(sim::LpRef<gossip::Person>{sim::LpId{at % options.people}}, Time{at}, at, gossip::Silence{});
  }
  return world;
}

Outcome outcome(sim::World const& world, sim::Executor const& executor, gossip::RowLog const& log) {
  auto const statistics = executor.statistics();
  return {world.digest(), statistics.events, statistics.ties, statistics.shortest_delay.ticks, log.rows,
          to_bytes(world, *executor.snapshot())};
}

Outcome run_through(gossip::Options const& options, Time until) {
  sim::World world = people(options);
  gossip::RowLog log;
  auto const executor = sim::make_executor("sequential");
  executor->start(world, log, Time{});
  executor->run_until(until);
  return outcome(world, *executor, log);
}

struct Paused {
  Bytes bytes;
  gossip::RowLog log;
};

Paused run_to_pause(std::string const& variant, gossip::Options const& options) {
  sim::World world = people(options);
  Paused paused;
  auto const executor = variants::make(variant);
  executor->start(world, paused.log, Time{});
  executor->run_until(middle);
  paused.bytes = to_bytes(world, *executor->snapshot());
  return paused;
}

Outcome go_on(std::string const& variant, gossip::Options const& options, Bytes const& bytes, gossip::RowLog log) {
  sim::World world = people(options);
  auto const executor = variants::make(variant);
  executor->resume(world, log, std::make_shared<sim::Snapshot const>(from_bytes(world, bytes)));
  executor->run_until(end);
  return outcome(world, *executor, log);
}

void seal(Bytes& bytes) {
  std::uint64_t const sum = sim::fingerprint(std::span(bytes).first(bytes.size() - 8));
  std::memcpy(bytes.data() + bytes.size() - 8, &sum, 8);
}

struct Beat {};

/// An agent of one name, as two builds might lay it out.
template <std::size_t words>
struct Memory {
  static constexpr std::string_view name = "memory";
  using Events = sim::EventList<Beat>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { count_ };
  struct State {
    std::uint64_t kept[words] = {};
  };
  void init(State&, sim::Context<Memory>& context) const { context.schedule(sim::second, Beat{}); }
  void on(Beat const&, State&, sim::Context<Memory>&) const {}
};

template <std::size_t words>
sim::World memory() {
  sim::World world({});
  world.add(Memory<words>{}, "one");
  return world;
}

}  // namespace

TEST_CASE("through a file, on any executor and in a new world, a history goes on as if never stopped", "[exec][snapshot]") {
  sample::Directory const directory;
  for (bool const traces : {false, true}) {
    gossip::Options const options{.people = 40, .traces_causes = traces};
    Outcome const through = run_through(options, end);
    Bytes const reference = run_through(options, middle).bytes;
    for (auto const& before : variants::names()) {
      Paused const paused = run_to_pause(before, options);
      INFO(before);
      REQUIRE(paused.bytes == reference);  // equal histories, equal files
      sim::write_snapshot_file(directory / "snapshot", paused.bytes);
      Bytes const bytes = sim::read_snapshot_file(directory / "snapshot");
      for (auto const& after : variants::names()) {
        INFO("then " << after);
        REQUIRE(go_on(after, options, bytes, paused.log) == through);
      }
    }
  }
}

TEST_CASE("neither addresses nor padding get into the bytes", "[exec][snapshot]") {
  gossip::Options const options;
  sim::World world = people(options);
  gossip::RowLog log;
  auto const executor = sim::make_executor("sequential");
  executor->start(world, log, Time{});
  executor->run_until(middle);
  sim::Snapshot snapshot = *executor->snapshot();
  Bytes const clean = to_bytes(world, snapshot);
  for (std::uint32_t lp = 0; lp < world.lp_count(); ++lp) {
    auto& block = *reinterpret_cast<sim::LpBlock*>(snapshot.blocks.data() + world.block_offset(sim::LpId{lp}));
    block.agent = &snapshot;
    *block.at(sim::agent_type<gossip::Person>.state_offset + sizeof(std::uint32_t)) = std::byte{0xff};  // behind `heard`
  }
  CHECK(to_bytes(world, snapshot) == clean);
  auto& block = *reinterpret_cast<sim::LpBlock*>(snapshot.blocks.data());
  *block.at(sim::agent_type<gossip::Person>.state_offset) ^= std::byte{1};
  CHECK(to_bytes(world, snapshot) != clean);
}

TEST_CASE("a snapshot is refused by every world but its own, and by other builds", "[exec][snapshot]") {
  gossip::Options const options;
  Bytes const bytes = run_to_pause("sequential", options).bytes;
  for (gossip::Options const& other : {gossip::Options{.people = 21}, {.lookahead = sim::Duration{2}}, {.replication = 1},
                                       {.traces_causes = true}}) {
    REQUIRE_THROWS_WITH(from_bytes(people(other), bytes), Catch::Contains("does not fit the world"));
  }
  REQUIRE_THROWS_WITH(from_bytes(sim::World({}), bytes), Catch::Contains("does not fit the world"));
  sim::World branched({.stream = {.seed = 11, .branch = 3}});
  for (std::uint32_t i = 0; i < options.people; ++i) branched.add(gossip::Person{options.people}, std::to_string(i));
  REQUIRE_NOTHROW(from_bytes(branched, bytes));

  sim::World one = memory<1>();
  sim::NoRows rows;
  auto const executor = sim::make_executor("sequential");
  executor->start(one, rows, Time{});
  Bytes const small = to_bytes(one, *executor->snapshot());
  REQUIRE_NOTHROW(from_bytes(memory<1>(), small));
  REQUIRE_THROWS_WITH(from_bytes(memory<2>(), small), Catch::Contains("does not fit this program"));
  REQUIRE_THROWS_WITH(to_bytes(people(options), *executor->snapshot()), Catch::Contains("does not fit the world"));
}

TEST_CASE("bytes that are foreign, newer, cut or damaged are refused, each with its own word", "[exec][snapshot]") {
  sim::World const world = people({});
  Bytes const good = run_to_pause("conservative/2", {}).bytes;
  auto const text = [](char const* words) {
    auto const bytes = std::as_bytes(std::span(words, std::strlen(words)));
    return Bytes(bytes.begin(), bytes.end());
  };
  for (char const* foreign : {"", "BERL", "a text that is no snapshot, however long it may be"}) {
    REQUIRE_THROWS_WITH(from_bytes(world, text(foreign)), Catch::Contains("no snapshot"));
  }
  Bytes turned = good, newer = good;
  std::reverse(turned.begin(), turned.begin() + 8);
  REQUIRE_THROWS_WITH(from_bytes(world, turned), Catch::Contains("byte order"));
  newer[8] = std::byte{2};
  REQUIRE_THROWS_WITH(from_bytes(world, newer), Catch::Contains("version 2"));
  for (std::size_t size = 8; size < good.size(); size += size < 200 ? 1 : 97) {
    REQUIRE_THROWS_WITH(from_bytes(world, std::span(good).first(size)), Catch::Contains("incomplete"));
  }
  Bytes longer = good;
  longer.resize(longer.size() + 8);
  REQUIRE_THROWS_WITH(from_bytes(world, longer), Catch::Contains("incomplete"));
  for (std::size_t at = 0; at < good.size(); ++at) {
    Bytes bad = good;
    bad[at] ^= std::byte{static_cast<unsigned char>(1u << at % 8)};
    REQUIRE_THROWS_AS(from_bytes(world, bad), sim::Error);
    if (at >= 24) REQUIRE_THROWS_WITH(from_bytes(world, bad), Catch::Contains("damaged"));
  }
}

TEST_CASE("bytes with a forged checksum are refused or can be resumed, never worse", "[exec][snapshot]") {
  gossip::Options const options{.people = 6};
  Bytes const good = run_to_pause("sequential", options).bytes;
  std::uint64_t state = 2026;
  std::size_t refused = 0, taken = 0;
  for (int i = 0; i < 4000; ++i) {
    Bytes bad = good;
    std::size_t const size = 1 + sample::next(state) % 9, at = sample::next(state) % (bad.size() - size);
    for (std::size_t j = at; j < at + size; ++j) bad[j] = static_cast<std::byte>(sample::next(state));
    if (i % 4 == 0) bad.resize(8 + sample::next(state) % bad.size());
    if (bad.size() >= 24) {
      std::uint64_t const now = bad.size();
      std::memcpy(bad.data() + 16, &now, 8);
    }
    seal(bad);
    sim::World world = people(options);
    try {
      auto const snapshot = std::make_shared<sim::Snapshot const>(from_bytes(world, bad));
      ++taken;
      gossip::RowLog log;
      auto const executor = sim::make_executor(i % 2 == 0 ? "sequential" : "conservative");
      executor->resume(world, log, snapshot);
      REQUIRE(executor->snapshot()->events == snapshot->events);
    } catch (sim::Error const& error) {
      REQUIRE(std::string(error.what()).find("snapshot") != std::string::npos);
      ++refused;
    }
  }
  CHECK(refused > 1000);
  CHECK(taken > 100);
}
