#include <catch2/catch.hpp>
#include <limits>

#include "sim/base/error.hpp"
#include "sim/exec/executors.hpp"
#include "tests/exec/variants.hpp"
#include "tests/exec/gossip.hpp"

namespace {

using sim::Time;

struct Beat {};

/// Beats every `period`.
struct Clock {
  static constexpr std::string_view name = "clock";
  using Events = sim::EventList<Beat>;
  using Rows = sim::RowList<>;
  enum class Draw : std::uint8_t { count_ };
  struct State {
    std::int64_t beats = 0;
  };
  sim::Duration period;
  void init(State&, sim::Context<Clock>& context) const { context.schedule(period, Beat{}); }
  void on(Beat const&, State& state, sim::Context<Clock>& context) const {
    ++state.beats;
    context.schedule(period, Beat{});
  }
};

}  // namespace

TEST_CASE("an empty world runs and ends", "[exec]") {
  for (auto const& name : variants::names()) {
    sim::World world({});
    sim::NoRows rows;
    auto const executor = variants::make(name);
    executor->start(world, rows, Time{});
    executor->run_until(sim::end_of_time);
    REQUIRE(executor->statistics().events == 0);
    REQUIRE(executor->statistics().outcome == sim::RunOutcome::complete);
  }
}

TEST_CASE("an event exactly at the horizon belongs to what comes after it", "[exec]") {
  for (auto const& name : variants::names()) {
    sim::World world({});
    auto const clock = world.add(Clock{sim::second}, "a");
    sim::NoRows rows;
    auto const executor = variants::make(name);
    executor->start(world, rows, Time{});
    executor->run_until(Time{} + sim::second * 3);
    REQUIRE(world.state(clock).beats == 2);
    executor->run_until(Time{} + sim::second * 3 + sim::tick);
    REQUIRE(world.state(clock).beats == 3);
    executor->run_until(Time{});
    REQUIRE(world.state(clock).beats == 3);
  }
}

TEST_CASE("time may be negative and steps may be as long as time itself", "[exec]") {
  for (auto const& name : variants::names()) {
    sim::World world({});
    auto const fast = world.add(Clock{sim::year * 100}, "fast");
    auto const slow = world.add(Clock{sim::year * 100'000}, "slow");
    sim::NoRows rows;
    auto const executor = variants::make(name);
    Time const start{std::numeric_limits<std::int64_t>::min() + 1};
    executor->start(world, rows, start);
    executor->run_until(start + sim::year * 150'000);
    REQUIRE(world.state(fast).beats == 1499);
    REQUIRE(world.state(slow).beats == 1);
  }
}

TEST_CASE("clocks of very different speed keep their own pace", "[exec]") {
  sim::World world({});
  std::vector<sim::LpRef<Clock>> clocks;
  for (int power = 0; power < 45; ++power) clocks.push_back(world.add(Clock{{std::int64_t{1} << power}}, std::to_string(power)));
  sim::NoRows rows;
  auto const executor = sim::make_executor("sequential");
  executor->start(world, rows, Time{});
  std::int64_t const end = 300'000;
  executor->run_until(Time{end + 1});
  for (int power = 0; power < 45; ++power) REQUIRE(world.state(clocks[power]).beats == end >> power);
}

TEST_CASE("a run stops at its event limit and says so", "[exec]") {
  for (auto const& name : variants::names()) {
    INFO(name);
    auto const run = [&](std::uint64_t limit, std::uint64_t& digest) {
      sim::World world = gossip::build({});
      sim::NoRows rows;
      auto const executor = variants::make(name);
      executor->start(world, rows, Time{}, {.events = limit});
      executor->run_until(Time{30});
      executor->run_until(Time{60});
      digest = world.digest();
      return executor->statistics();
    };
    std::uint64_t all = 0, exact = 0, fewer = 0, none = 0;
    std::uint64_t const total = run(std::numeric_limits<std::uint64_t>::max(), all).events;
    auto const at_limit = run(total, exact);
    REQUIRE(at_limit.outcome == sim::RunOutcome::complete);
    REQUIRE(at_limit.events == total);
    REQUIRE(exact == all);
    auto const censored = run(total - 1, fewer);
    REQUIRE(censored.outcome == sim::RunOutcome::censored);
    REQUIRE(censored.events == total - 1);
    REQUIRE(fewer != all);
    REQUIRE(run(0, none).outcome == sim::RunOutcome::censored);
  }
}

TEST_CASE("statistics tell the lookahead that a run would have allowed", "[exec]") {
  sim::World world = gossip::build({.lookahead = sim::Duration{50}});
  sim::NoRows rows;
  auto const executor = sim::make_executor("sequential");
  executor->start(world, rows, Time{});
  executor->run_until(Time{500});
  REQUIRE(executor->statistics().shortest_delay == sim::Duration{50});
}

TEST_CASE("an executor without a world refuses to run", "[exec]") {
  for (auto const& name : variants::names()) {
    REQUIRE_THROWS_AS(variants::make(name)->run_until(Time{1}), sim::Error);
  }
}

TEST_CASE("a storm of events within one window meets the limit of events", "[exec]") {
  for (auto const& name : variants::names()) {
    INFO(name);
    sim::World world({.lookahead = sim::hour});
    auto const storm = world.add(Clock{sim::tick}, "storm");
    world.add(Clock{sim::hour}, "calm");
    sim::NoRows rows;
    auto const executor = variants::make(name);
    executor->start(world, rows, Time{}, {.events = 1000});
    executor->run_until(Time{} + sim::hour);
    REQUIRE(executor->statistics().outcome == sim::RunOutcome::censored);
    REQUIRE(executor->statistics().events == 1000);
    REQUIRE(world.state(storm).beats == 1000);
  }
}
