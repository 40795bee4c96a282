// Hacktivists: how many campaigns, how clustered, what calls them forth, what a burst takes.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "models/world/actor/hacktivists.hpp"
#include "models/world/infrastructure/sector.hpp"
#include "models/world/nation/information_environment.hpp"
#include "models/world/nation/response_team.hpp"
#include "tests/models_world/bench.hpp"

using namespace world;
using namespace world::test;

namespace {

struct Attack {
  std::uint64_t incident;
  int nation;
  double day;
  bool operator<(Attack const& other) const { return incident < other.incident; }
};

// What set an attack off, whatever its place in the cluster.
std::uint64_t cause_of(std::uint64_t incident) { return incident & ~(0xffULL << 56); }

BenchOptions active(std::uint32_t replication = 0) {
  BenchOptions options;
  options.behaviours = {Behaviour::hacktivists};
  options.parameters.criminal_growth_to_2024 = 1;
  options.parameters.hacktivist_branching = .5;
  options.parameters.hacktivist_memory_days = 10;
  options.replication = replication;
  return options;
}

void set_rate(Bench& bench, double per_year) { bench.setting().hacktivist_rate.assign(bench.atlas().nations.size(), per_year); }

std::vector<Attack> attacks(Bench& bench, double until) {
  std::vector<Attack> found;
  bench.census().listen<Hacktivists, IntrusionSet::Discovery>([&](sim::RowKey const& key, IntrusionSet::Discovery const& row) {
    found.push_back({row.incident, row.nation, bench.setting().day(key.event.time)});
  });
  bench.run(until);
  return found;
}

constexpr int replications = 4;
constexpr double rate = 60, days = 1800, branching = .5, memory = 10;

}  // namespace

TEST_CASE("hacktivists and criminals share the recorded rate, and who is switched off leaves it whole and sends nothing", "[world][hacktivists]") {
  Atlas const atlas = load_atlas();
  auto const setting = [&](std::string const& behaviour) {
    StudyOptions options;
    options.constants = {{"hacktivist_share", .3}};
    options.behaviour = behaviour;
    return setting_of(make_study(options), atlas, 0);
  };
  auto const on = setting(""), off = setting("hacktivists = false\n");
  for (int n = 0; n < static_cast<int>(atlas.nations.size()); ++n) {
    double const whole = off->rates(off->criminals, n).recorded;
    double const recorded = on->hacktivist_rate[static_cast<std::size_t>(n)] * on->recorded_probability(n, hacktivist_severity, {true, false});
    CHECK(recorded == Approx(.3 * whole));
    CHECK(on->rates(on->criminals, n).recorded == Approx(.7 * whole));
    CHECK(off->hacktivist_rate[static_cast<std::size_t>(n)] == 0);
  }
  // The whole of it: the receivers' other incidents.
  double level = 0, sum = 0;
  for (NationRecord const& nation : atlas.nations) level += nation.other_rate;
  for (int n = 0; n < static_cast<int>(atlas.nations.size()); ++n) sum += off->rates(off->criminals, n).recorded;
  CHECK(sum == Approx(level));
  Bench quiet{BenchOptions{}};
  CHECK(quiet.directory().hacktivists.empty());
}

TEST_CASE("what crises and namings call forth is part of the recorded level", "[world][hacktivists]") {
  Atlas const atlas = load_atlas();
  auto const setting = [&](double by_crisis, double by_naming, std::string const& start) {
    StudyOptions options;
    options.start = start;
    options.constants = {{"hacktivist_share", .3}, {"hacktivist_branching", .4}, {"hacktivists_by_crisis", by_crisis}, {"hacktivists_by_naming", by_naming}};
    return setting_of(make_study(options), atlas, 0);
  };
  CHECK(setting(0, 0, "2018-01-01")->hacktivists_unprovoked == 1);
  auto const crises = setting(3, 0, "2018-01-01");
  double whole = 0;
  for (double const campaigns : crises->hacktivist_rate) whole += campaigns;
  // 15 crises in the nine years of the record, each with 3 campaigns and their followers, whenever the study starts.
  CHECK(crises->hacktivists_unprovoked == Approx(1 - 15. / 9 * 3 / .6 / whole));
  CHECK(setting(3, 0, "2012-01-01")->hacktivists_unprovoked == Approx(crises->hacktivists_unprovoked));
  CHECK(setting(0, .1, "2018-01-01")->hacktivists_unprovoked < 1);
  CHECK(setting(0, 5, "2018-01-01")->hacktivists_unprovoked == 0);
}

