// Assets that fail, depend on each other and wait for crews.
#include <catch2/catch.hpp>

#include <cmath>

#include "models/world/infrastructure/asset.hpp"
#include "models/world/infrastructure/repair_crews.hpp"
#include "models/world/infrastructure/sector.hpp"
#include "tests/models_world/bench.hpp"

using namespace world;
using namespace world::test;

namespace {

constexpr double minute = 1. / 1440;

BenchOptions with_assets(int per_sector, double exponent, double dependencies, double faults) {
  BenchOptions options;
  options.assets.per_sector = per_sector;
  options.assets.size_exponent = exponent;
  options.assets.dependencies = dependencies;
  options.assets.faults_per_year = faults;
  return options;
}

sim::LpRef<Asset> asset(Bench& bench, std::size_t position) { return bench.directory().assets[position]; }

// Mean and standard error.
struct Sample {
  double sum = 0, squares = 0, n = 0;
  void add(double x) { sum += x, squares += x * x, ++n; }
  double mean() const { return sum / n; }
  double error() const { return std::sqrt((squares / n - mean() * mean()) / (n - 1)); }
};

// Service-days that all sectors of all nations lose until `day`.
double service_days_lost(Bench& bench, double day) {
  std::size_t const sectors = bench.atlas().sectors.size(), n = bench.atlas().nations.size() * sectors;
  std::vector<double> level(n, 1), since(n, 0);
  double lost = 0;
  bench.census().listen<Sector, Sector::ServiceLevel>([&](sim::RowKey const& key, Sector::ServiceLevel const& row) {
    std::size_t const k = static_cast<std::size_t>(row.nation) * sectors + static_cast<std::size_t>(row.sector);
    double const now = bench.setting().day(key.event.time);
    lost += (1 - level[k]) * (now - since[k]);
    level[k] = row.level, since[k] = now;
  });
  bench.run(day);
  for (std::size_t k = 0; k < n; ++k) lost += (1 - level[k]) * (day - since[k]);
  return lost;
}

// Position of the first asset of `sector` in Japan that has a dependent, and that dependent.
struct Pair {
  std::size_t provider, dependent, dependent_sector, dependents;
};
Pair provider_in(Bench& bench, char const* sector) {
  AssetGraph const& graph = *bench.setting().asset_graph;
  std::size_t const n = bench.atlas().sectors.size(), per = bench.setting().asset_share.size();
  std::size_t const first = (static_cast<std::size_t>(bench.nation("JPN")) * n + static_cast<std::size_t>(bench.atlas().sector(sector))) * per;
  for (std::size_t i = first; i < first + per; ++i)
    if (!graph.dependents(i).empty()) {
      std::size_t const dependent = graph.dependents(i).front().dependent();
      return {i, dependent, dependent / per % n, graph.dependents(i).size()};
    }
  FAIL("no asset of " << sector << " has a dependent");
  return {};
}

double share_of(Bench& bench, std::size_t position) { return bench.setting().asset_share[position % bench.setting().asset_share.size()]; }

double lost_through_providers(Bench& bench, std::size_t position) {
  auto const& lost = bench.state(asset(bench, position)).lost;
  return static_cast<double>(*std::max_element(std::begin(lost), std::end(lost)));
}

}  // namespace

TEST_CASE("a world whose assets neither fail nor depend has no crews and tells its assets nothing", "[world][assets]") {
  Bench bench(with_assets(20, 1, 0, 0));
  bench.send(bench.sector("JPN", "water"), 1, Sector::Hit{9, 6, 0});
  bench.run(5);
  CHECK(bench.directory().crews.empty());
  CHECK_FALSE(bench.world().name(bench.directory().assets[0].id).empty());
  for (auto const& ref : bench.directory().assets) REQUIRE(bench.state(ref).campaign_loss == 0);
  CHECK(bench.state(bench.sector("JPN", "water")).level < 1);
}

TEST_CASE("a hit takes its whole share from a sector of thousands of equal assets, and a small one from few", "[world][assets]") {
  std::vector<double> const equal(5000, 1. / 5000);
  std::size_t most = 0;
  for (std::uint64_t incident = 0; incident < 200; ++incident) {
    int const severity = 2 + static_cast<int>(incident % 5);
    sim::RngStream const damage({1, 0, 0, 0}, 1, 0, incident), assets({1, 0, 0, 0}, 1, 1, incident);
    HitPlan const plan = plan_hit(equal, severity, damage, assets), one = plan_hit({1}, severity, damage, assets);
    double sum = 0;
    std::vector<bool> taken(equal.size(), false);
    for (HitPlan::Part const& part : plan.parts) {
      REQUIRE_FALSE(taken.at(static_cast<std::size_t>(part.asset)));
      taken[static_cast<std::size_t>(part.asset)] = true;
      sum += part.loss;
    }
    CHECK(plan.share == one.share);
    CHECK(plan.tau_days == one.tau_days);
    CHECK(sum == Approx(plan.share).epsilon(1e-9));
    most = std::max(most, plan.parts.size());
  }
  CHECK(most > 64);
}

