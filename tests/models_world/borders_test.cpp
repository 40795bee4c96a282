// Cascades across borders: the fixed point of two nations, buffers, ends, and who is left alone.
#include <catch2/catch.hpp>

#include <cmath>
#include <cstring>
#include <map>

#include "models/world/infrastructure/sector.hpp"
#include "sim/rng/stream.hpp"
#include "tests/models_world/bench.hpp"

using namespace world;
using namespace world::test;

namespace {

struct Edge {
  char const* provider;
  char const* dependent;
  double dependency;
};
struct Import {
  char const* from;
  char const* to;
  char const* sector;
  double share;
};

// Sectors depend on one another as listed, in every nation, and nations import as listed; buffers of `buffer_days`.
void depend(Bench& bench, std::vector<Edge> const& edges, std::vector<Import> const& imports, double buffer_days = 0) {
  Setting& setting = bench.setting();
  std::fill(setting.dependency.begin(), setting.dependency.end(), 0.0);
  std::fill(setting.buffer_days.begin(), setting.buffer_days.end(), buffer_days);
  std::size_t const n = bench.atlas().sectors.size();
  for (Edge const& e : edges)
    setting.dependency[static_cast<std::size_t>(bench.atlas().sector(e.provider)) * n + static_cast<std::size_t>(bench.atlas().sector(e.dependent))] = e.dependency;
  Atlas atlas = bench.atlas();
  atlas.borders.clear();
  for (Import const& i : imports) atlas.borders.push_back({atlas.nation(i.from), atlas.nation(i.to), atlas.sector(i.sector), i.share});
  setting.borders = Borders(atlas, setting.dependency, 1);
}

// A sector loses `share` of its own service (negative: wins back).
void lose(Bench& bench, char const* nation, char const* sector, double day, double share) {
  bench.send(bench.sector(nation, sector), day, Sector::AssetLoss{share, 0});
}

double level(Bench& bench, char const* nation, char const* sector) { return bench.state(bench.sector(nation, sector)).level; }

// Levels of every sector in the order of time, and what each has lost [service-days] up to its last change.
struct Path {
  std::map<std::pair<int, int>, std::vector<std::pair<double, double>>> levels;  // (day, level)
  std::map<std::pair<int, int>, double> lost;
};
void follow(Bench& bench, Path& path) {
  bench.census().listen<Sector, Sector::ServiceLevel>([&](sim::RowKey const& key, Sector::ServiceLevel const& row) {
    auto& levels = path.levels[{row.nation, row.sector}];
    double const day = bench.setting().day(key.event.time);
    if (!levels.empty()) path.lost[{row.nation, row.sector}] += (1 - levels.back().second) * (day - levels.back().first);
    levels.emplace_back(day, row.level);
  });
}

// Greatest fixed point of Q = R min over providers of (1 - D share (1 - Q_provider)), by iteration from full service.
// `share` is a factor on what comes from abroad; `product` multiplies providers, as a wrong model would.
std::vector<double> fixed_point(Setting const& setting, std::vector<BorderRecord> const& borders, std::vector<double> const& own, double share = 1, bool product = false) {
  std::size_t const n = setting.atlas->sectors.size();
  std::vector<double> level(own.size(), 1);
  for (int round = 0; round < 2000; ++round)
    for (std::size_t node = 0; node < own.size(); ++node) {
      double through = 1;
      auto const meet = [&](double value) { through = product ? through * value : std::min(through, value); };
      std::size_t const nation = node / n, k = node % n;
      for (std::size_t p = 0; p < n; ++p) meet(1 - setting.dependency[p * n + k] * (1 - level[nation * n + p]));
      for (BorderRecord const& b : borders)
        if (b.dependent == static_cast<int>(nation)) {
          auto const p = static_cast<std::size_t>(b.sector);
          meet(1 - setting.dependency[p * n + k] * b.share * share * (1 - level[static_cast<std::size_t>(b.provider) * n + p]));
        }
      level[node] = own[node] * through;
    }
  return level;
}

BenchOptions open_borders() {
  BenchOptions options;
  options.behaviours = {Behaviour::cross_border};
  return options;
}

constexpr double minute = 1. / 1440;

}  // namespace

