// Deterrence with imperfect attribution: how often states attack in the simulated world, against the cut-offs of Baliga and others.
#include <catch2/catch.hpp>

#include <cmath>

#include "models/world/actor/threat_actor.hpp"
#include "models/world/nation/nation.hpp"
#include "sim/base/math.hpp"
#include "tests/models_world/bench.hpp"

using namespace world;
using namespace world::test;

namespace {

constexpr double sd_of_999 = 3.29;  // half width of a 99.9 % interval

struct Attempts {
  double made = 0, deterred = 0;
  double share() const { return made / (made + deterred); }
  bool agrees_with(double share) const {
    double const n = made + deterred;
    return std::fabs(made - n * share) < sd_of_999 * std::sqrt(n * share * (1 - share));
  }
};

BenchOptions two_suspects(double weight) {
  Atlas const atlas = load_atlas();
  BenchOptions options;
  for (char const* actor : {"RUS", "CHN"})
    options.dyads.push_back({actor_index(atlas, actor), atlas.nation("JPN"), 1e9, 1e9 / 4});
  options.behaviours = {Behaviour::signal_doctrine};
  options.parameters.deterrence_weight = weight;
  options.parameters.displacement = options.parameters.tension_jump = 0;
  options.parameters.recording_logit = -5;   // thousands of candidates
  options.parameters.access_intercept = -5;  // hardly any of which gets in
  return options;
}

// From `day` on; two quarters, so that actors judge anew in between.
Attempts count(Bench& bench, double day = 0) {
  Attempts attempts;
  bench.census().listen<ThreatActor, ThreatActor::Decided>([&, day](sim::RowKey const& key, ThreatActor::Decided const& row) {
    if (row.target != bench.nation("JPN") || bench.setting().day(key.event.time) < day) return;
    attempts.made += row.attempted;
    attempts.deterred += row.deterred;
  });
  bench.run(150);
  return attempts;
}

double openness(Parameters const& p, bool policy) { return sim::math::logistic(naming_logit(p, 3, policy, 0)); }

// The game of the published vectors: two attackers, gains and liking uniform on [0, 1], retaliation that costs 1.
Attempts play(double opportunity, double false_alarm, double right, double wrong) {
  Bench bench(two_suspects(1));
  double const cost = 1 / openness(bench.setting().parameters, false);
  bench.setting().signals.fix(bench.nation("JPN"), {2, opportunity, false_alarm, right, wrong, decision::Gains::uniform, cost});
  return count(bench);
}

}  // namespace

