#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/exec/executors.hpp"
#include "tests/exec/variants.hpp"
#include "tests/exec/gossip.hpp"

namespace {

using gossip::RowLog;
using sim::Time;

struct Outcome {
  std::uint64_t digest = 0, events = 0, ties = 0;
  std::vector<gossip::SeenRow> rows;
  friend bool operator==(Outcome const&, Outcome const&) = default;
};

Outcome run(std::string const& executor_name, gossip::Options const& options, std::vector<std::int64_t> stops) {
  sim::World world = gossip::build(options);
  RowLog log;
  auto const executor = variants::make(executor_name);
  executor->start(world, log, Time{});
  for (std::int64_t const stop : stops) executor->run_until(Time{stop});
  auto const statistics = executor->statistics();
  return {world.digest(), statistics.events, statistics.ties, std::move(log.rows)};
}

bool strictly_ordered(std::vector<gossip::SeenRow> const& rows) {
  for (std::size_t i = 1; i < rows.size(); ++i) {
    auto const& a = rows[i - 1].key;
    auto const& b = rows[i].key;
    if (!(a.event < b.event || (a.event == b.event && a.index + 1 == b.index))) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("every executor gives the same digest, rows and counts, with ties everywhere", "[exec]") {
  for (std::uint32_t const people : {1u, 2u, 20u, 300u}) {
    for (sim::Duration const lookahead : {sim::tick, sim::Duration{5}, sim::second}) {
      gossip::Options const options{.people = people, .lookahead = lookahead, .traces_causes = people == 20};
      Outcome const reference = run("sequential", options, {60});
      REQUIRE(reference.events > people * 20);
      if (people > 2 && lookahead < sim::second) REQUIRE(reference.ties > reference.events / 10);
      REQUIRE(strictly_ordered(reference.rows));
      for (auto const& name : variants::names()) {
        INFO(name << ", " << people << " people");
        REQUIRE(run(name, options, {60}) == reference);
      }
    }
  }
}

TEST_CASE("regions far from each other change nothing", "[exec][regions]") {
  // Two as far as forty windows; three, of which two are neighbours; one process alone, and ways that are not symmetric.
  sim::Duration const near{5};
  auto const times = [&](std::initializer_list<int> windows) {
    std::vector<sim::Duration> all;
    for (int const each : windows) all.push_back(sim::Duration{near.ticks * each});
    return all;
  };
  for (sim::Regions const& regions : {sim::Regions{{0, 20}, times({1, 40, 40, 1})}, sim::Regions{{0, 13, 26}, times({1, 1, 9, 1, 1, 9, 9, 9, 1})},
                                      sim::Regions{{0, 1, 20}, times({1, 2, 3, 40, 1, 4, 30, 5, 1})}}) {
    gossip::Options options{.people = 40, .lookahead = near, .traces_causes = regions.count() == 2, .regions = regions};
    Outcome const reference = run("sequential", options, {300});
    REQUIRE(reference.events > 4'000);
    REQUIRE(strictly_ordered(reference.rows));
    for (auto const& name : variants::names()) {
      INFO(name << ", " << regions.count() << " regions");
      REQUIRE(run(name, options, {300}) == reference);
      REQUIRE(run(name, options, {1, 44, 45, 133, 300}) == reference);
    }
  }
}

TEST_CASE("running piece by piece equals one run", "[exec]") {
  for (auto const& name : variants::names()) {
    INFO(name);
    Outcome const whole = run(name, {}, {80});
    std::vector<std::int64_t> every_tick;
    for (std::int64_t t = 0; t <= 80; ++t) every_tick.push_back(t);
    REQUIRE(run(name, {}, every_tick) == whole);
    REQUIRE(run(name, {}, {7, 7, 3, 50, 80}) == whole);
    REQUIRE_FALSE(run(name, {}, {79}) == whole);
  }
}

TEST_CASE("an executor can run one world after the other", "[exec]") {
  for (auto const& name : variants::names()) {
    auto const executor = variants::make(name);
    for (bool const traces : {false, true, false}) {
      gossip::Options const options{.people = 50, .traces_causes = traces};
      sim::World world = gossip::build(options);
      RowLog log;
      executor->start(world, log, Time{});
      executor->run_until(Time{40});
      REQUIRE(world.digest() == run("sequential", options, {40}).digest);
      REQUIRE(log.rows == run("sequential", options, {40}).rows);
    }
  }
}

TEST_CASE("replications differ and tracing causes changes nothing but the causes", "[exec]") {
  Outcome const plain = run("sequential", {}, {60});
  REQUIRE(run("sequential", {.replication = 1}, {60}).digest != plain.digest);
  Outcome const traced = run("sequential", {.traces_causes = true}, {60});
  REQUIRE(traced.digest == plain.digest);
  REQUIRE(traced.rows.size() == plain.rows.size());
  REQUIRE_FALSE(traced == plain);
}

TEST_CASE("a sink can follow every committed event of a world that traces causes, and of no other", "[exec]") {
  struct Follower final : sim::RowSink {
    void event(sim::EventHeader const& event, sim::EventCause const&) override { keys.push_back(event.key); }
    void row(sim::RowKey const& key, std::span<std::byte const>) override {
      if (key.event.time > Time{}) belongs = belongs && !keys.empty() && keys.back() == key.event;
    }
    std::vector<sim::EventKey> keys;
    bool belongs = true;
  };
  for (auto const& name : variants::names()) {
    for (bool const traces : {true, false}) {
      sim::World world = gossip::build({.traces_causes = traces});
      Follower follower;
      auto const executor = variants::make(name);
      executor->start(world, follower, Time{});
      executor->run_until(Time{30});
      REQUIRE(follower.keys.size() == (traces ? executor->statistics().events : 0));
      REQUIRE(std::is_sorted(follower.keys.begin(), follower.keys.end()));
      if (traces) REQUIRE(follower.belongs);
    }
  }
}

TEST_CASE("causes lead back from every row to an init, with the incident that was set", "[exec]") {
  gossip::Options const options{.traces_causes = true};
  sim::World world = gossip::build(options);
  RowLog log;
  auto const executor = sim::make_executor("sequential");
  executor->start(world, log, Time{});
  executor->run_until(Time{30});
  std::size_t rumours = 0;
  for (auto const& row : log.rows) {
    if (row.key.event.time == Time{}) {
      REQUIRE(world.origin(row.key.event.tie) == sim::EventOrigin{row.key.lp, 0});
      REQUIRE(row.key.parent == 0);
      continue;
    }
    auto const origin = world.origin(row.key.event.tie);
    REQUIRE(origin.number >= 1);
    // Whoever sent the event did so while handling its parent, which recorded a row of its own.
    auto const parent = std::find_if(log.rows.begin(), log.rows.end(),
                                     [&](auto const& other) { return other.key.event.tie == row.key.parent; });
    REQUIRE(parent != log.rows.end());
    REQUIRE(parent->key.lp == origin.sender);
    REQUIRE(parent->key.event.time < row.key.event.time);
    if (row.key.row_kind == sim::row_kind<gossip::Person, gossip::Heard>()) {
      ++rumours;
      REQUIRE(row.key.incident == parent->key.incident);
    } else {
      REQUIRE(row.key.incident == static_cast<std::uint64_t>(row.key.event.time.ticks));
    }
  }
  REQUIRE(rumours > 100);
}

TEST_CASE("an unknown executor is refused with a suggestion", "[exec]") {
  REQUIRE_THROWS_WITH(sim::make_executor("sequental"), Catch::Contains("did you mean \"sequential\"?"));
  REQUIRE_THROWS_WITH(sim::make_executor("rollback"), Catch::Contains("did you mean \"rollback-check\"?"));
}