TEST_CASE("two nations pull each other down to the greatest fixed point, from above", "[world][borders]") {
  // Energy in JPN and telecom in KOR are damaged and depend on each other across the sea; at home each would lose less.
  double const own_e = .5, own_t = .3, d_et = .6, d_te = .2, power = .5, data = .8;
  double const a = d_et * power, b = d_te * data;
  // 1 - E = 1 - own_e (1 - b (1 - T)) and 1 - T = 1 - own_t (1 - a (1 - E)): two lines.
  double const energy = 1 - (1 - own_e + own_e * b * (1 - own_t)) / (1 - own_e * own_t * a * b);
  double const telecom = 1 - (1 - own_t + own_t * a * (1 - own_e)) / (1 - own_e * own_t * a * b);
  CHECK(energy == Approx(.439968).margin(5e-7));
  CHECK(telecom == Approx(.249597).margin(5e-7));
  Bench bench(open_borders());
  depend(bench, {{"energy", "telecom", d_et}, {"telecom", "energy", d_te}}, {{"JPN", "KOR", "energy", power}, {"KOR", "JPN", "telecom", data}});
  lose(bench, "JPN", "energy", 1, 1 - own_e);
  lose(bench, "KOR", "telecom", 1, 1 - own_t);
  lose(bench, "JPN", "energy", 100, own_e - 1);
  lose(bench, "KOR", "telecom", 100, own_t - 1);
  Path path;
  follow(bench, path);
  bench.run(2);
  // Changes that move a dependent by less than the step are not told.
  CHECK(level(bench, "JPN", "energy") == Approx(energy).margin(.01));
  CHECK(level(bench, "KOR", "telecom") == Approx(telecom).margin(.01));
  CHECK(level(bench, "JPN", "energy") >= energy - 1e-9);
  CHECK(level(bench, "KOR", "telecom") >= telecom - 1e-9);
  for (auto const& [sector, levels] : path.levels)
    for (std::size_t i = 1; i < levels.size(); ++i) CHECK(levels[i].second < levels[i - 1].second);  // monotone
  // Broken twins: whole dependence instead of the share, no border, and providers that multiply.
  std::vector<BorderRecord> const borders{{bench.nation("JPN"), bench.nation("KOR"), bench.atlas().sector("energy"), power},
                                          {bench.nation("KOR"), bench.nation("JPN"), bench.atlas().sector("telecom"), data}};
  std::size_t const n = bench.atlas().sectors.size();
  std::vector<double> own(bench.atlas().nations.size() * n, 1);
  auto const at = [&](char const* nation, char const* sector) { return static_cast<std::size_t>(bench.nation(nation)) * n + static_cast<std::size_t>(bench.atlas().sector(sector)); };
  own[at("JPN", "energy")] = own_e;
  own[at("KOR", "telecom")] = own_t;
  auto const telecom_of = [&](double share, bool product) { return fixed_point(bench.setting(), borders, own, share, product)[at("KOR", "telecom")]; };
  CHECK(telecom_of(1, false) == Approx(telecom).epsilon(1e-12));
  CHECK(std::fabs(telecom_of(2, false) - telecom) > .02);
  CHECK(std::fabs(telecom_of(0, false) - telecom) > .02);
  CHECK(std::fabs(telecom_of(1, true) - telecom) > .01);
  bench.run(101);
  for (char const* nation : {"JPN", "KOR"})
    for (char const* sector : {"energy", "telecom"}) CHECK(level(bench, nation, sector) == 1);
}

TEST_CASE("inside a nation the loop of energy and telecom stays what it was, with imports beside it", "[world][borders]") {
  Bench bench(open_borders());
  depend(bench, {{"energy", "telecom", .6}, {"telecom", "energy", .2}}, {{"JPN", "KOR", "energy", .5}, {"KOR", "JPN", "telecom", .8}});
  lose(bench, "JPN", "energy", 1, .5);
  bench.run(2);
  CHECK(level(bench, "JPN", "energy") == Approx(.468085).margin(.002));
  CHECK(level(bench, "JPN", "telecom") == Approx(.680851).margin(.002));
  // Nothing that comes back by way of another nation is worse than what comes back at home.
  CHECK(level(bench, "KOR", "telecom") == Approx(1 - .6 * .5 * (1 - .468085)).margin(.6 * .5 * .002 + told_step));
}

