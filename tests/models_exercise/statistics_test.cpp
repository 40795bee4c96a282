// What an exercise does in the mean: closed forms where there are any, directions elsewhere; paired by common random numbers.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/exercise/red.hpp"
#include "sim/base/math.hpp"
#include "sim/exec/executors.hpp"
#include "tests/models_exercise/exercise_support.hpp"

using exercise::Item;
using namespace exercise_test;

namespace {

constexpr std::uint32_t replications = 400;

/// Mean of `item` in `better` less that in `worse`, same luck.
Mean difference(exercise::Scenario const& better, exercise::Scenario const& worse, Item item) {
  auto a = samples(better, item, replications);
  auto const b = samples(worse, item, replications);
  for (std::size_t i = 0; i < a.size(); ++i) a[i] -= b[i];
  return mean_of(a);
}

/// One team with time to spare: nobody waits, nothing returns, no indicator is known or learnt.
exercise::Scenario unhurried() {
  exercise::Scenario scenario = small({"ash"});
  scenario.rules.known_share = scenario.rules.block_share = scenario.rules.persistence = scenario.rules.tools = 0;
  scenario.rules.days = 40;
  scenario.rules.count = 2000;
  scenario.rules.attacks = 400;
  scenario.rules.critical_aim = 0;
  scenario.rules.quiet_hours = 0;
  scenario.rules.waves = 30;
  scenario.teams[0].analysts = 500;
  scenario.teams[0].shifts = 1;
  return scenario;
}

}  // namespace

TEST_CASE("more analysts never lower the expected technical score", "[models][exercise]") {
  std::vector<double> const analysts{1, 2, 4, 8, 16};
  for (std::size_t i = 1; i < analysts.size(); ++i) {
    exercise::Scenario few = small({"ash"}), many = few;
    few.teams[0].analysts = analysts[i - 1];
    many.teams[0].analysts = analysts[i];
    INFO(analysts[i - 1] << " to " << analysts[i]);
    Mean const gain = difference(many, few, Item::technical);
    CHECK(gain.mean > -bound * gain.error);
    if (analysts[i] <= 4) {
      CHECK(gain.mean > bound * gain.error);  // and where they are scarce, they raise it
      Mean const twin = difference(few, many, Item::technical);
      CHECK_FALSE(twin.mean > -bound * twin.error);
    }
  }
}

TEST_CASE("every skill, rehearsals and staff raise what they are for", "[models][exercise]") {
  exercise::Scenario const base = small({"ash"});
  auto const with = [&](double exercise::Team::*member, double value) {
    exercise::Scenario scenario = base;
    scenario.teams[0].*member = value;
    return scenario;
  };
  auto const check = [&](exercise::Scenario const& better, Item item) {
    Mean const gain = difference(better, base, item);
    CHECK(gain.mean > bound * gain.error);
  };
  check(with(&exercise::Team::prevent, 1), Item::prevented);
  check(with(&exercise::Team::prevent, 1), Item::technical);
  check(with(&exercise::Team::detect, 1), Item::thwarted);
  check(with(&exercise::Team::detect, 1), Item::compromise);
  check(with(&exercise::Team::respond, 1), Item::restoration);
  check(with(&exercise::Team::legal_skill, 1), Item::legal);
  check(with(&exercise::Team::legal_skill, 1), Item::strategic);
  check(with(&exercise::Team::communicate, 1), Item::media);
  check(with(&exercise::Team::communicate, 1), Item::reporting);
  check(with(&exercise::Team::rehearsals, 6), Item::total);
}

TEST_CASE("teams alike are first as often as each other", "[models][exercise]") {
  auto const excess = [](exercise::Scenario const& scenario) {
    std::vector<std::vector<double>> ranks(scenario.teams.size());
    for (std::uint32_t i = 0; i < replications; ++i) {
      auto const sheet = sheets(scenario, "sequential", i);
      for (std::size_t t = 0; t < sheet.size(); ++t) ranks[t].push_back(sheet[t][Item::rank]);
    }
    double most = 0;  // standard errors from the middle rank
    for (auto const& some : ranks) most = std::max(most, std::fabs(mean_of(some).mean - 2.5) / mean_of(some).error);
    return most;
  };
  exercise::Scenario scenario = small();
  CHECK(excess(scenario) < bound);
  scenario.teams[1].respond = scenario.teams[1].detect = 0.7;  // a team that is better is noticed
  CHECK(excess(scenario) > bound);
}

TEST_CASE("attacks get in as often as the odds say", "[models][exercise]") {
  for (double const skill : {-1.0, 0.0, 1.5}) {
    exercise::Scenario scenario = unhurried();
    scenario.teams[0].prevent = skill;
    double const chance = 1 / (1 + std::exp(scenario.rules.prevent_slope * skill));  // success .5 at mean skill
    double const n = 400.0 * 20, margin = 6.2 * std::sqrt(chance * (1 - chance) * n);
    double prevented = 0;
    for (double const value : samples(scenario, Item::prevented, 20)) prevented += value;
    CHECK(prevented == Approx(n * (1 - chance)).margin(margin));
    double const other = 1 / (1 + std::exp(scenario.rules.prevent_slope * (skill + 0.3)));
    CHECK_FALSE(prevented == Approx(n * (1 - other)).margin(margin));
  }
}