TEST_CASE("campaigns a year are the base rate whatever the branching", "[world][hacktivists]") {
  for (double const g : {.2, .6}) {
    double count = 0, expected = 0;
    for (std::uint32_t r = 0; r < replications; ++r) {
      BenchOptions options = active(r);
      options.parameters.hacktivist_branching = g;
      Bench bench(options);
      set_rate(bench, rate);
      count += static_cast<double>(attacks(bench, days).size());
      // The intensity begins at the rate of those who come by themselves: (1 - g exp(-(1 - g) b t)) times the base.
      double const b = 1 / memory;
      expected += static_cast<double>(bench.atlas().nations.size()) * rate / 365.25 * (days - g * (1 - std::exp(-(1 - g) * b * days)) / ((1 - g) * b));
    }
    double const sd = std::sqrt(expected) / (1 - g);
    INFO("branching " << g << ": " << count << " for " << expected << " +- " << sd);
    CHECK(std::abs(count - expected) < 6.1 * sd);
  }
}

TEST_CASE("counts are over-dispersed as those of a Hawkes process, nearly 1 / (1 - g)^2 over long windows", "[world][hacktivists]") {
  double const window = 150, first = 100;
  std::map<std::pair<int, int>, double> counts;  // of nation and window
  int const windows = static_cast<int>((days - first) / window), nations = static_cast<int>(load_atlas().nations.size());
  double sum = 0, squares = 0, n = 0;
  for (std::uint32_t r = 0; r < replications; ++r) {
    Bench bench(active(r));
    set_rate(bench, rate);
    counts.clear();
    for (Attack const& attack : attacks(bench, days))
      if (attack.day >= first) counts[{attack.nation, static_cast<int>((attack.day - first) / window)}] += 1;
    for (int i = 0; i < nations; ++i)
      for (int w = 0; w < windows; ++w) sum += counts[{i, w}], squares += counts[{i, w}] * counts[{i, w}], n += 1;
  }
  double const mean = sum / n, dispersion = (squares / n - mean * mean) / mean;
  // Da Fonseca and Zaatour (J. Futures Markets 34(6), 2014): variance of a window's count over its mean.
  double const k = 1 / (1 - branching), decay = (1 - branching) / memory;
  double const expected = k * k + (1 - k * k) * (1 - std::exp(-decay * window)) / (decay * window);
  INFO("index of dispersion " << dispersion << " for " << expected << ", 1 for a Poisson process");
  CHECK(expected > .88 * k * k);
  CHECK(std::abs(dispersion / expected - 1) < 6.1 * std::sqrt(3 / n));  // somewhat above a normal count's sqrt(2 / n)
}

TEST_CASE("a naming calls campaigns forth: its mean, their followers, and their time", "[world][hacktivists]") {
  BenchOptions options = active();
  options.parameters.hacktivist_branching = .4;
  options.parameters.hacktivists_by_naming = 1.5;
  Bench bench(options);
  set_rate(bench, 0);
  std::map<std::uint64_t, double> day_of;  // of a cause
  std::size_t const nations = bench.atlas().nations.size();
  for (std::uint32_t i = 0; i < 40; ++i)
    for (std::size_t n = 0; n < nations; ++n) {
      std::uint64_t const incident = incident_id(3, static_cast<int>(n), i % 2 != 0, i);
      double const day = 1 + 30 * i;
      day_of[naming_cause(incident, bench.atlas().actors.size())] = day;
      bench.send(bench.directory().hacktivists[n], day, Hacktivists::Provocation{incident});
    }
  std::map<std::uint64_t, std::pair<double, double>> clusters;  // campaigns, sum of their times after the naming
  double count = 0, lag = 0;
  for (Attack const& attack : attacks(bench, days)) {
    REQUIRE(day_of.count(cause_of(attack.incident)) == 1);
    double const after = attack.day - day_of[cause_of(attack.incident)];
    auto& [size, time] = clusters[cause_of(attack.incident)];
    size += 1, time += after, count += 1, lag += after;
  }
  // A compound Poisson number of clusters, whose size is Borel: mean 1 / (1 - g), mean square 1 / (1 - g)^3.
  double const g = .4, namings = static_cast<double>(day_of.size()), expected = namings * 1.5 / (1 - g);
  CHECK(std::abs(count - expected) < 6.1 * std::sqrt(namings * 1.5 / std::pow(1 - g, 3)));
  // A campaign's generation is geometric with mean 1 / (1 - g), each of them Exp(memory) after the last.
  double const mean_lag = memory / (1 - g);
  double squares = 0;
  for (auto const& [cause, cluster] : clusters) squares += std::pow(cluster.second - mean_lag * cluster.first, 2);
  CHECK(std::abs(lag / count - mean_lag) < 6.1 * std::sqrt(squares) / count);
}

