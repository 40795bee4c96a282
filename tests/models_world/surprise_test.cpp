// Control variates: their mean is 0 whatever the treatment, and measuring them changes nothing.
#include <catch2/catch.hpp>

#include <cmath>

#include "models/world/controls.hpp"
#include "models/world/infrastructure/hit_plan.hpp"
#include "models/world/objectives.hpp"
#include "sim/base/math.hpp"
#include "tests/models_world/studies.hpp"
#include "tests/support/same_bits.hpp"

using namespace world;
using namespace world::test;

namespace {

constexpr double bound = 6.1;  // of a standard normal: p < 1e-9
std::vector<std::string> const controls{"surprise_campaigns", "surprise_damages"};

struct Sample {
  double n = 0, sum = 0, squares = 0;
  void add(double x) { ++n, sum += x, squares += x * x; }
  double mean() const { return sum / n; }
  double z(double expected = 0) const { return (mean() - expected) / std::sqrt((squares / n - mean() * mean()) / n); }
};

StudyOptions busy() {
  StudyOptions options;
  options.start = "2016-01-01", options.record_from = "2017-01-01", options.end = "2020-01-01";
  options.mechanisms = available_mechanisms();
  options.constants = strong_constants();
  options.levers = three_steps("2017-06-01");
  options.treatments = {{"never", ""}, {"all", "\"liaison\", \"exercise\", \"membership\""}};
  options.more = "[variance_reduction]\ncontrols = true\n";
  return options;
}

sim::RngStream words(std::uint64_t purpose) { return {sim::ReplicationStream{.seed = 8}, 1, 2, purpose}; }

}  // namespace

TEST_CASE("the means of a damage are those of its draws", "[world]") {
  for (int const severity : {2, 4, 5, 6}) {
    Sample share, days, both;
    for (std::uint64_t i = 0; i < 40'000; ++i) {
      HitPlan const plan = plan_hit({1}, severity, words(2 * i), words(2 * i + 1));
      share.add(plan.share), days.add(plan.tau_days), both.add(plan.share * plan.tau_days);
    }
    CHECK(std::fabs(share.z(mean_share(severity))) < bound);
    CHECK(std::fabs(days.z(mean_repair_days(severity))) < bound);
    CHECK(std::fabs(both.z(mean_share(severity) * mean_repair_days(severity))) < bound);
    // The broken twin: the share hit is not cut at the whole sector.
    if (severity == 6) CHECK(std::fabs(share.z(hit_share(6) * sim::math::exp(0.72) * 0.65)) > bound);
  }
}

TEST_CASE("effects before a deadline less their integrated hazard have mean 0, whatever the deadline", "[world]") {
  for (Objective const objective : {Objective::disruption, Objective::degradation, Objective::ransomware}) {
    auto const [median_days, log_sd] = effect_delay(objective);
    Sample whole, window, twin;
    auto rng = words(99);
    double const from = median_days / 2, to = 2 * median_days;
    for (int i = 0; i < 40'000; ++i) {
      double const access = rng.uniform(-median_days, to), due = rng.lognormal(median_days, log_sd), detected = rng.exponential(median_days);
      bool const effect = due < detected;
      double const dwell = std::min(due, detected);
      whole.add((effect ? 1 : 0) - effect_hazard(objective, dwell));
      twin.add((effect ? 1 : 0) - effect_hazard(objective, dwell * 1.1));
      Race const begins{0, 0, static_cast<std::int32_t>(objective), 0, 0, 0, 0}, ends{dwell, 0, begins.objective, 0, 0, effect ? 2 : 1, 0};
      window.add(race_surprise(begins, access, from, to) + race_surprise(ends, access + dwell, from, to));
    }
    CHECK(std::fabs(whole.z()) < bound);
    CHECK(std::fabs(window.z()) < bound);
    CHECK(std::fabs(twin.z()) > bound);
  }
  CHECK(effect_hazard(Objective::degradation, 120) == Approx(std::log(2.0)));
  CHECK(effect_hazard(Objective::degradation, -1) == 0);
}

TEST_CASE("every control of the world has mean 0 with and without the levers", "[world]") {
  StudyOptions options = busy();
  options.futures = 60;
  SmallStudy const study = make_study(options);
  auto const records = run_all(study);
  auto const& schema = study.scenario->schema();
  for (std::string const& control : controls) {
    Sample never, with, changed;
    for (std::size_t i = 0; i < 60; ++i) {
      double const a = total(schema, records[i], control), b = total(schema, records[60 + i], control);
      never.add(a), with.add(b), changed.add(b - a);
    }
    INFO(control << " z " << never.z() << " and " << with.z() << ", difference " << changed.z() << ", mean " << never.mean());
    CHECK(std::fabs(never.z()) < bound);
    CHECK(std::fabs(with.z()) < bound);
    CHECK(std::fabs(changed.z()) < bound);
    CHECK(never.squares > 0);
  }
}

TEST_CASE("to measure the controls changes no draw and no other number", "[world]") {
  StudyOptions options = busy();
  SmallStudy const with = make_study(options);
  options.more = "";
  SmallStudy const without = make_study(options);
  auto const a = run_all(with), b = run_all(without);
  auto const& schema = without.scenario->schema();
  for (std::size_t i = 0; i < a.size(); ++i) {
    CHECK((a[i].digest == b[i].digest && a[i].events == b[i].events && support::same_bits(a[i].incidents, b[i].incidents)));
    std::size_t const width = sim::response_width(schema);
    REQUIRE((b[i].responses.size() == width && a[i].responses.size() == width + controls.size() * schema.nations.size()));
    CHECK(std::equal(b[i].responses.begin(), b[i].responses.end(), a[i].responses.begin()));
    CHECK((a[i].focal_series == b[i].focal_series && a[i].other_series == b[i].other_series));
  }
}

TEST_CASE("an antithetic study keeps the first halves and mirrors the second, on every executor", "[world]") {
  StudyOptions options = busy();
  options.futures = 1, options.replications = 2;
  options.more = "";
  auto const plain = run_all(make_study(options));
  options.more = "[variance_reduction]\nantithetic = true\n";
  SmallStudy const paired = make_study(options);
  auto const halves = run_all(paired);
  CHECK(same_outcome(plain[0], halves[0]));
  CHECK(plain[0].digest == halves[0].digest);
  CHECK(plain[1].digest != halves[1].digest);
  CHECK(halves[1].digest != halves[0].digest);
  auto const future = paired.scenario->prepare(0);
  CHECK(run(*paired.scenario, future, {0, 0, 1}, "conservative", 2).digest == halves[1].digest);
  CHECK(run(*paired.scenario, future, {0, 0, 1}, "optimistic", 2).digest == halves[1].digest);
}
