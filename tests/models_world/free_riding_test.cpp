// Total effort, weakest link, best shot: what a budget answers to its partners' efforts, against the closed forms.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <functional>

#include "models/world/nation/budget.hpp"
#include "models/world/nation/shared_effort.hpp"
#include "tests/models_world/bench.hpp"

using namespace world;
using namespace world::test;
using decision::Sharing;

namespace {

constexpr double account_day = 300;

struct Rule {
  Behaviour behaviour;
  Sharing sharing;
  char const* name;
  int sign;  // of the answer to partners' efforts
};
constexpr Rule rules[] = {{Behaviour::total_effort, Sharing::total, "total_effort", -1},
                          {Behaviour::weakest_link, Sharing::weakest, "weakest_link", 1},
                          {Behaviour::best_shot, Sharing::best, "best_shot", -1}};

// What a nation would spend alone and what it tells, its partners as it has heard of them, and those of the record.
struct Decision {
  double alone = 1, told = 1;
  std::vector<Partner> partners;
  double others = 70;  // nations of the world but one
  double spill = 0, closest = 0;
};

BenchOptions options_with(std::vector<Behaviour> behaviours, double rho) {
  BenchOptions options;
  options.mechanisms = {Mechanism::free_riding, Mechanism::sharing};
  options.behaviours = std::move(behaviours);
  options.behaviours.push_back(Behaviour::investment);
  options.parameters.free_riding = rho;
  return options;
}

Decision decide(BenchOptions options, int nation, double cost, std::function<int(int)> const& level_of) {
  options.dyads = {{0, nation, 400, 10}};  // 40 recorded a year: something to expect
  Bench bench(options);
  Setting const& setting = bench.setting();
  Relations const relations = controlled_relations(setting);
  Decision decision;
  auto const budget = bench.directory().budgets[static_cast<std::size_t>(nation)];
  for (int n = 0; n < static_cast<int>(bench.atlas().nations.size()); ++n) {
    if (n == nation) continue;
    double const dose = setting.doses.pair(Mechanism::sharing, nation, n, relations, account_day);
    int const level = level_of(static_cast<int>(decision.partners.size()));
    bench.send(budget, account_day - 1, Budget::Effort{n, level});  // of strangers too, who must not matter
    if (dose > 0) decision.partners.push_back({dose, std::pow(1.1, level)});
  }
  double const expected = setting.expected_cost(nation, account_day);
  REQUIRE(expected > 0);
  double const prior = 3 * 365.25 * expected, due = expected * account_day;
  decision.alone = best_effort_ratio(setting.access(nation, account_day), setting.parameters.investment_stakes, (prior + cost * due) / (prior + due));
  decision.spill = setting.doses.spill_in_indices(nation);
  decision.closest = setting.doses.closest_in_indices(nation);
  bench.send(budget, account_day, Budget::Account{cost * due});
  bench.census().listen<Budget, Budget::Spending>([&](sim::RowKey const&, Budget::Spending const& row) {
    if (row.nation == nation) decision.told = row.effort;
  });
  bench.run(account_day + 1);
  return decision;
}

// The closed forms, written once more.
double closed_form(Sharing sharing, Decision const& d, double rho) {
  double sum = 0, useful = d.alone, dose = 0;
  for (Partner const& p : d.partners) {
    sum += p.dose * p.effort;
    if (p.effort < d.alone) useful = std::min(useful, d.alone * (1 - rho * p.dose) + rho * p.dose * p.effort);
    if (std::log(d.alone / p.effort) < .75 * std::log(1.1)) dose = std::max(dose, p.dose);
  }
  if (sharing == Sharing::total) return d.alone + rho * (d.alone * d.spill - sum / d.others);
  return sharing == Sharing::weakest ? useful : d.alone * (1 - rho * dose) / (1 - rho * d.closest);
}

// On the grid of levels; a budget that was not told yet stays where it is for less than three quarters of a step.
double on_grid(double effort) {
  double const exact = std::log(std::clamp(effort, .5, 2.)) / std::log(1.1);
  return std::fabs(exact) < .75 ? 1 : std::pow(1.1, std::clamp(std::round(exact), -7., 7.));
}

int loner(Atlas const& atlas) {
  Bench bench(options_with({}, 0));
  Relations const relations = controlled_relations(bench.setting());
  for (int nation = 0; nation < static_cast<int>(atlas.nations.size()); ++nation) {
    bool has_partner = bench.setting().doses.closest_in_indices(nation) > 0;
    for (int n = 0; n < static_cast<int>(atlas.nations.size()); ++n)
      has_partner = has_partner || (n != nation && bench.setting().doses.pair(Mechanism::sharing, nation, n, relations, account_day) > 0);
    if (!has_partner) return nation;
  }
  FAIL("every nation has a partner");
  return -1;
}

}  // namespace