TEST_CASE("assets are hit in proportion to their size", "[world][assets]") {
  std::vector<double> const sizes{.5, .25, .125, .125};
  std::vector<double> first(4, 0);
  double const n = 20'000;
  for (std::uint64_t incident = 0; incident < static_cast<std::uint64_t>(n); ++incident) {
    sim::RngStream const damage({2, 0, 0, 0}, 1, 0, incident), assets({2, 0, 0, 0}, 1, 1, incident);
    ++first[static_cast<std::size_t>(plan_hit(sizes, 3, damage, assets).parts.at(0).asset)];
  }
  for (std::size_t i = 0; i < 4; ++i) CHECK(std::fabs(first[i] - n * sizes[i]) < 6.1 * std::sqrt(n * sizes[i] * (1 - sizes[i])));
}

TEST_CASE("splitting a sector into equal assets keeps its expected service under everyday faults", "[world][faults]") {
  double const days = 40;
  auto const lost = [&](int assets) {
    Sample sample;
    for (std::uint32_t r = 0; r < 10; ++r) {
      BenchOptions options = with_assets(assets, 0, 0, 20);
      options.replication = r;
      options.assets.crew_load = .05;  // crews are there at once
      Bench bench(options);
      std::fill(bench.setting().dependency.begin(), bench.setting().dependency.end(), 0.);
      sample.add(service_days_lost(bench, days));
    }
    return sample;
  };
  Sample const one = lost(2), many = lost(40);
  CHECK(std::fabs(one.mean() - many.mean()) < 6.1 * std::hypot(one.error(), many.error()));
  // Rate x depth x time until it is repaired, the crew's way there and back included.
  double const repair = mean_fault_work_days() + 2 * minute;
  double const expected = 71 * 16 * days * 20 * .65 * repair / (365.25 + 20 * repair);
  CHECK(std::fabs(many.mean() - expected) < 6.1 * many.error() + .01 * expected);
  CHECK(many.error() < .03 * expected);
}

TEST_CASE("assets fail at the asked rate", "[world][faults]") {
  Bench bench(with_assets(20, 1, 0, 5));
  double faults = 0;
  bench.census().listen<RepairCrews, RepairCrews::Wait>([&](sim::RowKey const&, RepairCrews::Wait const&) { ++faults; });
  bench.run(365.25);
  auto const assets = static_cast<double>(bench.directory().assets.size());
  CHECK(std::fabs(faults - 5 * assets) < 6.1 * std::sqrt(5 * assets) + .005 * 5 * assets);
}

TEST_CASE("a provider's fault reaches its dependents when their buffer is spent, and only then", "[world][assets]") {
  Bench bench(with_assets(10, 1, 2, 0));
  std::fill(bench.setting().buffer_days.begin(), bench.setting().buffer_days.end(), .5);
  Pair const pair = provider_in(bench, "energy");
  std::size_t const n = bench.atlas().sectors.size();
  double const size = share_of(bench, pair.provider);
  double const depends = bench.setting().dependency[static_cast<std::size_t>(bench.atlas().sector("energy")) * n + pair.dependent_sector];
  // The asset loses .8 of its service on day 1, wins it back on day 1.4; the same again from day 10 to day 12.
  for (double const day : {1., 10.}) bench.send(asset(bench, pair.provider), day, Asset::Damage{1, .8 * size});
  for (double const day : {1.4, 12.}) bench.send(asset(bench, pair.provider), day, Asset::Damage{1, -.8 * size});
  for (double day = .5; day < 10.5; day += .25) {
    bench.run(day);
    REQUIRE(lost_through_providers(bench, pair.dependent) == 0);
  }
  bench.run(10.5 + .5 * minute);
  CHECK(lost_through_providers(bench, pair.dependent) == 0);
  bench.run(10.5 + 2 * minute);
  CHECK(lost_through_providers(bench, pair.dependent) == Approx(depends * .8).epsilon(1e-6));
  bench.run(12 - minute);
  CHECK(lost_through_providers(bench, pair.dependent) == Approx(depends * .8).epsilon(1e-6));
  bench.run(12 + 20 * minute);  // its other providers, which depend on the same one, come free one after the other
  CHECK(lost_through_providers(bench, pair.dependent) == 0);
}

