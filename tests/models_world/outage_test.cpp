// Outages: what a hit costs until the crews are done, and how it runs from sector to sector.
#include <catch2/catch.hpp>

#include <cmath>

#include "models/world/infrastructure/asset.hpp"
#include "models/world/infrastructure/sector.hpp"
#include "tests/models_world/bench.hpp"

using namespace world;
using namespace world::test;

namespace {

// Integral of 1 - Q of one sector, from the rows.
struct Loss {
  double days = 0, level = 1, since = 0, lowest = 1;
  void step(double day, double to) {
    days += (1 - level) * (day - since);
    since = day;
    level = to;
    lowest = std::min(lowest, to);
  }
};

Loss& follow(Bench& bench, char const* nation, char const* sector, Loss& loss) {
  int const n = bench.nation(nation), k = bench.atlas().sector(sector);
  bench.census().listen<Sector, Sector::ServiceLevel>(
      [&bench, &loss, n, k](sim::RowKey const& key, Sector::ServiceLevel const& row) {
        if (row.nation == n && row.sector == k) loss.step(bench.setting().day(key.event.time), row.level);
      });
  return loss;
}

// No sector depends on another, or only as listed; buffers of `buffer_days`.
struct Edge {
  char const* provider;
  char const* dependent;
  double dependency;
};
void depend(Bench& bench, std::vector<Edge> const& edges, double buffer_days) {
  Setting& setting = bench.setting();
  std::fill(setting.dependency.begin(), setting.dependency.end(), 0.0);
  std::fill(setting.buffer_days.begin(), setting.buffer_days.end(), buffer_days);
  std::size_t const n = bench.atlas().sectors.size();
  for (Edge const& e : edges)
    setting.dependency[static_cast<std::size_t>(bench.atlas().sector(e.provider)) * n +
                       static_cast<std::size_t>(bench.atlas().sector(e.dependent))] = e.dependency;
}

// A sector loses `share` of its own service (negative: wins back).
void lose(Bench& bench, char const* sector, double day, double share) {
  bench.send(bench.sector("JPN", sector), day, Sector::AssetLoss{share, 0});
}

constexpr double minute = 1. / 1440;

}  // namespace

TEST_CASE("a hit costs its share times waiting time plus time constant", "[world][outage]") {
  double largest = 0;
  for (std::uint32_t replication = 0; replication < 40; ++replication) {
    BenchOptions options;
    options.replication = replication;
    options.end = {2060, 1, 1};
    Bench bench(options);
    depend(bench, {}, 0);
    double const hit = 3, wait = 7.5, rate = 1.6;
    bench.send(bench.sector("JPN", "energy"), hit, Sector::Hit{5, 5, 0});
    bench.send(bench.sector("JPN", "energy"), hit + wait, Sector::Crew{5, rate, static_cast<float>(hit), 5});
    Loss loss;
    follow(bench, "JPN", "energy", loss);
    double share = 0, tau = 0;
    bench.census().listen<Sector, Sector::Damaged>(
        [&](sim::RowKey const&, Sector::Damaged const& row) { share = row.share; });
    bench.census().listen<Sector, Sector::Restoring>([&](sim::RowKey const&, Sector::Restoring const& row) {
      tau = row.tau_days;
      CHECK(row.wait_days == Approx(wait).epsilon(1e-6));
    });
    bench.run(14000);
    REQUIRE(share > 0);
    REQUIRE(tau > 0);
    CHECK(loss.level == 1);
    CHECK(loss.lowest == Approx(1 - share).epsilon(1e-9));
    // The crew and each step travel a minute.
    CHECK(loss.days == Approx(share * (wait + tau)).margin(share * 3 * minute).epsilon(1e-9));
    largest = std::max(largest, share);
  }
  CHECK(largest > .3);  // some of the hits came back in many steps
}

TEST_CASE("two hits on one sector cost the sum of both", "[world][outage]") {
  Bench bench({});
  depend(bench, {}, 0);
  double sum = 0, expected = 0, shares[2] = {0, 0}, taus[2] = {0, 0};
  int damaged = 0, restoring = 0;
  for (std::uint64_t i = 0; i < 2; ++i) {
    bench.send(bench.sector("JPN", "health"), 2 + static_cast<double>(i), Sector::Hit{40 + i, 3, 0});
    bench.send(bench.sector("JPN", "health"), 4 + static_cast<double>(i),
               Sector::Crew{40 + i, 1, static_cast<float>(2 + i), 3});
  }
  Loss loss;
  follow(bench, "JPN", "health", loss);
  bench.census().listen<Sector, Sector::Damaged>(
      [&](sim::RowKey const&, Sector::Damaged const& row) { shares[damaged++] = row.share; });
  bench.census().listen<Sector, Sector::Restoring>(
      [&](sim::RowKey const&, Sector::Restoring const& row) { taus[restoring++] = row.tau_days; });
  bench.run(1800);
  REQUIRE(restoring == 2);
  for (int i = 0; i < 2; ++i) expected += shares[i] * (2 + taus[i]), sum += shares[i];
  REQUIRE(sum < 1);
  CHECK(loss.days == Approx(expected).margin(sum * 3 * minute).epsilon(1e-9));
  CHECK(loss.level == 1);
}

