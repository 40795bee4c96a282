// Pausing and going on: from a snapshot, in another world, on another executor, equals never having stopped.
#include <catch2/catch.hpp>

#include <algorithm>

#include "sim/base/error.hpp"
#include "sim/exec/executors.hpp"
#include "tests/exec/variants.hpp"
#include "tests/exec/gossip.hpp"

namespace {

using gossip::RowLog;
using sim::Time;

constexpr Time end{60};

struct Outcome {
  std::uint64_t digest = 0, events = 0, ties = 0;
  std::int64_t shortest_delay = 0;
  std::vector<gossip::SeenRow> rows;
  friend bool operator==(Outcome const&, Outcome const&) = default;
};

Outcome outcome(sim::World const& world, sim::Executor const& executor, RowLog const& log) {
  auto const statistics = executor.statistics();
  return {world.digest(), statistics.events, statistics.ties, statistics.shortest_delay.ticks, log.rows};
}

// Silences to some people, as interventions do: before, at and after the moments at which the tests pause.
sim::World build(gossip::Options const& options, std::vector<std::int64_t> const& silences) {
  sim::World world = gossip::build(options);
  for (std::int64_t const at : silences) {
    world.schedule_external(sim::LpRef<gossip::Person>{sim::LpId{static_cast<std::uint32_t>(at) % options.people}},
                            Time{at}, static_cast<std::uint32_t>(at), gossip::Silence{});
  }
  return world;
}

struct Paused {
  std::shared_ptr<sim::Snapshot const> snapshot;
  RowLog log;
};

Paused pause(std::string const& executor_name, gossip::Options const& options, std::vector<std::int64_t> const& silences,
             Time at) {
  sim::World world = build(options, silences);
  Paused paused;
  auto const executor = variants::make(executor_name);
  executor->start(world, paused.log, Time{});
  executor->run_until(at);
  paused.snapshot = executor->snapshot();
  return paused;
}

Outcome go_on(std::string const& executor_name, gossip::Options const& options,
              std::vector<std::int64_t> const& silences, Paused const& paused) {
  sim::World world = build(options, silences);
  RowLog log = paused.log;
  auto const executor = variants::make(executor_name);
  executor->resume(world, log, paused.snapshot);
  executor->run_until(end);
  return outcome(world, *executor, log);
}

Outcome run_through(gossip::Options const& options, std::vector<std::int64_t> const& silences) {
  sim::World world = build(options, silences);
  RowLog log;
  auto const executor = sim::make_executor("sequential");
  executor->start(world, log, Time{});
  executor->run_until(end);
  return outcome(world, *executor, log);
}

/// The blocks of 20 people without what never changes: the agent's address and stream.
std::vector<std::byte> without_pointers(sim::Snapshot const& snapshot) {
  std::vector<std::byte> blocks = snapshot.blocks;
  std::size_t const size = blocks.size() / 20;
  for (std::size_t at = 0; at < blocks.size(); at += size) std::fill_n(&blocks[at], sim::lp_constant_bytes, std::byte{});
  return blocks;
}

}  // namespace

TEST_CASE("going on from a snapshot on any executor equals never having stopped", "[exec][snapshot]") {
  std::vector<std::int64_t> const silences{1, 12, 30, 31, 59};
  for (bool const traces : {false, true}) {
    gossip::Options const options{.people = 40, .traces_causes = traces};
    Outcome const through = run_through(options, silences);
    for (auto const& before : variants::names()) {
      for (std::int64_t const at : {0, 1, 12, 30, 31, 60}) {
        Paused const paused = pause(before, options, silences, Time{at});
        for (auto const& after : variants::names()) {
          // Snapshots are the same (below), so what one executor takes another goes on from if sequential does.
          if (before != "sequential" && after != "sequential" && before != after) continue;
          INFO(before << " until " << at << ", then " << after);
          REQUIRE(go_on(after, options, silences, paused) == through);
        }
      }
    }
  }
}

TEST_CASE("many futures branch from one snapshot, each with its own interventions", "[exec][snapshot]") {
  gossip::Options const options;
  Paused const paused = pause("sequential", options, {5}, Time{20});
  for (std::vector<std::int64_t> const& later : {std::vector<std::int64_t>{}, {20}, {20, 21, 40}, {59}}) {
    std::vector<std::int64_t> silences{5};
    silences.insert(silences.end(), later.begin(), later.end());
    REQUIRE(go_on("sequential", options, silences, paused) == run_through(options, silences));
  }
  REQUIRE_FALSE(go_on("sequential", options, {5, 40}, paused) == run_through(options, {5}));
}

TEST_CASE("snapshots do not depend on the executor", "[exec][snapshot]") {
  Paused const reference = pause("sequential", {}, {3, 50}, Time{33});
  REQUIRE_FALSE(reference.snapshot->events.empty());
  for (auto const& name : variants::names()) {
    sim::Snapshot const other = *pause(name, {}, {3, 50}, Time{33}).snapshot;
    REQUIRE(other.time == reference.snapshot->time);
    REQUIRE(other.last == reference.snapshot->last);
    REQUIRE(other.statistics.events == reference.snapshot->statistics.events);
    REQUIRE(other.events == reference.snapshot->events);
    REQUIRE(without_pointers(other) == without_pointers(*reference.snapshot));
  }
}

TEST_CASE("a snapshot is refused where there is none to take or where it does not fit", "[exec][snapshot]") {
  for (auto const& name : variants::names()) {
    auto const executor = variants::make(name);
    REQUIRE_THROWS_AS(executor->snapshot(), sim::Error);
    sim::World world = gossip::build({});
    RowLog log;
    executor->start(world, log, Time{}, {.events = 100});
    executor->run_until(end);
    REQUIRE_THROWS_WITH(executor->snapshot(), Catch::Contains("censored"));

    Paused const paused = pause(name, {}, {}, Time{20});
    sim::World more = gossip::build({.people = 21}), traced = gossip::build({.traces_causes = true});
    REQUIRE_THROWS_WITH(executor->resume(more, log, paused.snapshot), Catch::Contains("other agents"));
    REQUIRE_THROWS_AS(executor->resume(traced, log, paused.snapshot), sim::Error);
    sim::World others({.stream = {.seed = 11}});
    for (std::uint32_t i = 0; i < 20; ++i) others.add(gossip::Person{20}, "other " + std::to_string(i));
    REQUIRE_THROWS_WITH(executor->resume(others, log, paused.snapshot), Catch::Contains("other agents"));
    REQUIRE_THROWS_AS(executor->run_until(end), sim::Error);
    REQUIRE_THROWS_WITH(executor->resume(world, log, paused.snapshot), Catch::Contains("a world runs once"));
  }
}

TEST_CASE("the limit of events counts those before the snapshot", "[exec][snapshot]") {
  Paused const paused = pause("sequential", {}, {}, Time{20});
  std::uint64_t const limit = paused.snapshot->statistics.events + 10;
  sim::World world = gossip::build({});
  RowLog log;
  auto const executor = sim::make_executor("sequential");
  executor->resume(world, log, paused.snapshot, {.events = limit});
  executor->run_until(end);
  REQUIRE(executor->statistics().events == limit);
  REQUIRE(executor->statistics().outcome == sim::RunOutcome::censored);
}