TEST_CASE("any network settles at its greatest fixed point to within what is not told", "[world][borders]") {
  char const* const nations[] = {"AUT", "BEL", "CHE", "DNK"};
  char const* const sectors[] = {"energy", "telecom", "water", "finance", "transport"};
  // Untold: below one step at each sector, and at most half of its provider's error on top.
  double const bound = told_step / (1 - .5);
  double largest_error = 0;
  int twins = 0;
  for (std::uint32_t network = 0; network < 12; ++network) {
    sim::RngStream rng(sim::ReplicationStream{7, 0, network, 0}, 1, 0, 0);
    Bench bench(open_borders());
    std::vector<Edge> edges;
    std::vector<Import> imports;
    std::vector<BorderRecord> borders;
    for (char const* p : sectors)
      for (char const* k : sectors)
        if (p != k && rng.uniform() < .5) edges.push_back({p, k, rng.uniform(.1, .5)});
    for (char const* from : nations)
      for (char const* to : nations)
        for (char const* s : sectors)
          if (from != to && rng.uniform() < .3) imports.push_back({from, to, s, rng.uniform(.3, .9)});
    // As many as a nation has room for.
    std::map<std::string, int> count;
    std::erase_if(imports, [&](Import const& i) { return ++count[i.to] > max_providers_abroad; });
    depend(bench, edges, imports);
    for (Import const& i : imports) borders.push_back({bench.nation(i.from), bench.nation(i.to), bench.atlas().sector(i.sector), i.share});
    std::size_t const n = bench.atlas().sectors.size();
    std::vector<double> own(bench.atlas().nations.size() * n, 1);
    // The other two nations lose through borders alone.
    for (char const* nation : {"AUT", "BEL"})
      for (char const* sector : sectors)
        if (rng.uniform() < .6) {
          double const share = rng.uniform(.2, .9);
          lose(bench, nation, sector, 1, share);
          own[static_cast<std::size_t>(bench.nation(nation)) * n + static_cast<std::size_t>(bench.atlas().sector(sector))] = 1 - share;
        }
    bench.run(3);
    auto const exact = fixed_point(bench.setting(), borders, own), twin = fixed_point(bench.setting(), borders, own, 0);
    double twin_error = 0;
    for (std::size_t node = 0; node < own.size(); ++node) {
      double const reached = bench.state(bench.directory().sectors[node]).level;
      REQUIRE(reached >= exact[node] - 1e-9);
      largest_error = std::max(largest_error, reached - exact[node]);
      twin_error = std::max(twin_error, std::fabs(reached - twin[node]));
    }
    twins += twin_error > 4 * bound ? 1 : 0;
  }
  CHECK(largest_error < bound);
  CHECK(twins >= 10);  // the model without borders is seen
}

TEST_CASE("an outage reaches the dependent nation when the buffer is spent, at D times the share, and ends at once", "[world][borders]") {
  Bench bench(open_borders());
  double const buffer = .5;
  depend(bench, {{"energy", "transport", .6}}, {{"FRA", "DEU", "energy", .5}}, buffer);
  lose(bench, "FRA", "energy", 1, .8);  // over before the buffer is spent
  lose(bench, "FRA", "energy", 1.4, -.8);
  lose(bench, "FRA", "energy", 10, .8);
  lose(bench, "FRA", "energy", 12, -.8);
  Path path;
  follow(bench, path);
  bench.run(20);
  auto const& levels = path.levels[{bench.nation("DEU"), bench.atlas().sector("transport")}];
  REQUIRE(levels.size() == 2);
  CHECK(levels[0].first == Approx(10 + buffer).margin(2 * minute));
  CHECK(levels[0].second == Approx(1 - .6 * .5 * .8).epsilon(1e-12));
  CHECK(levels[1].first == Approx(12).margin(2 * minute));
  CHECK(levels[1].second == 1);
  // At home the whole dependence counts; nobody else feels anything.
  CHECK(path.levels[{bench.nation("FRA"), bench.atlas().sector("transport")}].front().second == Approx(1 - .6 * .8).epsilon(1e-12));
  CHECK(path.levels.size() == 3);
}

TEST_CASE("what moves no sector of the dependent nation by the step is not told, and none hears before it could be moved", "[world][borders]") {
  Bench bench(open_borders());
  depend(bench, {{"energy", "transport", .6}, {"energy", "water", .2}, {"telecom", "water", .04}}, {{"FRA", "DEU", "energy", .1}, {"FRA", "DEU", "telecom", .2}});
  // Telecom could take .008 of water at most: it is no dependence at all.
  CHECK(bench.setting().borders.served_by(bench.nation("FRA"), bench.atlas().sector("telecom")).empty());
  CHECK(bench.setting().borders.dependence(bench.nation("DEU"), bench.atlas().sector("water")).size() == 1);
  lose(bench, "FRA", "energy", 1, .16);  // .0096 of transport
  lose(bench, "FRA", "energy", 3, .04);  // .012 of transport, .004 of water
  lose(bench, "FRA", "energy", 5, .4);   // .036 and .012
  lose(bench, "FRA", "energy", 7, -.3);  // .018 and .006
  lose(bench, "FRA", "energy", 9, -.08);  // .0132 and .0044: recoveries below .005
  lose(bench, "FRA", "energy", 11, -.22);
  int const slot = Sector::max_sectors;
  auto const felt = [&](char const* sector) { return bench.state(bench.sector("DEU", sector)).provider_level[slot]; };
  struct Expected { double day, transport, water; };
  for (Expected const e : {Expected{2, 1, 1}, {4, .8, 1}, {6, .4, .4}, {8, .7, .7}, {10, .7, .7}, {12, 1, 1}}) {
    bench.run(e.day);
    INFO(e.day);
    CHECK(felt("transport") == Approx(e.transport).epsilon(1e-12));
    CHECK(felt("water") == Approx(e.water).epsilon(1e-12));
    CHECK(level(bench, "DEU", "water") == (e.water < .5 ? Approx(1 - .2 * .1 * (1 - e.water)).epsilon(1e-12) : Approx(1).margin(0)));
  }
  CHECK(bench.state(bench.sector("DEU", "transport")).provider_number[slot] == 6);
}