TEST_CASE("best replies: known answers by hand, and the bare rules of theory where all effort is common", "[world][investment][M10]") {
  std::vector<Partner> const two = {{.4, 1}, {.4, 2}}, uneven = {{.8, 1.1}, {.2, .6}}, one = {{.6, 1.3}, {.9, .7}};
  CHECK(best_reply(Sharing::total, {1.2, .5, .4, .4, 2}, two) == Approx(1.2 * 1.2 - .5 * .6));
  CHECK(best_reply(Sharing::weakest, {1.4, .5, .5, .8}, uneven) == Approx(1.28));  // not the weakest partner but the one that matters more
  CHECK(best_reply(Sharing::weakest, {.5, .5, .5, .8}, uneven) == .5);
  CHECK(best_reply(Sharing::best, {1.2, .5, .5, .8}, one) == Approx(1.2 * .7 / .6));
  CHECK(best_reply(Sharing::best, {1.5, .5, .5, .8}, one) == Approx(1.5 / .6));  // it is the best shot itself
  std::vector<Partner> const whole = {{1, .7}};
  CHECK(best_reply(Sharing::total, {1.5, 1, 0, 0}, whole) == Approx(decision::best_effort(Sharing::total, 1.5, .7)));
  CHECK(best_reply(Sharing::weakest, {1.5, 1, 0, 0}, whole) == Approx(decision::best_effort(Sharing::weakest, 1.5, .7)));
  std::vector<Partner> const more = {{1, 1.8}};
  CHECK(best_reply(Sharing::best, {1.5, 1, 0, 0}, more) == 0);
}

TEST_CASE("as in the record all spend what they spent; without the mechanism or partners what they would alone, to the bit", "[world][investment][M10]") {
  std::vector<Partner> const record = {{.2, 1}, {.5, 1}, {.8, 1}}, others = {{.3, 1.7}, {.9, .6}};
  for (Rule const& rule : rules) {
    CHECK(best_reply(rule.sharing, {1, .7, .5, .8, 3}, record) == Approx(1).epsilon(1e-12));
    for (double const alone : {.5, .87, 1., 1.31, 2.}) {
      CHECK(best_reply(rule.sharing, {alone, 0, .5, .8}, others) == alone);
      CHECK(best_reply(rule.sharing, {alone, .7, 0, 0}, {}) == alone);
    }
  }
}

TEST_CASE("budgets decide by the closed form of the rule that is on", "[world][investment][M10]") {
  Atlas const atlas = load_atlas();
  double const rho = .9;
  for (Rule const& rule : rules) {
    int moved = 0;
    for (char const* code : {"JPN", "EST", "CHN"})
      for (double const cost : {0., 1., 4.})
        for (int const pattern : {0, 1, 2, 3, 4}) {
          // As the record, mixed, above it; all at the most, all at the least.
          auto const level = [&](int i) { return pattern == 0 ? 0 : pattern == 1 ? i * 4 % 15 - 7 : pattern == 2 ? i * 2 % 5 + 1 : pattern == 3 ? 7 : -7; };
          Decision const d = decide(options_with({rule.behaviour}, rho), atlas.nation(code), cost, level);
          REQUIRE(d.partners.size() > 2);
          INFO(rule.name << ' ' << code << ", costs x " << cost << ", pattern " << pattern << ", alone " << d.alone);
          CHECK(d.told == Approx(on_grid(closed_form(rule.sharing, d, rho))).epsilon(1e-9));
          moved += d.told != Approx(on_grid(d.alone)).epsilon(1e-9) ? 1 : 0;
        }
    INFO(rule.name);
    CHECK(moved >= 4);  // of 45; a budget that minds only itself would fail
  }
}