TEST_CASE("the share that a hit takes does not depend on how many assets a sector has, nor does its repair",
          "[world][outage]") {
  std::vector<double> shares;
  for (int const assets : {1, 3, 50}) {
    Bench bench({});
    depend(bench, {}, 0);
    auto& sizes = bench.setting().asset_share;
    sizes.assign(static_cast<std::size_t>(assets), 1. / assets);
    bench.setting().assets.per_sector = assets;
    bench.send(bench.sector("JPN", "water"), 1, Sector::Hit{9, 6, 0});
    bench.census().listen<Sector, Sector::Damaged>(
        [&](sim::RowKey const&, Sector::Damaged const& row) { shares.push_back(row.share); });
    Loss loss;
    follow(bench, "JPN", "water", loss);
    bench.run(5);
    CHECK(loss.level == Approx(1 - shares.back()).epsilon(1e-9));
  }
  REQUIRE(shares.size() == 3);
  CHECK(shares[1] == shares[0]);
  CHECK(shares[2] == shares[0]);
}

TEST_CASE("energy and telecom pull each other down to the greatest fixed point", "[world][cascade]") {
  Bench bench({});
  depend(bench, {{"energy", "telecom", .6}, {"telecom", "energy", .2}}, 0);
  lose(bench, "energy", 1, .5);
  lose(bench, "energy", 100, -.5);
  Loss energy, telecom;
  follow(bench, "JPN", "energy", energy);
  follow(bench, "JPN", "telecom", telecom);
  bench.run(2);
  // Changes that move a dependent by less than .01 are not told, so the fixed point is reached to within that.
  CHECK(energy.level == Approx(.468085).margin(.002));
  CHECK(telecom.level == Approx(.680851).margin(.002));
  CHECK(energy.level >= .468085 - 1e-6);  // from above: it is the greatest one
  CHECK(telecom.level >= .680851 - 1e-6);
  bench.run(101);
  CHECK(energy.level == 1);
  CHECK(telecom.level == 1);
}

TEST_CASE("of several providers the worst counts, not their product", "[world][cascade]") {
  Bench bench({});
  depend(bench, {{"energy", "health", .4}, {"water", "health", .3}}, 0);
  lose(bench, "energy", 1, .5);
  lose(bench, "water", 1, .6);
  Loss health;
  follow(bench, "JPN", "health", health);
  bench.run(2);
  CHECK(health.level == Approx(1 - .4 * .5).epsilon(1e-12));  // .8 against .82; their product would be .656
  CHECK(bench.state(bench.sector("USA", "health")).level == 1);
}

TEST_CASE("own damage multiplies what the providers leave", "[world][cascade]") {
  Bench bench({});
  depend(bench, {{"energy", "finance", .5}}, 0);
  lose(bench, "energy", 1, .4);
  lose(bench, "finance", 1, .3);
  Loss finance;
  follow(bench, "JPN", "finance", finance);
  bench.run(2);
  CHECK(finance.level == Approx(.7 * .8).epsilon(1e-12));
}

TEST_CASE("an outage shorter than the buffer hurts nobody else, a longer one from its end on", "[world][cascade]") {
  Bench bench({});
  double const buffer = .5;
  depend(bench, {{"energy", "transport", .5}}, buffer);
  lose(bench, "energy", 1, .8);
  lose(bench, "energy", 1.4, -.8);
  lose(bench, "energy", 10, .8);
  lose(bench, "energy", 12, -.8);
  Loss transport;
  follow(bench, "JPN", "transport", transport);
  bench.run(9);
  CHECK(transport.lowest == 1);
  bench.run(20);
  CHECK(transport.lowest == Approx(1 - .5 * .8).epsilon(1e-12));
  CHECK(transport.level == 1);
  CHECK(transport.days == Approx(.4 * (2 - buffer)).margin(.4 * 3 * minute));
}

TEST_CASE("every outage ends everywhere, with the real dependencies", "[world][cascade]") {
  BenchOptions options;
  options.parameters.dependency_scale = 1.5;
  Bench bench(options);
  char const* const hit[] = {"energy", "telecom", "water", "finance", "transport"};
  for (int i = 0; i < 5; ++i) {
    lose(bench, hit[i], 1 + .3 * i, .9 - .1 * i);
    lose(bench, hit[i], 6 + .7 * i, -(.9 - .1 * i) * .4);
    lose(bench, hit[i], 9 + .2 * i, -(.9 - .1 * i) * .6);
  }
  bench.run(60);
  for (auto const& sector : bench.atlas().sectors) {
    INFO(sector.code);
    CHECK(bench.state(bench.sector("JPN", sector.code.c_str())).level == 1);
    CHECK(bench.state(bench.sector("JPN", sector.code.c_str())).own_loss == Approx(0).margin(1e-12));
  }
}