TEST_CASE("switched off, or at a scale of zero, nothing crosses a border", "[world][borders]") {
  BenchOptions zero = open_borders();
  zero.parameters.cross_border_scale = 0;
  for (BenchOptions const& options : {BenchOptions{}, zero}) {
    Bench bench(options);
    for (int n = 0; n < static_cast<int>(bench.atlas().nations.size()); ++n)
      for (int k = 0; k < static_cast<int>(bench.atlas().sectors.size()); ++k) {
        REQUIRE(bench.setting().borders.served_by(n, k).empty());
        REQUIRE(bench.setting().borders.dependence(n, k).empty());
      }
    for (char const* sector : {"energy", "telecom", "finance", "transport"}) lose(bench, "DEU", sector, 1, .9);
    Path path;
    follow(bench, path);
    bench.run(10);
    for (auto const& [sector, levels] : path.levels) CHECK(sector.first == bench.nation("DEU"));
  }
}

TEST_CASE("an outage moves other nations' loss through edges only: without one they are the same to the bit", "[world][borders]") {
  struct Outcome {
    Path path;
    std::vector<Sector::State> states;  // during the outage
  };
  auto const run = [](double share, bool hit) {
    Bench bench(open_borders());
    // LUX would hear by way of DEU; ISL hears from DNK, to which nothing leads.
    depend(bench, {{"energy", "telecom", .8}, {"telecom", "finance", .7}}, {{"FRA", "DEU", "energy", share}, {"DEU", "LUX", "telecom", .5}, {"DNK", "ISL", "energy", .5}});
    if (hit) {
      lose(bench, "FRA", "energy", 1, .9);
      lose(bench, "FRA", "energy", 6, -.9);
    }
    lose(bench, "DNK", "energy", 2, .5);
    lose(bench, "DNK", "energy", 5, -.5);
    Outcome outcome;
    follow(bench, outcome.path);
    bench.run(3);
    for (auto const sector : bench.directory().sectors) outcome.states.push_back(bench.state(sector));
    bench.run(10);
    return outcome;
  };
  Bench names({});
  auto const loss = [&](Outcome& outcome, char const* nation, char const* sector) { return outcome.path.lost[{names.nation(nation), names.atlas().sector(sector)}]; };
  Outcome spilled = run(.5, true), no_hit = run(.5, false), no_edge = run(0, true);
  CHECK(loss(spilled, "DEU", "telecom") == Approx(.8 * .5 * .9 * 5).margin(.01));
  CHECK(loss(spilled, "DEU", "finance") == Approx(.7 * .8 * .5 * .9 * 5).margin(.01));
  CHECK(loss(spilled, "LUX", "finance") == Approx(.7 * .5 * .8 * .5 * .9 * 5).margin(.01));
  for (Outcome* none : {&no_hit, &no_edge})
    for (char const* nation : {"DEU", "LUX"})
      for (char const* sector : {"energy", "telecom", "finance"}) CHECK(loss(*none, nation, sector) == 0);
  std::size_t const n = names.atlas().sectors.size();
  for (std::size_t node = 0; node < spilled.states.size(); ++node) {
    std::string const& nation = names.atlas().nations[node / n].iso3;
    if (nation == "FRA" || nation == "DEU" || nation == "LUX") continue;
    REQUIRE(std::memcmp(&spilled.states[node], &no_hit.states[node], sizeof(Sector::State)) == 0);
  }
  CHECK(loss(spilled, "ISL", "telecom") == loss(no_hit, "ISL", "telecom"));
  CHECK(loss(spilled, "ISL", "telecom") == Approx(.8 * .5 * .5 * 3).margin(.01));
}