TEST_CASE("a nation's naming reaches its hacktivists; without it its campaigns are missing and nothing else moves", "[world][hacktivists]") {
  Atlas const atlas = load_atlas();
  int const estonia = atlas.nation("EST");
  auto const with_namings = [&](std::vector<double> const& on_days) {
    BenchOptions options = active();
    options.parameters.hacktivists_by_naming = 5;
    options.dyads = {silent_dyad(atlas, "RUS", "EST")};
    Bench bench(options);
    set_rate(bench, 6);
    auto const russia = static_cast<std::uint16_t>(actor_index(atlas, "RUS"));
    for (double const day : on_days)
      bench.send(bench.directory().nations[static_cast<std::size_t>(estonia)], day,
                 Nation::Naming{incident_id(russia, estonia, false, static_cast<std::uint32_t>(day)), 1, russia, 3, 1, 0, 0});
    auto found = attacks(bench, days);
    std::sort(found.begin(), found.end());
    return found;
  };
  auto const none = with_namings({}), one = with_namings({300}), both = with_namings({300, 900});
  auto const is_within = [](std::vector<Attack> const& few, std::vector<Attack> const& many) {
    return std::all_of(few.begin(), few.end(), [&](Attack const& attack) {
      auto const it = std::lower_bound(many.begin(), many.end(), attack);
      return it != many.end() && it->incident == attack.incident && it->day == attack.day;
    });
  };
  CHECK(none.size() > 1000);
  CHECK(is_within(none, one));
  CHECK(is_within(one, both));
  REQUIRE(one.size() > none.size());
  REQUIRE(both.size() > one.size());
  std::uint64_t const cause = naming_cause(incident_id(actor_index(atlas, "RUS"), estonia, false, 300), atlas.actors.size());
  for (Attack const& attack : one)
    if (!std::binary_search(none.begin(), none.end(), attack)) {
      CHECK(cause_of(attack.incident) == cause);
      CHECK(attack.nation == estonia);
      CHECK(attack.day > 300);
    }
}

TEST_CASE("a crisis calls campaigns forth against its target alone, and none without crises", "[world][hacktivists][crises]") {
  double count = 0, expected = 0, variance = 0;
  double const by_crisis = 8, g = .5;
  for (std::uint32_t r = 0; r < 20; ++r) {
    BenchOptions options = active(r);
    options.start = {2014, 1, 1}, options.end = {2019, 1, 1};
    options.parameters.hacktivists_by_crisis = by_crisis;
    if (r == 0) {
      Bench without(options);
      set_rate(without, 0);
      CHECK(attacks(without, days).empty());
    }
    options.behaviours.push_back(Behaviour::crises);
    Bench bench(options);
    set_rate(bench, 0);
    std::map<int, double> first;  // crisis of a target
    for (auto const& crisis : bench.setting().crises.outbreaks()) {
      if (crisis.day <= 0) continue;
      double& day = first.try_emplace(crisis.target, crisis.day).first->second;
      day = std::min(day, crisis.day);
      expected += by_crisis / (1 - g), variance += by_crisis / std::pow(1 - g, 3);
    }
    for (Attack const& attack : attacks(bench, days)) {
      REQUIRE(first.count(attack.nation) == 1);
      CHECK(attack.day > first[attack.nation]);
      count += 1;
    }
  }
  CHECK(expected > 3000);
  CHECK(std::abs(count - expected) < 6.1 * std::sqrt(variance));
}

