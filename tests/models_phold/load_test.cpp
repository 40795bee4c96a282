// PHOLD's other loads: where their events go, when, and that nobody can tell from the results what ran them.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/phold/bench.hpp"
#include "models/phold/hop.hpp"
#include "models/phold/yardstick.hpp"
#include "tests/exec/variants.hpp"

namespace {

using phold::Load;
using sim::Time;

phold::Parameters parameters(Load load) {
  return phold::bench_parameters({.lps = 1000, .events_per_lp = 2, .load = load});
}

/// Hops of one process that all leave at `now`.
std::vector<phold::Hop> hops(phold::Parameters const& parameters, std::uint32_t self, Time now = {}) {
  std::vector<phold::Hop> all;
  for (std::uint64_t draw = 0; draw < 100'000; ++draw) {
    sim::RngStream rng({.seed = 4}, self, 0, draw);
    all.push_back(phold::next_hop(parameters, now, self, rng));
  }
  return all;
}

/// How many of 100,000 hops are so, less what is expected, in standard deviations of a binomial count.
template <class Is>
double deviation(std::vector<phold::Hop> const& all, double expected_share, Is&& is) {
  double const count = static_cast<double>(std::count_if(all.begin(), all.end(), is));
  double const n = static_cast<double>(all.size());
  return std::abs(count - n * expected_share) / std::sqrt(n * expected_share * (1 - expected_share));
}

std::uint64_t events_of(phold::Parameters const& load, Time end) {
  sim::World world = phold::build(load, 1);
  sim::NoRows rows;
  auto const executor = sim::make_executor("sequential");
  executor->start(world, rows, Time{});
  executor->run_until(end);
  return executor->statistics().events;
}

}  // namespace

TEST_CASE("a tenth of the processes receives nine tenths of a hot spot's remote events", "[models][phold]") {
  // Half the hops are remote; p < 1e-9 at 6.2 standard deviations.
  for (std::uint32_t const self : {5u, 500u}) {
    auto const all = hops(parameters(Load::hot_spot), self);
    auto const is_elsewhere = [self](phold::Hop const& hop) { return hop.to != self; };
    auto const is_hot = [self](phold::Hop const& hop) { return hop.to < 100 && hop.to != self; };
    bool const self_is_hot = self < 100;
    REQUIRE(deviation(all, 0.5 * 0.9 * (self_is_hot ? 0.99 : 1), is_hot) < 6.2);
    REQUIRE(deviation(all, 0.5 * (self_is_hot ? 1 - 0.009 : 1 - 0.1 / 900), is_elsewhere) < 6.2);
    REQUIRE(deviation(hops(parameters(Load::uniform), self), 0.45, is_hot) > 100);
  }
}

TEST_CASE("a burst's arrivals gather behind whole multiples of the mean increment", "[models][phold]") {
  auto const load = parameters(Load::bursts);
  for (Time const now : {Time{}, Time{1}, Time{2'000'700}}) {
    for (phold::Hop const& hop : hops(load, 7, now)) {
      REQUIRE(hop.delay >= load.lookahead);
      REQUIRE((now + hop.delay).ticks % load.mean.ticks < load.mean.ticks / 1000);
    }
  }
}

TEST_CASE("a tenth of the remote events crosses to the other region, and takes longer", "[models][phold]") {
  auto const load = parameters(Load::regions);
  for (std::uint32_t const self : {0u, 499u, 500u, 999u}) {
    auto const crosses = [self](phold::Hop const& hop) { return (hop.to < 500) != (self < 500); };
    auto const all = hops(load, self);
    REQUIRE(deviation(all, 0.05, crosses) < 6.2);
    for (phold::Hop const& hop : all) {
      REQUIRE(hop.delay >= (crosses(hop) ? load.lookahead + load.mean : load.lookahead));
    }
  }
}

TEST_CASE("an uneven load costs at every tenth process, and nothing else changes", "[models][phold]") {
  auto const even = parameters(Load::uniform), uneven = parameters(Load::uneven);
  for (std::uint32_t const self : {0u, 3u, 10u, 99u}) {
    REQUIRE((phold::burn(uneven, self, 17) != 17) == (self % 10 == 0));
    REQUIRE(phold::burn(even, self, 17) == 17);
  }
  REQUIRE(events_of(even, Time{} + sim::second * 5) == events_of(uneven, Time{} + sim::second * 5));
}

TEST_CASE("engine and yardstick run equally many events of each load", "[models][phold]") {
  // Two runs with other numbers: each count has a standard deviation below that of 2,000 renewal counts of variance
  // rate 1 per mean; seven of the difference's.
  for (Load const load : {Load::uniform, Load::hot_spot, Load::bursts, Load::uneven, Load::regions}) {
    sim::Duration const end = sim::second * 30;
    double const engine = static_cast<double>(events_of(parameters(load), Time{} + end));
    double const by_hand = static_cast<double>(phold::run_yardstick(parameters(load), end, 2));
    INFO(static_cast<int>(load) << ": " << engine << " and " << by_hand);
    REQUIRE(engine > 30'000);
    REQUIRE(std::abs(engine - by_hand) < 7 * std::sqrt(2 * 2000 * 30.0));
  }
}

TEST_CASE("the bound runs as many events as the yardstick, in no order", "[models][phold]") {
  sim::Duration const end = sim::second * 30;
  int calls = 0;
  double const bound = static_cast<double>(phold::run_bound(parameters(Load::uniform), end, 3, [&] { ++calls; }));
  double const by_hand = static_cast<double>(phold::run_yardstick(parameters(Load::uniform), end, 2, [&] { ++calls; }));
  REQUIRE(calls == 2);
  REQUIRE(std::abs(bound - by_hand) < 7 * std::sqrt(2 * 2000 * 30 * 0.81));
}

TEST_CASE("every load has the same digest on every executor, also in worlds of one and three processes", "[models][phold]") {
  for (Load const load : {Load::hot_spot, Load::bursts, Load::uneven, Load::regions}) {
    for (std::uint32_t const lps : {1u, 3u, 400u}) {
      phold::BenchOptions const options{.lps = lps, .events_per_lp = 3, .end = 6, .seed = 3, .load = load};
      auto const made = phold::bench_parameters(options);
      std::uint64_t reference = 0;
      for (auto const& name : variants::names()) {
        INFO(name << ", load " << static_cast<int>(load) << ", " << lps << " processes");
        sim::World world = phold::build(made, options.seed);
        sim::NoRows rows;
        auto const executor = variants::make(name);
        executor->start(world, rows, Time{});
        executor->run_until(Time{} + phold::bench_end(options));
        if (reference == 0) reference = world.digest();
        REQUIRE(world.digest() == reference);
        REQUIRE(executor->statistics().events > lps * 3);
      }
    }
  }
}