TEST_CASE("sectors that all but are each other come free together, at home and across a border", "[world][borders]") {
  struct Case {
    double d, share;
  };
  for (Case const c : {Case{.5, .5}, {.8, .9}, {.95, .1}, {.95, .95}}) {
    Bench bench(open_borders());
    depend(bench, {{"telecom", "finance", c.d}, {"finance", "telecom", c.d}}, {{"JPN", "KOR", "telecom", c.share}, {"KOR", "JPN", "finance", c.share}});
    lose(bench, "JPN", "telecom", 1, .8);
    lose(bench, "KOR", "finance", 1, .3);
    for (int step = 0; step < 80; ++step) lose(bench, "JPN", "telecom", 2 + .01 * step, -.01);
    for (int step = 0; step < 30; ++step) lose(bench, "KOR", "finance", 2 + .03 * step, -.01);
    bench.run(1.9);
    CHECK(level(bench, "JPN", "finance") < 1 - .6 * c.d);
    bench.run(10);
    for (char const* nation : {"JPN", "KOR"})
      for (char const* sector : {"telecom", "finance"}) {
        INFO(nation << ' ' << sector << " D " << c.d << " share " << c.share);
        CHECK(level(bench, nation, sector) == 1);
      }
  }
}

TEST_CASE("every outage ends in every nation, with the record's borders at the largest of both factors", "[world][borders]") {
  BenchOptions options = open_borders();
  options.parameters.dependency_scale = 2;
  options.parameters.cross_border_scale = 2;
  Bench bench(options);
  char const* const hit[] = {"energy", "telecom", "water", "finance", "transport"};
  char const* const nations[] = {"DEU", "USA", "GBR", "NLD", "RUS", "SGP", "FRA"};
  for (int n = 0; n < 7; ++n)
    for (int i = 0; i < 5; ++i) {
      double const share = .95 - .1 * ((i + n) % 5);
      lose(bench, nations[n], hit[i], 1 + .3 * i + .1 * n, share);
      lose(bench, nations[n], hit[i], 6 + .7 * i, -share * .4);
      lose(bench, nations[n], hit[i], 9 + .2 * i + .3 * n, -share * .6);
    }
  std::size_t worst = 0;
  bench.run(8.5);
  for (auto const sector : bench.directory().sectors) worst += bench.state(sector).level < 1;
  CHECK(worst > 7 * 16 + 100);  // far more than the nations that were hit
  bench.run(60);
  for (auto const sector : bench.directory().sectors) REQUIRE(bench.state(sector).level == 1);
}

TEST_CASE("where assets depend on assets sectors tell nobody at home, but those abroad", "[world][borders]") {
  BenchOptions options = open_borders();
  options.assets.dependencies = 1;
  Bench bench(options);
  depend(bench, {{"energy", "telecom", .6}}, {{"FRA", "DEU", "energy", .5}});
  lose(bench, "FRA", "energy", 1, .8);
  bench.run(3);
  CHECK(bench.state(bench.sector("FRA", "telecom")).provider_level[bench.atlas().sector("energy")] == 1);
  CHECK(level(bench, "DEU", "telecom") == Approx(1 - .6 * .5 * .8).epsilon(1e-12));
}

TEST_CASE("a cascade from abroad counts once an outage, where providers abroad take more than those at home", "[world][borders]") {
  Bench bench(open_borders());
  depend(bench, {{"energy", "transport", .6}, {"telecom", "transport", .9}}, {{"FRA", "DEU", "energy", .1}});
  std::vector<double> days;
  bench.census().listen<Sector, Sector::CascadeFromAbroad>([&](sim::RowKey const& key, Sector::CascadeFromAbroad const& row) {
    CHECK(row.nation == bench.nation("DEU"));
    CHECK(row.sector == bench.atlas().sector("transport"));
    days.push_back(bench.setting().day(key.event.time));
  });
  lose(bench, "FRA", "energy", 1, .4);
  lose(bench, "FRA", "energy", 2, .5);  // the same outage
  lose(bench, "FRA", "energy", 3, -.9);
  lose(bench, "DEU", "telecom", 10, .5);
  lose(bench, "FRA", "energy", 11, .9);  // .054 against .45 at home
  lose(bench, "FRA", "energy", 12, -.9);
  lose(bench, "DEU", "telecom", 13, -.5);
  lose(bench, "FRA", "energy", 20, .9);
  bench.run(30);
  REQUIRE(days.size() == 2);
  CHECK(days[0] == Approx(1).margin(2 * minute));
  CHECK(days[1] == Approx(20).margin(2 * minute));
}
