// Choice of targets, deterrence and attribution: what actors and nations decide.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include "models/world/actor/threat_actor.hpp"
#include "models/world/nation/nation.hpp"
#include "tests/models_world/bench.hpp"

using namespace world;
using namespace world::test;

namespace {

// Attempts of Russia against three nations outside the Centre in four years, Japan a member of the Centre from the
// first day or never.
std::map<int, double> attempts(double targeting_ratio, double displacement, bool member) {
  Atlas const atlas = load_atlas();
  BenchOptions options;
  int const russia = actor_index(atlas, "RUS");
  for (char const* target : {"JPN", "IND", "SAU"})
    options.dyads.push_back({russia, atlas.nation(target), 1e9, 1e9 / 8});
  options.mechanisms = {Mechanism::visibility};
  options.controlled = {
      {static_cast<std::int16_t>(atlas.nation("JPN")), static_cast<std::int16_t>(atlas.organisation("CCDCOE")), {}}};
  options.parameters.targeting_ratio = targeting_ratio;
  options.parameters.displacement = displacement;
  options.parameters.deterrence_weight = options.parameters.tension_jump = 0;
  options.parameters.membership_ramp_days = 1;
  Bench bench(options);
  if (member)
    bench.send(bench.directory().nations[static_cast<std::size_t>(bench.nation("JPN"))], .5,
               Nation::Lever{atlas.organisation("CCDCOE"), static_cast<std::int32_t>(Flag::membership), 1});
  std::map<int, double> count;
  sim::Time const from = bench.setting().start + sim::from_days(150);
  bench.census().listen<ThreatActor, ThreatActor::Decided>(
      [&](sim::RowKey const& key, ThreatActor::Decided const& row) {
        if (row.actor == russia && key.event.time >= from) count[row.target] += row.attempted;
      });
  bench.run(1800);
  return count;
}

struct Attribution {
  double right = 0, wrong = 0, sum_lag = 0;
  std::map<std::uint32_t, double> lag;
};

// Technical attribution of many like discoveries at Japan; the United States know the actor.
Attribution attribute(BenchOptions options, int cases, std::vector<int> known_by = {}) {
  options.end = {2045, 1, 1};
  Bench bench(options);
  int const japan = bench.nation("JPN");
  std::uint64_t known[2] = {0, 0};
  for (int n : known_by) known[n / 64] |= 1ULL << (n % 64);
  for (int i = 0; i < cases; ++i) {
    Nation::Discovered discovered{};
    discovered.incident = incident_id(0, japan, false, static_cast<std::uint32_t>(i + 1));
    discovered.knowledge_low = known[0], discovered.knowledge_high = known[1];
    discovered.actor = 1;
    discovered.severity = 3;
    bench.send(bench.directory().nations[static_cast<std::size_t>(japan)], 1 + 1e-4 * i, discovered);
  }
  Attribution result;
  std::uint32_t index = 0;
  bench.census().listen<Nation, Nation::TechnicalAttribution>(
      [&](sim::RowKey const&, Nation::TechnicalAttribution const& row) {
        (row.correct != 0 ? result.right : result.wrong) += 1;
        result.sum_lag += row.lag_days;
        result.lag[index++] = row.lag_days;
      });
  bench.run(9000);
  return result;
}

double share(Attribution const& a, int cases) { return (a.right + a.wrong) / cases; }
double error(Attribution const& a) { return a.wrong / (a.right + a.wrong); }

}  // namespace

TEST_CASE("a visible member is attacked at the displaced rates of the law", "[world][targeting][M8]") {
  auto const never = attempts(2, .5, false);
  double const fewest = std::min({never.at(never.begin()->first), never.rbegin()->second});
  REQUIRE(fewest > 400);
  Atlas const atlas = load_atlas();
  for (double const displacement : {0., .5, 1.}) {
    auto const reference = attempts(2, displacement, false), joined = attempts(2, displacement, true);
    std::vector<double> rates, preference;
    std::vector<int> targets;
    for (auto const& [target, count] : reference) {
      targets.push_back(target);
      rates.push_back(1);
      preference.push_back(target == atlas.nation("JPN") ? std::log(2.) : 0);
    }
    REQUIRE(targets.size() == 3);
    auto const law = displaced_rates(rates, preference, displacement);
    for (std::size_t i = 0; i < 3; ++i) {
      INFO("displacement " << displacement << " target " << atlas.nations[static_cast<std::size_t>(targets[i])].iso3);
      double const base = reference.at(targets[i]);
      CHECK(joined.at(targets[i]) / base == Approx(law[i]).margin(6.1 * std::sqrt(1.5 / base)));
    }
  }
}

