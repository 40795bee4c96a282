// Use or hold: what arsenals decide in the simulated world, counted, against the law of Axelrod and Iliev.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "models/decision/use_or_hold.hpp"
#include "models/world/actor/arsenal.hpp"
#include "tests/models_world/bench.hpp"

using namespace world;
using namespace world::test;

namespace {

constexpr double sd_of_999 = 3.29;  // half width of a 99.9 % interval

/// Decisions seen, and what their thresholds let expect.
struct Decisions {
  double count = 0, used = 0, expected = 0, variance = 0;
  double lowest = 1e9, highest = 0;           // thresholds
  double held_at_most = 0, used_at_least = 1e9;  // stakes
  bool consistent = true;

  void add(Arsenal::Decision const& row) {
    ++count;
    used += row.used;
    double const share = std::exp(-row.threshold);
    expected += share;
    variance += share * (1 - share);
    lowest = std::min(lowest, row.threshold);
    highest = std::max(highest, row.threshold);
    consistent = consistent && (row.used != 0) == (row.stakes >= row.threshold);
    (row.used != 0 ? used_at_least : held_at_most) =
        row.used != 0 ? std::min(used_at_least, row.stakes) : std::max(held_at_most, row.stakes);
  }
  bool agree_with(double mean_share) const {
    return std::fabs(used - count * mean_share) < sd_of_999 * std::sqrt(count * mean_share * (1 - mean_share));
  }
};

// Occasions that one arsenal weighs in four days, after it has learned how uses ended: days they stayed unseen.
Decisions weigh(std::vector<float> const& ends, bool adapts) {
  BenchOptions options;
  if (adapts) options.behaviours = {Behaviour::adaptation};
  Bench bench(options);
  auto const arsenal = bench.directory().arsenals[0];
  std::uint32_t const no_tool_of_it = 1U << 26 | 0x3fffff;
  for (std::size_t i = 0; i < ends.size(); ++i)
    bench.send(arsenal, .1 + .01 * static_cast<double>(i), Arsenal::Burned{no_tool_of_it, ends[i]});
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    Operation operation = sure_operation(0, bench.nation("JPN"), Objective::long_espionage, i);
    operation.vector = static_cast<std::uint8_t>(Vector::zero_day);
    operation.access_mark = 1;  // decided upon, but never carried out
    bench.send(arsenal, 1 + 1e-4 * i, Arsenal::Request{operation, .5});
  }
  Decisions decisions;
  bench.census().listen<Arsenal, Arsenal::Decision>(
      [&](sim::RowKey const&, Arsenal::Decision const& row) { decisions.add(row); });
  bench.run(4);
  return decisions;
}

// The law, with P, S, w of the actor as the world has them.
double law(double survival) {
  Parameters const p;
  return decision::use_or_hold_at_rates(p.opportunity_rate, 1 / 7.0, p.discount_rate, survival).best_threshold();
}

}  // namespace

TEST_CASE("an arsenal's threshold, measured from its decisions, is that of Axelrod and Iliev",
          "[world][use_or_hold]") {
  double const prior = Parameters{}.survival_prior, threshold = law(prior);
  auto const plain = weigh({}, false);
  REQUIRE(plain.count == 20'000);
  CHECK(plain.consistent);
  CHECK(plain.lowest == threshold);
  CHECK(plain.highest == threshold);
  CHECK(plain.held_at_most < threshold);
  CHECK(plain.used_at_least >= threshold);
  // The stakes are so dense there that no gap of 1/1,000 is without any, but with a chance below 1e-3.
  CHECK((plain.held_at_most + plain.used_at_least) / 2 == Approx(threshold).margin(1e-3));
  CHECK(plain.agree_with(std::exp(-threshold)));
  // The twin: who survives a use a little more often would be seen to hold less.
  CHECK_FALSE(plain.agree_with(std::exp(-law(prior + .05))));
}

TEST_CASE("an arsenal learns its threshold from what became of its own uses", "[world][use_or_hold][adaptation]") {
  double const prior = Parameters{}.survival_prior;
  auto const unlucky = weigh({10, 10, 10, 400}, true), lucky = weigh({400, 400, 400, 400}, true);
  double const after_bad = law((4 * prior + 1) / 8), after_good = law((4 * prior + 4) / 8);
  CHECK(unlucky.lowest == Approx(after_bad).epsilon(.01));
  CHECK(lucky.lowest == Approx(after_good).epsilon(.01));
  CHECK(after_good < after_bad - .2);
  CHECK(unlucky.agree_with(std::exp(-after_bad)));
  CHECK(lucky.agree_with(std::exp(-after_good)));
  CHECK_FALSE(unlucky.agree_with(std::exp(-after_good)));
  CHECK_FALSE(unlucky.agree_with(std::exp(-law(prior))));  // of one who has learned nothing
}

TEST_CASE("in a whole world zero-days are used as often as the learned thresholds let expect", "[world][use_or_hold]") {
  BenchOptions options;
  options.dyads = load_atlas().dyads;
  options.behaviours = {Behaviour::adaptation};
  options.parameters.recording_logit = -4;  // many campaigns
  Bench bench(options);
  bench.setting().vector_share = {0, 0, 1, 0, 0};  // all by a flaw that nobody knows
  Decisions decisions;
  bench.census().listen<Arsenal, Arsenal::Decision>(
      [&](sim::RowKey const&, Arsenal::Decision const& row) { decisions.add(row); });
  bench.run(1800);
  INFO(decisions.count << " decisions, " << decisions.used << " uses, expected " << decisions.expected);
  REQUIRE(decisions.count > 2000);
  CHECK(decisions.consistent);
  CHECK(decisions.highest > decisions.lowest + .1);
  CHECK(std::fabs(decisions.used - decisions.expected) < sd_of_999 * std::sqrt(decisions.variance));
  // The twin: actors who never learn.
  double const unlearned = std::exp(-law(options.parameters.survival_prior));
  CHECK_FALSE(decisions.agree_with(unlearned));
}
