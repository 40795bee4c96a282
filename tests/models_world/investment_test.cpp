// Budgets for prevention: the best investment against what campaigns cost, free riding on partners, and what efforts do to access.
#include <catch2/catch.hpp>

#include <cmath>

#include "models/decision/investment.hpp"
#include "models/world/actor/threat_actor.hpp"
#include "models/world/nation/budget.hpp"
#include "models/world/nation/response_team.hpp"
#include "tests/models_world/bench.hpp"

using namespace world;
using namespace world::test;

namespace {

// Efforts told by one nation's budget after an account of `cost` times what it expected.
std::vector<double> efforts(BenchOptions options, char const* nation, double cost) {
  options.behaviours = {Behaviour::investment};
  options.dyads = {{0, load_atlas().nation(nation), 400, 10}};  // 40 recorded a year: something to expect
  Bench bench(options);
  int const n = bench.nation(nation);
  std::vector<double> seen;
  double const day = 300;  // before the team's own first account, which comes with the second year
  double const expected = bench.setting().expected_cost(n, day) * day;
  REQUIRE(expected > 0);
  bench.send(bench.directory().budgets[static_cast<std::size_t>(n)], day, Budget::Account{cost * expected});
  bench.census().listen<Budget, Budget::Spending>([&](sim::RowKey const&, Budget::Spending const& row) {
    if (row.nation == n) seen.push_back(row.effort);
  });
  bench.run(day + 1);
  return seen;
}

Relation member(int nation, int organisation) {
  Relation relation;
  relation.nation = static_cast<std::int16_t>(nation);
  relation.organisation = static_cast<std::int16_t>(organisation);
  relation.flags.member_from = 0;
  return relation;
}

}  // namespace

TEST_CASE("the best effort of class one is the best spending of Gordon and Loeb", "[world][investment]") {
  for (double const v : {.05, .2, .4, .9})
    for (double const stakes : {1., 4., 20., 100., 1000.}) {
      decision::Investment const firm{decision::BreachClass::one, 1, 1, v, stakes};
      CHECK(decision::best_effort_of_class_one(v, stakes) == Approx(firm.best_spending()).margin(1e-9));
    }
  CHECK(best_effort_ratio(.25, 100, 1) == 1);
  CHECK(best_effort_ratio(.25, 64, 1.5625) == Approx(4. / 3));  // sqrt(25) - 1 over sqrt(16) - 1
  CHECK(best_effort_ratio(.25, 100, 1e6) == 2);
  CHECK(best_effort_ratio(.25, 100, 1e-6) == .5);
  CHECK(best_effort_ratio(.1, 4, 1) == 1);  // not worth spending, before or after
}

TEST_CASE("a nation that loses more than expected spends more, one that loses less spends less", "[world][investment]") {
  for (double const effort : efforts({}, "JPN", 4)) CHECK(effort > 1);
  for (double const effort : efforts({}, "JPN", 0)) CHECK(effort < 1);
  CHECK_FALSE(efforts({}, "JPN", 4).empty());
  CHECK_FALSE(efforts({}, "JPN", 0).empty());
  CHECK(efforts({}, "JPN", 1).empty());  // what was expected changes nothing
}

TEST_CASE("free riding: the more partners give the less a nation spends, and without the mechanism nothing", "[world][investment][M10]") {
  Atlas const atlas = load_atlas();
  auto const effort = [&](double rho, bool joins) {
    BenchOptions options;
    options.mechanisms = {Mechanism::free_riding, Mechanism::sharing};
    options.parameters.free_riding = rho;
    options.parameters.share_probability = .5;
    if (joins) options.controlled = {member(atlas.nation("JPN"), atlas.organisation("NATO"))};
    auto const seen = efforts(options, "JPN", 1);
    return seen.empty() ? 1 : seen.back();
  };
  CHECK(effort(0, false) == 1);
  CHECK(effort(0, true) == 1);
  CHECK(effort(.6, true) < 1);
  CHECK(effort(.95, true) < effort(.6, true));
  CHECK(effort(.6, true) < effort(.6, false));
}