TEST_CASE("a ratio of one or a nation outside leaves every decision as it was", "[world][targeting][M8]") {
  auto const reference = attempts(1, .5, false);
  CHECK(attempts(1, .5, true) == reference);
  CHECK(attempts(2, .5, false) == reference);
}

TEST_CASE("a target that names its attackers is attacked less, by the weight of the belief", "[world][deterrence]") {
  Atlas const atlas = load_atlas();
  int const russia = actor_index(atlas, "RUS");
  auto const attempted = [&](double weight, bool blames) {
    BenchOptions options;
    options.dyads = {{russia, atlas.nation("JPN"), 1e9, 1e9 / 4}};
    options.parameters.deterrence_weight = weight;
    options.parameters.displacement = options.parameters.tension_jump = 0;
    options.parameters.recording_logit = -5;   // thousands of candidates
    options.parameters.access_intercept = -5;  // hardly any of which gets in
    Bench bench(options);
    bench.setting().objective_cdf[static_cast<std::size_t>(russia)] = {0, 0, 0, 1, 1};  // nor is found soon
    if (blames)
      for (int i = 0; i < 1000; ++i)
        bench.send(bench.directory().actors[static_cast<std::size_t>(russia)], .5 + 1e-6 * i,
                   ThreatActor::Blame{atlas.nation("JPN"), 1, 0, 0});
    double count = 0;
    bench.census().listen<ThreatActor, ThreatActor::Decided>(
        [&](sim::RowKey const& key, ThreatActor::Decided const& row) {
          if (key.event.time >= bench.setting().start + sim::from_days(1)) count += row.attempted;
        });
    bench.run(30);
    return count;
  };
  CHECK(attempted(0, true) == attempted(0, false));
  double const believed = (10 * .13 + 1000) / (10 + 1000), before = .13;
  double const bold = attempted(1.2, false), deterred = attempted(1.2, true);
  REQUIRE(bold > 2000);
  CHECK(deterred / bold == Approx(std::exp(-1.2 * (believed - before))).margin(.06));
}

TEST_CASE("technical attribution errs for 3 to 5 percent, and reaches most campaigns of an average nation",
          "[world][attribution]") {
  int const cases = 6000;
  auto const plain = attribute({}, cases);
  CHECK(share(plain, cases) > .5);
  CHECK(share(plain, cases) < .85);
  CHECK(error(plain) > .02);
  CHECK(error(plain) < .05);
}

TEST_CASE("legal readiness brings fewer errors and more patience", "[world][attribution][M6]") {
  int const cases = 6000;
  BenchOptions options;
  options.parameters.misattribution_cut = .8;
  Atlas const atlas = load_atlas();
  // Japan's record of 2020 holds a liaison and the treaty: membership adds to that.
  options.controlled = {
      {static_cast<std::int16_t>(atlas.nation("JPN")), static_cast<std::int16_t>(atlas.organisation("CCDCOE")), {}}};
  options.controlled[0].flags.member_from = -1e6F;
  options.controlled[0].flags.liaison_from = -1e6F;
  auto const without = attribute(options, cases);
  options.mechanisms = {Mechanism::readiness};
  auto const with = attribute(options, cases);
  CHECK(error(with) < error(without));
  CHECK(with.sum_lag / (with.right + with.wrong) > without.sum_lag / (without.right + without.wrong));
  CHECK(share(with, cases) < share(without, cases));
}

TEST_CASE("what partners know brings the same evidence sooner, by the speed to the dose", "[world][attribution][M5]") {
  int const cases = 400;
  BenchOptions options;
  options.parameters.evidence_speed = 2;
  options.parameters.evidence_rate_per_day = .2;  // so much evidence that hardly a case runs dry
  Atlas const atlas = load_atlas();
  int const usa = atlas.nation("USA"), japan = atlas.nation("JPN");
  auto const off = attribute(options, cases, {usa});
  options.mechanisms = {Mechanism::attribution};
  auto const unknown = attribute(options, cases), shared = attribute(options, cases, {usa});
  CHECK(unknown.lag == off.lag);
  Bench bench(options);
  double const dose = bench.setting().doses.pair(Mechanism::attribution, japan, usa, {}, 1);
  REQUIRE(dose > .4);
  // Evidence wanes with a half-life of 400 days: the same item comes when the same share of a larger total has come.
  auto const passed = [](double lag) { return 1 - std::exp2(-lag / 400); };
  std::vector<double> slow, fast;
  for (auto const& [i, lag] : off.lag) slow.push_back(passed(lag));
  for (auto const& [i, lag] : shared.lag) fast.push_back(passed(lag));
  REQUIRE(slow.size() == fast.size());
  std::sort(slow.begin(), slow.end());
  std::sort(fast.begin(), fast.end());
  for (std::size_t i = 0; i < slow.size(); ++i) CHECK(slow[i] / fast[i] == Approx(std::pow(2, dose)).epsilon(.01));
}

