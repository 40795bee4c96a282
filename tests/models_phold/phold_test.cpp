#include <catch2/catch.hpp>
#include <cmath>

#include "sim/app/bench/bench_load.hpp"
#include "sim/base/error.hpp"
#include "sim/exec/executors.hpp"

namespace {

phold::BenchOptions const small{.lps = 200, .events_per_lp = 3, .end = 40, .seed = 3};

}  // namespace

TEST_CASE("PHOLD has the same digest on every executor, for a long and a one-tick lookahead", "[models][phold]") {
  for (double const lookahead : {0.1, 0.000001}) {
    phold::BenchOptions options = small;
    options.lookahead = lookahead;
    auto const reference = sim::bench(sim::bench_load(options), *sim::make_executor("sequential"));
    for (auto const& name : sim::executor_names()) {
      auto const result = sim::bench(sim::bench_load(options), *sim::make_executor(name));
      REQUIRE(result.digest == reference.digest);
      REQUIRE(result.events == reference.events);
    }
    options.seed = 4;
    REQUIRE(sim::bench(sim::bench_load(options), *sim::make_executor("sequential")).digest != reference.digest);
  }
}

TEST_CASE("PHOLD and its yardstick run as many events as renewal theory says", "[models][phold]") {
  // 600 jobs with increments of mean 1 and variance 0.81 for 40: 600 (40 + (0.81 - 1) / 2) = 23,943 jumps with standard
  // deviation sqrt(600 * 40 * 0.81) = 139; bounds at 7 standard deviations, p < 1e-11.
  auto const result = sim::bench(sim::bench_load(small), *sim::make_executor("sequential"));
  REQUIRE(std::abs(static_cast<double>(result.events) - 23'943) < 7 * 139);
  REQUIRE(std::abs(static_cast<double>(result.yardstick_events) - 23'943) < 7 * 139);
  REQUIRE(result.seconds > 0);
  REQUIRE(result.yardstick_seconds > 0);
}

TEST_CASE("jobs leave their process as often as the remote probability says", "[models][phold]") {
  // Without remote hops every process keeps its own jobs, so it sees a renewal count; with them the counts spread.
  phold::Parameters parameters = phold::bench_parameters(small);
  parameters.remote = 0;
  sim::World world = phold::build(parameters, 1);
  sim::NoRows rows;
  auto const executor = sim::make_executor("sequential");
  executor->start(world, rows, sim::Time{});
  executor->run_until(sim::Time{} + phold::bench_end(small));
  REQUIRE(executor->statistics().shortest_delay == sim::Duration{std::numeric_limits<std::int64_t>::max()});
  parameters.remote = 1;
  sim::World mixed = phold::build(parameters, 1);
  executor->start(mixed, rows, sim::Time{});
  executor->run_until(sim::Time{} + phold::bench_end(small));
  REQUIRE(executor->statistics().shortest_delay < sim::Duration{100'100});
  REQUIRE(executor->statistics().shortest_delay >= sim::Duration{100'000});
}

TEST_CASE("loads that make no sense are refused", "[models][phold]") {
  REQUIRE_THROWS_AS(phold::bench_parameters({.lps = 0}), sim::Error);
  REQUIRE_THROWS_AS(phold::bench_parameters({.events_per_lp = 0}), sim::Error);
  REQUIRE_THROWS_AS(phold::bench_parameters({.lookahead = 0}), sim::Error);
  REQUIRE_THROWS_AS(phold::bench_parameters({.lookahead = 1}), sim::Error);
  REQUIRE_THROWS_AS(phold::bench_parameters({.remote = 1.5}), sim::Error);
  REQUIRE_THROWS_AS(phold::bench_parameters({.end = -1}), sim::Error);
  REQUIRE(phold::bench_parameters({.lookahead = 1e-9}).lookahead == sim::tick);
}