TEST_CASE("dependents hear of changes of a hundredth or more, and of no smaller one", "[world][assets]") {
  Bench bench(with_assets(10, 1, 2, 0));
  std::fill(bench.setting().buffer_days.begin(), bench.setting().buffer_days.end(), 0.);
  Pair const pair = provider_in(bench, "energy");
  double const size = share_of(bench, pair.provider);
  std::vector<double> felt;
  double const losses[] = {.009, .3, .008, .006};
  for (int i = 0; i < 4; ++i) {
    bench.send(asset(bench, pair.provider), 1 + i, Asset::Damage{1, losses[i] * size});
  }
  for (int i = 0; i < 4; ++i) {
    bench.run(1.5 + i);
    felt.push_back(lost_through_providers(bench, pair.dependent));
  }
  CHECK(felt[0] == 0);
  CHECK(felt[1] > .01);
  CHECK(felt[2] == felt[1]);
  CHECK(felt[3] > felt[2]);  // .014 since the last time
}

TEST_CASE("with dependencies between assets every outage ends everywhere, whatever failed how often", "[world][assets]") {
  BenchOptions options = with_assets(12, 1, 3, 0);
  options.parameters.dependency_scale = 1.5;
  Bench bench(options);
  std::size_t const n = bench.atlas().sectors.size(), per = 12, first = static_cast<std::size_t>(bench.nation("JPN")) * n * per;
  for (std::size_t i = 0; i < n * per; i += 3) {
    double const day = 1 + .01 * static_cast<double>(i), loss = .9 * share_of(bench, first + i);
    bench.send(asset(bench, first + i), day, Asset::Damage{1, loss});
    bench.send(asset(bench, first + i), day + 1.5, Asset::Damage{1, -.4 * loss});
    bench.send(asset(bench, first + i), day + 3.3, Asset::Damage{1, -.6 * loss});
  }
  bench.run(4);
  double lowest = 1;
  for (auto const& sector : bench.atlas().sectors) lowest = std::min(lowest, bench.state(bench.sector("JPN", sector.code.c_str())).level);
  CHECK(lowest < .95);
  bench.run(60);
  for (std::size_t i = first; i < first + n * per; ++i) {
    INFO(bench.world().name(asset(bench, i).id));
    REQUIRE(lost_through_providers(bench, i) == 0);
    // What the tests' own rounding leaves of the damage is all that is left.
    REQUIRE(std::abs(bench.state(asset(bench, i)).inherited) == 0);
    REQUIRE(std::fabs(bench.state(asset(bench, i)).campaign_loss) < 1e-12);
  }
}

TEST_CASE("a sector loses what its assets lose, counted again from their states", "[world][assets]") {
  Bench bench(with_assets(30, 1, 2, 40));
  for (char const* sector : {"energy", "telecom", "finance"}) bench.send(bench.sector("JPN", sector), 20, Sector::Hit{77, 6, 0});
  bench.run(25.123456);
  std::size_t const n = bench.atlas().sectors.size(), per = 30, first = static_cast<std::size_t>(bench.nation("JPN")) * n * per;
  int lower = 0;
  for (std::size_t k = 0; k < n; ++k) {
    double service = 0;
    for (std::size_t i = 0; i < per; ++i) {
      Asset::State const& state = bench.state(asset(bench, first + k * per + i));
      double const own = std::max(0., 1 - state.campaign_loss - static_cast<double>(state.fault_loss));
      service += bench.setting().asset_share[i] * own * (1 - lost_through_providers(bench, first + k * per + i));
    }
    // Messages of the last minute are on their way.
    CHECK(bench.state(bench.directory().sectors[static_cast<std::size_t>(bench.nation("JPN")) * n + k]).level == Approx(service).margin(1e-9));
    lower += service < .9;
  }
  CHECK(lower > 0);
}