TEST_CASE("a campaign that a government names enters public data with the chance of 17.1", "[world][politics][record]") {
  struct Case { double openness; int severity; bool effect; };
  for (Case const c : {Case{0, 3, false}, Case{1.5, 2, true}, Case{-1, 5, true}}) {
    BenchOptions options;
    options.end = {2028, 1, 1};
    options.openness = c.openness;
    Bench bench(options);
    int const japan = bench.nation("JPN"), n = 4000;
    Parameters const& p = bench.setting().parameters;
    auto const law = [&](bool named) {
      double const logit = p.recording_logit + .6 * (c.severity - 3) + p.openness_recording_logit * c.openness +
                           (c.effect ? p.revealed_recording_logit : 0) + (named ? p.named_recording_logit : 0);
      return 1 / (1 + std::exp(-logit));
    };
    CHECK(bench.setting().recorded_probability(japan, c.severity, {c.effect, true}) == Approx(law(true)));
    CHECK(bench.setting().recorded_probability(japan, c.severity, {c.effect, false}) == Approx(law(false)));
    for (int i = 0; i < n; ++i) {
      Nation::Naming naming{};
      naming.incident = incident_id(0, japan, false, static_cast<std::uint32_t>(i + 1));
      naming.severity = static_cast<std::uint8_t>(c.severity);
      naming.correct = 1;
      naming.effect = c.effect ? 1 : 0;
      naming.recorded = i % 2 == 0 ? 1 : 0;  // every other one has been there before
      bench.send(bench.directory().nations[static_cast<std::size_t>(japan)], 1 + 1e-4 * i, naming);
    }
    double late = 0;
    bench.census().listen<Nation, Nation::Recorded>([&](sim::RowKey const&, Nation::Recorded const& row) {
      CHECK(row.nation == japan);
      CHECK((row.incident & 1) == 1);  // numbers count from 1: the odd ids here are those not yet recorded
      late += 1;
    });
    bench.run(100);
    double const expected = (law(true) - law(false)) / (1 - law(false));
    CHECK(late / (n / 2) == Approx(expected).margin(3.29 * std::sqrt(expected * (1 - expected) / (n / 2))));
  }
}

TEST_CASE("an effect raises a dyad by one level with the chance of 12.2, up to four, and it calms down", "[world][politics][escalation]") {
  CHECK(escalation_probability(3, false) == Approx(.0399).margin(1e-4));
  CHECK(escalation_probability(5, false) > 2 * escalation_probability(3, false));
  CHECK(escalation_probability(3, true) == Approx(.0642).margin(1e-4));
  auto const run = [](int effects, double apart, std::uint8_t severity, std::uint8_t effect) {
    BenchOptions options;
    options.end = {2060, 1, 1};
    Bench bench(options);
    int const japan = bench.nation("JPN");
    for (int i = 0; i < effects; ++i) {
      Nation::Discovered discovered{};
      discovered.incident = incident_id(0, japan, false, static_cast<std::uint32_t>(i + 1));
      discovered.actor = 1;
      discovered.severity = severity;
      discovered.effect = effect;
      bench.send(bench.directory().nations[static_cast<std::size_t>(japan)], 1 + apart * i, discovered);
    }
    struct Steps { int up = 0, highest = 0, last = 0; } steps;
    bench.census().listen<Nation, Nation::Escalation>([&](sim::RowKey const&, Nation::Escalation const& row) {
      CHECK(std::abs(row.level - steps.last) == 1);
      steps.up += row.level > steps.last;
      steps.highest = std::max(steps.highest, row.level);
      steps.last = row.level;
    });
    bench.run(14'000);
    return steps;
  };
  // 1,000 effects, too far apart to meet the ceiling: 4 standard deviations of a binomial count.
  auto const rare = run(1000, 10, 3, 1);
  double const p = escalation_probability(3, false);
  CHECK(std::abs(rare.up - 1000 * p) < 4 * std::sqrt(1000 * p * (1 - p)));
  CHECK(rare.last == 0);
  auto const storm = run(2000, .01, 6, 1);
  CHECK(storm.highest == Nation::highest_level);
  CHECK(storm.last == 0);
  CHECK(run(200, 1, 6, 0).up == 0);
}