TEST_CASE("an attack inside has its effect as often as it wins the race against detection", "[models][exercise]") {
  exercise::Scenario const scenario = unhurried();
  // Effect after a lognormal time T, detection and the way to the analysts after two minutes and an exponential time of
  // mean m: P(effect first) = E exp(-max(0, T - 2 min) / m), by the midpoint rule on the normal quantiles of T.
  auto const race = [&](double m) {
    double sum = 0;
    constexpr int points = 20000;
    for (int i = 0; i < points; ++i) {
      double const z = sim::math::normal_quantile((i + 0.5) / points);
      sum += std::exp(-std::max(0.0, scenario.rules.effect_hours * std::exp(z) - 2.0 / 60) / m);
    }
    return sum / points;
  };
  double hurt = 0, inside = 0;
  for (std::uint32_t i = 0; i < 40; ++i) {
    auto const sheet = sheets(scenario, "sequential", i)[0];
    hurt += sheet[Item::hurt];
    inside += sheet[Item::attacks] - sheet[Item::prevented];
  }
  double const share = race(scenario.rules.detect_hours);
  // Attacks on a system that is in red's hands already, and those at the end, shift the share by less than 0.02: there are
  // 400 x .5 x 26 h / 960 h / 2000 = .3 % such systems at any time, and 26 h of 960 h are the end.
  double const margin = 6.2 * std::sqrt(share * (1 - share) / inside) + 0.02;
  CHECK(hurt / inside == Approx(share).margin(margin));
  CHECK_FALSE(hurt / inside == Approx(race(1.5 * scenario.rules.detect_hours)).margin(margin));
}

TEST_CASE("users at random times see the mean level of the services", "[models][exercise]") {
  exercise::Scenario scenario = small({"ash"});
  scenario.rules.visits_per_day = 1000;
  scenario.rules.disruptive_share = 1;
  scenario.teams[0].analysts = 2;
  auto served = samples(scenario, Item::visits_served, 60);
  auto const level = samples(scenario, Item::service, 60), checks = samples(scenario, Item::checks_passed, 60);
  CHECK(mean_of(level).mean < 0.97);  // there is something to see
  std::vector<double> by_users, by_checks;
  for (std::size_t i = 0; i < level.size(); ++i) {
    by_users.push_back(served[i] - level[i]);
    by_checks.push_back(checks[i] - level[i]);
  }
  CHECK(std::fabs(mean_of(by_users).mean) < bound * mean_of(by_users).error);
  CHECK(mean_of(by_users).error < 0.1 * (1 - mean_of(level).mean));
  CHECK(std::fabs(mean_of(by_checks).mean) < 0.05 * (1 - mean_of(level).mean));
}

TEST_CASE("red holds its tools back below the threshold of Axelrod and Iliev", "[models][exercise]") {
  exercise::Rules rules = small().rules;
  rules.tool_survival = rules.tool_discount = 0.9;
  rules.tool_stealth = 0.5;
  CHECK(exercise::tool_threshold(rules) == Approx(0.372743).margin(1e-6));  // berylia theory axelrod-iliev
  // Tools that nobody finds out and that keep: used in a share 1 - T of all attacks.
  exercise::Scenario scenario = unhurried();
  scenario.rules.tools = 60;
  scenario.rules.tool_survival = 0.999;
  scenario.rules.tool_stealth = 0.3;
  scenario.rules.forensic_hours = 1000;
  scenario.rules.forensic_deadline_hours = 0.1;
  double const use = 1 - exercise::tool_threshold(scenario.rules), n = 400.0 * 20;
  double uses = 0;
  for (double const value : samples(scenario, Item::tool_uses, 20)) uses += value;
  CHECK(uses == Approx(n * use).margin(6.2 * std::sqrt(n * use * (1 - use))));
}

TEST_CASE("sharing helps the allied and changes nothing for the others", "[models][exercise]") {
  exercise::Scenario scenario = small({"ash", "birch", "cedar", "dogwood", "elm"});
  scenario.rules.replications = 60;
  scenario.rules.days = 10;
  scenario.rules.attacks = 150;
  scenario.rules.techniques = 12;
  scenario.teams[4].allied = 0;
  auto const executor = sim::make_executor("sequential");
  auto const on = exercise::play_all(scenario, *executor);
  REQUIRE(on.sharing);
  CHECK(on.sharing->mean_technical.lo > 0);
  CHECK(on.sharing->technical[4].lo == 0);
  CHECK(on.sharing->technical[4].hi == 0);
  CHECK(on.sharing->total[4].mean == 0);
  // The difference is the same whichever of the two is the scenario's own.
  scenario.rules.sharing = 0;
  auto const off = exercise::play_all(scenario, *executor);
  CHECK(off.sharing->mean_total.mean == on.sharing->mean_total.mean);
  CHECK(off.sharing->technical[0].hi == on.sharing->technical[0].hi);
  // Indicators that block nothing and give no tool away are worth nothing.
  scenario.rules.block_share = scenario.rules.tools = 0;
  auto const idle = exercise::play_all(scenario, *executor);
  CHECK(idle.sharing->mean_total.lo == 0);
  CHECK(idle.sharing->mean_total.hi == 0);
  scenario.teams = {scenario.teams[0], scenario.teams[4]};
  CHECK_FALSE(exercise::play_all(scenario, *executor).sharing);
}

TEST_CASE("a comparison with oneself is exactly 0, and turns its sign when turned round", "[models][exercise]") {
  exercise::Scenario scenario = small(), other = scenario;
  scenario.rules.replications = other.rules.replications = 20;
  other.teams[2].analysts = 2;
  auto const executor = sim::make_executor("sequential");
  auto const same = exercise::compare(scenario, scenario, *executor);
  CHECK(same.mean_total.lo == 0);
  CHECK(same.mean_total.hi == 0);
  auto const gain = exercise::compare(scenario, other, *executor), loss = exercise::compare(other, scenario, *executor);
  CHECK(gain.technical[2].lo > 0);
  CHECK(gain.technical[2].mean == -loss.technical[2].mean);
  CHECK(gain.technical[2].hi == -loss.technical[2].lo);
}