TEST_CASE("a partner more never makes the partners' efforts count for less", "[world][investment][M10]") {
  Atlas const atlas = load_atlas();
  double const day = 1200;
  for (char const* code : {"JPN", "KOR", "BRA", "EST", "CHE"})
    for (OrganisationRecord const& organisation : atlas.organisations) {
      BenchOptions options;
      options.mechanisms = {Mechanism::free_riding, Mechanism::sharing};
      options.behaviours = {Behaviour::investment};
      options.controlled = {{static_cast<std::int16_t>(atlas.nation(code)), static_cast<std::int16_t>(atlas.organisation(organisation.code)), 0, {}}};
      Bench bench(options);
      auto const ref = bench.directory().budgets[static_cast<std::size_t>(bench.nation(code))];
      Budget::State outside{};
      outside.relations = controlled_relations(bench.setting());
      Budget::State inside = outside;
      for (float const since : {1199.99F, 100.F}) {  // on the first day, when nothing has ramped up, and long after
        inside.relations.set(bench.nation(code), atlas.organisation(organisation.code), Flag::membership, true, since, 180);
        INFO(code << " in " << organisation.code << " since " << since);
        CHECK(bench.world().agent(ref).spill(inside, day) >= bench.world().agent(ref).spill(outside, day));
      }
    }
}

TEST_CASE("efforts move the odds of access by the slope of prevention, within the bound that attempts are drawn from", "[world][investment]") {
  BenchOptions options;
  options.behaviours = {Behaviour::investment};
  Bench bench(options);
  Setting const& setting = bench.setting();
  int const n = bench.nation("EST");
  double const p = setting.access(n, 100);
  CHECK(setting.access_at_effort(p, 0) == p);
  for (int level = -effort_levels; level <= effort_levels; ++level) {
    double const q = setting.access_at_effort(p, level);
    CHECK(std::log(q / (1 - q)) == Approx(std::log(p / (1 - p)) - setting.parameters.access_slope * .25 * std::log(effort_of(level))));
    CHECK(q <= setting.access_bound(n, 100));
  }
  CHECK(setting.access_bound(n, 100) > p);
  Bench fixed{BenchOptions{}};
  CHECK(fixed.setting().access_bound(n, 100) == fixed.setting().access(n, 100));
}

TEST_CASE("attempts drawn from the bound get in as often as those drawn from the access itself, and less against effort", "[world][investment]") {
  Atlas const atlas = load_atlas();
  // Accesses of one dyad in 400 replications of the time before budgets are reviewed, with a level of effort told on the first day.
  auto const accesses = [&](std::vector<Behaviour> behaviours, int level) {
    double count = 0;
    for (std::uint32_t replication = 0; replication < 400; ++replication) {
      BenchOptions options;
      options.behaviours = behaviours;
      options.parameters.state_vulnerability_weight = 0;
      options.parameters.displacement = 0;
      options.parameters.deterrence_weight = options.parameters.tension_jump = 0;  // what got in changes no rate
      options.replication = replication;
      options.dyads = {{0, atlas.nation("JPN"), 100, 10}};
      Bench bench(options);
      if (level != 0) bench.send(bench.directory().actors[0], .001, ThreatActor::TargetEffort{atlas.nation("JPN"), level});
      bench.census().listen<ThreatActor, ThreatActor::Decided>([&](sim::RowKey const&, ThreatActor::Decided const& row) { count += row.access; });
      bench.run(330);
    }
    return count;
  };
  double const plain = accesses({}, 0), drawn = accesses({Behaviour::investment}, 0), hard = accesses({Behaviour::investment}, effort_levels);
  REQUIRE(plain > 5000);
  // Yearly noise is common to both, so counts differ by less than Poisson counts would: six standard deviations.
  CHECK(std::fabs(drawn - plain) < 6 * std::sqrt(2 * plain));
  double const p = Bench{BenchOptions{}}.setting().access(atlas.nation("JPN"), 150);
  double const odds = std::exp(-BenchOptions{}.parameters.access_slope * prevention_gain(effort_levels));
  INFO(plain << ' ' << drawn << ' ' << hard << ' ' << odds / (1 - p + p * odds));
  CHECK(std::fabs(hard / drawn - odds / (1 - p + p * odds)) < .02);
}