TEST_CASE("the more partners spend the less a nation does for a total or a best shot, and the more where the weakest counts", "[world][investment][M10]") {
  int const nation = load_atlas().nation("EST");
  for (Rule const& rule : rules) {
    std::vector<double> told;
    for (int const all : {-7, -4, -1, 0, 1, 4, 7}) told.push_back(decide(options_with({rule.behaviour}, .4), nation, 2, [&](int) { return all; }).told);
    INFO(rule.name);
    for (std::size_t i = 1; i < told.size(); ++i) CHECK(rule.sign * (told[i] - told[i - 1]) >= 0);
    CHECK(rule.sign * (told.back() - told.front()) > .2);
  }
}

TEST_CASE("rules of free riding change no decision without M10, at rho = 0 or for who has no partners", "[world][investment][M10]") {
  Atlas const atlas = load_atlas();
  int const nation = atlas.nation("EST"), alone = loner(atlas);
  auto const level = [](int i) { return i * 4 % 15 - 7; };
  for (double const cost : {0., 4.}) {
    BenchOptions plain = options_with({}, 0);
    double const own = decide(plain, nation, cost, level).told, loners = decide(plain, alone, cost, level).told;
    CHECK(own != 1);
    for (Rule const& rule : rules) {
      CHECK(decide(options_with({rule.behaviour}, 0), nation, cost, level).told == own);
      BenchOptions off = options_with({rule.behaviour}, .9);
      CHECK(decide(off, alone, cost, level).told == loners);
      off.mechanisms = {Mechanism::sharing};
      CHECK(decide(off, nation, cost, level).told == own);
    }
  }
}

TEST_CASE("a study may have one rule of free riding; without M10 it changes no bit of a history", "[world][investment][M10]") {
  StudyOptions options;
  options.start = "2019-01-01", options.record_from = "2019-02-01", options.end = "2021-06-01", options.futures = 1;
  options.behaviours = {"total_effort", "best_shot"};
  CHECK_THROWS_WITH(make_study(options), Catch::Equals("both total_effort and best_shot are on in [behaviour] (a nation answers to its partners' efforts by one "
                                                       "rule) switch one of them off"));
  options.behaviours = {"weakest_link", "best_shot"};
  CHECK_THROWS_WITH(make_study(options), Catch::Contains("both weakest_link and best_shot"));
  auto const history = [&](std::vector<std::string> behaviours, std::vector<std::string> mechanisms) {
    options.behaviours = std::move(behaviours), options.mechanisms = std::move(mechanisms);
    options.constants = {{"M10.free_riding", .3}};
    auto const study = make_study(options);
    return run(*study.scenario, study.scenario->prepare(0), {0, 0, 0});
  };
  auto const plain = history({}, {"M2"}), with = history({}, {"M2", "M10"});
  for (Rule const& rule : rules) {
    auto const off = history({rule.name}, {"M2"});
    CHECK(off.digest == plain.digest);
    CHECK(same_outcome(off, plain));
    CHECK(history({rule.name}, {"M2", "M10"}).digest != with.digest);
  }
}

TEST_CASE("in the record's own world efforts stay near the reference under every rule", "[world][investment][M10]") {
  StudyOptions options;
  options.start = "2016-01-01", options.record_from = "2017-01-01", options.end = "2024-01-01", options.futures = 1;
  options.mechanisms = {"M2", "M10"};
  options.constants = {{"M10.free_riding", .3}};
  auto const mean_effort = [&](std::vector<std::string> behaviours) {
    options.behaviours = std::move(behaviours);
    auto const study = make_study(options);
    auto const replication = study.scenario->build(study.scenario->prepare(0), {0, 0, 0});
    auto const executor = sim::make_executor("sequential");
    executor->start(replication->world(), replication->rows(), study.scenario->start());
    executor->run_until(study.scenario->end());
    double sum = 0, count = 0;
    for_each_agent<Budget>(replication->world(), [&](Budget const& budget, Budget::State const& state) { sum += effort_of(state.level[budget.index]), ++count; });
    return sum / count;
  };
  double const usual = mean_effort({});
  CHECK(std::fabs(usual - 1) < .1);
  for (Rule const& rule : rules) {
    INFO(rule.name);
    CHECK(std::fabs(mean_effort({rule.name}) - usual) < .05);
  }
}