TEST_CASE("a burst has a geometric number of attacks with mean 20, each 52 min on average and below 30 min in three quarters", "[world][hacktivists]") {
  int const bursts = 40000;
  double number = 0, minutes = 0, single = 0, below_half_hour = 0;
  for (std::uint64_t i = 0; i < bursts; ++i) {
    sim::RngStream marks({1, 2, 3, 0}, 4, 5, i);
    Burst const burst = draw_burst(marks);
    REQUIRE(burst.attacks >= 1);
    number += burst.attacks, minutes += burst.days * 1440;
    if (burst.attacks > 1) continue;
    single += 1, below_half_hour += burst.days * 1440 < 30;
  }
  double const p = 1. / 20, mean = 8.2 * std::exp(1.92 * 1.92 / 2), sd = mean * std::sqrt(std::exp(1.92 * 1.92) - 1);
  CHECK(mean == Approx(52).epsilon(.01));
  CHECK(std::abs(number / bursts - 20) < 6.1 * std::sqrt((1 - p) / (p * p) / bursts));
  CHECK(std::abs(single - p * bursts) < 6.1 * std::sqrt(p * (1 - p) * bursts));
  CHECK(std::abs(minutes / number - mean) < 6.1 * sd / std::sqrt(number));
  CHECK(std::abs(below_half_hour / single - .75) < 6.1 * std::sqrt(.75 * .25 / single));
}

TEST_CASE("a denial of service of known length costs its share times that length, without a crew", "[world][hacktivists][outage]") {
  for (double const length : {.02, 3.}) {
    Bench bench{BenchOptions{}};
    bench.send(bench.sector("JPN", "finance"), 1, Sector::Hit{9, 2, 1, length});
    double share = 0, level = 1, since = 0, lost = 0;
    bench.census().listen<Sector, Sector::Damaged>([&](sim::RowKey const&, Sector::Damaged const& row) { share = row.share; });
    bench.census().listen<Sector, Sector::ServiceLevel>([&](sim::RowKey const& key, Sector::ServiceLevel const& row) {
      double const day = bench.setting().day(key.event.time);
      if (row.sector == bench.atlas().sector("finance")) lost += (1 - level) * (day - since), level = row.level, since = day;
    });
    bench.run(days);
    CHECK(level == 1);
    REQUIRE(share > 0);
    CHECK(lost == Approx(share * length).margin(share * 3 / 1440));  // the messages' minutes
  }
}

TEST_CASE("a burst is an incident found by its effect: a case without a hold, an outage, a fall of trust, and no culprit to name", "[world][hacktivists]") {
  Bench bench(active());
  set_rate(bench, 20);
  std::set<std::uint64_t> incidents;
  double found = 0, recorded = 0, damaged = 0, shocks = 0, cases = 0, attributed = 0;
  bench.census().listen<Hacktivists, IntrusionSet::Discovery>([&](sim::RowKey const&, IntrusionSet::Discovery const& row) {
    found += 1, recorded += row.recorded;
    incidents.insert(row.incident);
    CHECK(row.actor == bench.setting().criminals + 1);
    CHECK(row.cause == static_cast<std::int32_t>(Cause::effect));
    CHECK(row.dwell_days == 0);
    CHECK(recurrences(row.incident) == 0);
    CHECK((row.incident >> 32 & 0xff) == static_cast<std::uint64_t>(row.nation));
    CHECK((row.incident >> 48 & 0xff) > bench.atlas().actors.size());  // of no actor
  });
  bench.census().listen<Sector, Sector::Damaged>([&](sim::RowKey const&, Sector::Damaged const& row) { damaged += row.severity == hacktivist_severity; });
  bench.census().listen<InformationEnvironment, InformationEnvironment::Trust>(
      [&](sim::RowKey const&, InformationEnvironment::Trust const& row) { shocks += row.operation >= 0; });
  bench.census().listen<ResponseTeam, ResponseTeam::Contained>([&](sim::RowKey const&, ResponseTeam::Contained const& row) { cases += row.severity == hacktivist_severity; });
  bench.census().listen<IntrusionSet, IntrusionSet::Discovery>([&](sim::RowKey const&, IntrusionSet::Discovery const&) { attributed += 1; });
  bench.census().listen<Nation, Nation::TechnicalAttribution>([&](sim::RowKey const&, Nation::TechnicalAttribution const&) { attributed += 1; });
  bench.census().listen<Nation, Nation::PoliticalAttribution>([&](sim::RowKey const&, Nation::PoliticalAttribution const&) { attributed += 1; });
  bench.run(days);
  REQUIRE(found > 5000);
  CHECK(static_cast<double>(incidents.size()) == found);
  CHECK(found - damaged < 2);  // one may be on its way
  CHECK(found - shocks < 2);
  CHECK(cases > .9 * found);
  CHECK(attributed == 0);
  double const p = bench.setting().recorded_probability(0, hacktivist_severity, {true, false});
  CHECK(std::abs(recorded - p * found) < 6.1 * std::sqrt(p * (1 - p) * found));
}