TEST_CASE("everyday faults are the same whatever campaigns do", "[world][faults]") {
  auto const faults = [](bool attacked) {
    Bench bench(with_assets(5, 1, 2, 20));
    if (attacked)
      for (std::uint64_t i = 0; i < 20; ++i) bench.send(bench.sector("JPN", "energy"), 3 + static_cast<double>(i), Sector::Hit{50 + i, 5, 0});
    std::vector<std::pair<std::int64_t, double>> all;
    bench.census().listen<RepairCrews, RepairCrews::Wait>(
        [&](sim::RowKey const& key, RepairCrews::Wait const& row) { all.emplace_back(key.event.time.ticks, row.days); });
    bench.run(60);
    return all;
  };
  auto const calm = faults(false);
  CHECK(calm.size() > 10'000);
  CHECK(calm == faults(true));
}

TEST_CASE("more crews never lengthen the wait in expectation, and few make faults wait", "[world][faults]") {
  auto const waits = [](double load) {
    Sample sample;
    for (std::uint32_t r = 0; r < 5; ++r) {
      BenchOptions options = with_assets(100, 1, 0, 60);
      options.replication = r;
      options.assets.crew_load = load;
      Bench bench(options);
      double days = 0, faults = 0;
      bench.census().listen<RepairCrews, RepairCrews::Wait>([&](sim::RowKey const&, RepairCrews::Wait const& row) { days += row.days, ++faults; });
      bench.run(8);
      sample.add(days / faults);
    }
    return sample;
  };
  Sample last = waits(.95);  // 3 crews for the work of 2.26
  CHECK(last.mean() > 60 * minute);
  for (double const load : {.7, .4}) {  // 4 and 6
    Sample const ample = waits(load);
    CHECK(last.mean() - ample.mean() > 6.1 * std::hypot(last.error(), ample.error()));
    last = ample;
  }
}

TEST_CASE("a single crew makes faults wait as the formula of Pollaczek and Khinchine says", "[world][faults]") {
  // Many assets, so that those that are down hardly thin the stream; one depot, one crew.
  BenchOptions options = with_assets(400, 0, 0, 1);
  options.assets.crew_load = .95;
  Bench bench(options);
  CrewPlan const plan = crew_plan(options.assets);
  REQUIRE(plan.depots == 1);
  REQUIRE(plan.crews == 1);
  Sample waits;
  bench.census().listen<RepairCrews, RepairCrews::Wait>([&](sim::RowKey const&, RepairCrews::Wait const& row) { waits.add(row.days); });
  bench.run(1000);
  double const work = mean_fault_work_days() + minute, rate = 400 / 365.25;
  double const second_moment = mean_fault_work_days() * mean_fault_work_days() * std::exp(1.);  // of a lognormal with log_sd 1
  double const load = rate * work;
  double const expected = rate * second_moment / (2 * (1 - load));
  // Waits of one depot hang together for a few faults: the error is taken twice.
  CHECK(std::fabs(waits.mean() - expected) < 6.1 * 2 * waits.error() + .01 * expected);
  CHECK(waits.error() < .02 * expected);
}

TEST_CASE("the bits are the same on every executor", "[world][assets]") {
  StudyOptions options;
  options.start = "2020-01-01", options.record_from = "2020-01-10", options.end = "2020-03-01";
  options.scenario = "assets_per_sector = 12\nasset_size_exponent = 1.5\nasset_dependencies = 2.0\nasset_faults_per_year = 12.0\n";
  auto const study = make_study(options);
  auto const future = study.scenario->prepare(0);
  auto const reference = run(*study.scenario, future, {0, 0, 0});
  CHECK(reference.events > 100'000);
  for (char const* executor : {"rollback-check", "conservative", "optimistic"})
    for (unsigned threads : {1u, 2u, 3u}) {
      if (threads > 1 && executor[0] == 'r') continue;
      INFO(executor << ", " << threads);
      auto const other = run(*study.scenario, future, {0, 0, 0}, executor, threads);
      CHECK(reference.digest == other.digest);
      CHECK(reference.events == other.events);
      CHECK(same_outcome(reference, other));
    }
}

TEST_CASE("options out of range are refused with what is accepted", "[world][assets]") {
  StudyOptions options;
  options.scenario = "assets_per_sector = 8803\n";
  CHECK_THROWS_WITH(make_study(options), Catch::Contains("8803") && Catch::Contains("1 to 8802 are accepted"));
  options.scenario = "asset_dependencies = 8.5\n";
  CHECK_THROWS_WITH(make_study(options), Catch::Contains("asset_dependencies") && Catch::Contains("0 to 8"));
  options.scenario = "asset_faults_per_year = -1.0\n";
  CHECK_THROWS_WITH(make_study(options), Catch::Contains("asset_faults_per_year"));
}