TEST_CASE("states attack for gains above the published cut-offs", "[world][deterrence][doctrine]") {
  auto const always = play(1, .05, .6, .1), base = play(.5, .05, .6, .1), quiet = play(.5, .01, .6, .1);
  auto const missed = play(.5, .05, .6, 0);
  REQUIRE(base.made + base.deterred > 30'000);
  CHECK(always.agrees_with(1 - .431718));
  CHECK(base.agrees_with(1 - .365948));
  CHECK(quiet.agrees_with(1 - .479610));
  CHECK(missed.agrees_with(1 - .396833));
  // Twins: the cut-off of another game; of one that knows no false alarms.
  CHECK_FALSE(always.agrees_with(1 - .365948));
  CHECK_FALSE(base.agrees_with(1 - .396833));
  CHECK_FALSE(base.agrees_with(1 - .6));
}

TEST_CASE("better detection deters, unless all that it adds points at somebody else: then it backfires", "[world][deterrence][doctrine]") {
  auto const base = play(.5, .05, .6, .1), better = play(.5, .05, .9 * 6 / 7, .9 / 7), misled = play(.5, .05, .6, .3);
  CHECK(better.agrees_with(1 - .478711));
  CHECK(misled.agrees_with(1 - .363486));
  // The candidates and their marks are the same, so that counts compare without noise.
  CHECK(better.made < base.made);
  CHECK(misled.made > base.made);
}

TEST_CASE("a target's own signals: better attribution points at the culprit more, false flags and mistakes less", "[world][doctrine]") {
  double const barrier = evidence_threshold;
  CHECK(passage_probability(1000, 2000, barrier) == Approx(1).margin(1e-9));
  CHECK(passage_probability(-1000, 2000, barrier) == Approx(std::exp(-barrier)).margin(1e-9));  // 5 % errors
  CHECK(passage_probability(0, 4, 2) == Approx(2 * sim::math::normal_cdf(-1)));                 // reflection
  Atlas const atlas = load_atlas();
  auto const game = [&](double false_flags) {
    BenchOptions options = two_suspects(1);
    options.average_nations = false;
    options.parameters.false_flag_share = false_flags;
    Bench bench(options);
    return std::pair{bench.setting().signals.game(bench.nation("USA"), 10), bench.setting().signals.game(bench.nation("PRK"), 10)};
  };
  auto const [able, weak] = game(0);
  CHECK(able.right > weak.right);
  CHECK(able.false_alarm < weak.false_alarm);
  auto const [deceived, other] = game(.5);
  CHECK(deceived.right < able.right);
  CHECK(deceived.wrong > able.wrong);
  Bench bench(two_suspects(1));
  auto const& japan = bench.setting().signals.game(bench.nation("JPN"), 10);
  for (auto const& nation : bench.atlas().nations) {
    auto const& of = bench.setting().signals.game(bench.nation(nation.iso3.c_str()), 10);
    CHECK(of.right + of.wrong <= 1);  // they are chances
  }
  CHECK(japan.attackers == 2);
  CHECK(japan.opportunity == Approx(1));
  CHECK(japan.right > .5);
  CHECK(japan.right + japan.wrong < 1);
  CHECK(japan.wrong < .06);
}

TEST_CASE("an attribution policy deters by the cut-off of the target's game", "[world][deterrence][doctrine]") {
  auto const run = [&](double weight, bool policy) {
    Bench bench(two_suspects(weight));
    int const japan = bench.nation("JPN");
    if (policy)
      bench.send(bench.directory().nations[static_cast<std::size_t>(japan)], .5, Nation::Lever{-1, attribution_policy_flag, 1});
    Attempts const attempts = count(bench, 1);
    // What the actor last went by is the target's game of the second quarter.
    auto const russia = bench.directory().actors[static_cast<std::size_t>(actor_index(bench.atlas(), "RUS"))];
    TargetSignals const& signals = bench.setting().signals;
    CHECK(bench.state(russia).acceptance[japan] == static_cast<float>(signals.recorded_acceptance(japan, 100, policy)));
    if (weight > 0) CHECK(signals.recorded_acceptance(japan, 100, policy) != signals.recorded_acceptance(japan, 10, policy));
    return attempts;
  };
  Bench bench(two_suspects(1.5));
  auto game = bench.setting().signals.game(bench.nation("JPN"), 60);
  auto const cutoff = [&](bool policy) {
    game.cost = 1.5 * openness(bench.setting().parameters, policy);
    return game.best_cutoff();
  };
  auto const& signals = bench.setting().signals;
  for (bool const policy : {false, true})
    CHECK(signals.recorded_acceptance(bench.nation("JPN"), 60, policy) ==
          signals.log_acceptance(bench.nation("JPN"), 60, openness(bench.setting().parameters, policy)));
  double const rise = cutoff(true) - cutoff(false);
  REQUIRE(rise > .1);
  auto const silent = run(1.5, false), open = run(1.5, true);
  double const ratio = open.made / silent.made, width = sd_of_999 * ratio * std::sqrt(1 / open.made + 1 / silent.made);
  CHECK(ratio == Approx(std::exp(-rise)).margin(width));
  CHECK(ratio != Approx(std::exp(-1.3 * rise)).margin(width));
  CHECK(run(0, true).deterred == 0);  // who does not mind blame
}

TEST_CASE("joint attribution deters whoever joins, by its dose", "[world][deterrence][doctrine][M5]") {
  auto const options = [](double odds) {
    BenchOptions made = two_suspects(1.5);
    made.mechanisms = {Mechanism::attribution};
    made.parameters.attribution_odds = odds;
    made.parameters.membership_ramp_days = 1;
    Atlas const atlas = load_atlas();
    made.controlled = {{static_cast<std::int16_t>(atlas.nation("JPN")), static_cast<std::int16_t>(atlas.organisation("CCDCOE")), {}}};
    return made;
  };
  auto const run = [&](double odds, bool joins) {
    Bench bench(options(odds));
    if (joins)
      bench.send(bench.directory().nations[static_cast<std::size_t>(bench.nation("JPN"))], .5,
                 Nation::Lever{bench.atlas().organisation("CCDCOE"), static_cast<std::int32_t>(Flag::membership), 1});
    return count(bench, 95);  // after the first judgement of a full member
  };
  Bench bench(options(5));
  int const japan = bench.nation("JPN");
  Relations joined = controlled_relations(bench.setting());
  joined.set(japan, bench.atlas().organisation("CCDCOE"), Flag::membership, true, 0, bench.setting().doses.ramp_days());
  auto const acceptance = [&](Relations const& relations) {
    double const dose = bench.setting().doses.nation(Mechanism::attribution, japan, relations, 95);
    return bench.setting().signals.log_acceptance(japan, 95, sim::math::logistic(naming_logit(bench.setting().parameters, 3, false, dose)));
  };
  double const fall = acceptance(joined) - acceptance(controlled_relations(bench.setting()));
  REQUIRE(fall < -.03);
  auto const alone = run(5, false), member = run(5, true);
  double const ratio = member.made / alone.made, width = sd_of_999 * ratio * std::sqrt(1 / member.made + 1 / alone.made);
  CHECK(ratio == Approx(std::exp(fall)).margin(width));
  CHECK(ratio < 1 - width);
  CHECK(run(1, true).made == run(1, false).made);
}
