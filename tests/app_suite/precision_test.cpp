// What `bench precision` makes of its measurements, against variances and times that are known.
#include <catch2/catch.hpp>
#include <cmath>

#include <nlohmann/json.hpp>

#include "sim/app/bench/precision_adjust.hpp"
#include "sim/app/bench/precision_check.hpp"
#include "sim/app/bench/precision_plot.hpp"
#include "sim/app/bench/precision_text.hpp"
#include "sim/rng/stream.hpp"

using app::PrecisionSample;

namespace {

/// `units` values mean + sd and mean - sd in turn, each for `cpu_s`.
PrecisionSample alternating(std::string name, std::size_t units, double mean, double sd, double cpu_s) {
  PrecisionSample sample{.name = std::move(name), .values = {}, .cpu_s = {}};
  for (std::size_t i = 0; i < units; ++i) {
    sample.values.push_back(mean + (i % 2 == 0 ? sd : -sd));
    sample.cpu_s.push_back(cpu_s);
  }
  return sample;
}

/// Normal values from the stream of `seed`, each for 1 s.
void add_normal(PrecisionSample& sample, std::size_t units, double mean, double sd, std::uint64_t seed) {
  sim::RngStream rng({.seed = seed}, 1, 0, 0, sample.values.size());
  while (sample.values.size() < units) {
    sample.values.push_back(rng.normal(mean, sd));
    sample.cpu_s.push_back(1);
  }
}

PrecisionSample normal(std::string name, std::size_t units, double mean, double sd, std::uint64_t seed) {
  PrecisionSample sample{.name = std::move(name), .values = {}, .cpu_s = {}};
  add_normal(sample, units, mean, sd, seed);
  return sample;
}

app::PrecisionReport report_of(std::vector<PrecisionSample> samples) {
  app::PrecisionReport report{.study = "small", .response = "loss", .unit = "d", .nation = "JPN", .reference = "none", .treatment = "all",
                              .futures = samples.front().values.size(), .target = .05, .reference_mean = 5, .samples = samples, .keys = {}, .results = {}, .check = {}};
  for (PrecisionSample const& sample : samples) report.keys.push_back(sample.name);
  report.results = app::precision_results(samples, .05, 1);
  return report;
}

}  // namespace

TEST_CASE("time to the target is variance times time times (z / half-width)^2", "[app]") {
  std::vector<PrecisionSample> const samples{alternating("a", 1000, 4, 10, 2), alternating("b", 1000, 4, 1, 1)};
  auto const results = app::precision_results(samples, .05, 1);
  CHECK(results.best == Approx(4));
  CHECK(results.half_width == Approx(.2));
  double const z = 1.959963984540054, correction = 1000. / 999;
  CHECK(results.rows[0].pair_variance == Approx(100 * correction));
  CHECK(results.rows[0].pairs_to_target == Approx(100 * correction * z * z / .04));
  CHECK(results.rows[0].cpu_s_to_target == Approx(200 * correction * z * z / .04));
  CHECK(results.rows[1].cpu_s_to_target == Approx(correction * z * z / .04));
  CHECK(results.rows[0].factor == 1);
  CHECK(results.rows[0].factor_lo == 1);
  CHECK(results.rows[0].factor_hi == 1);
  CHECK(results.rows[1].factor == Approx(200));
  CHECK(app::half_width_of(100, app::units_to(100, .2)) == Approx(.2));
}

TEST_CASE("pairs that are averaged in a unit change what a pair is worth, not the time to the target", "[app]") {
  std::vector<PrecisionSample> samples{alternating("a", 100, 4, 3, 1), alternating("b", 100, 4, 3, 1)};
  samples[1].pairs_per_unit = 2;
  auto const results = app::precision_results(samples, .05, 1);
  CHECK(results.rows[1].pair_variance == Approx(2 * results.rows[0].pair_variance));
  CHECK(results.rows[1].pair_cpu_s == Approx(results.rows[0].pair_cpu_s / 2));
  CHECK(results.rows[1].pairs_to_target == Approx(2 * results.rows[0].pairs_to_target));
  CHECK(results.rows[1].cpu_s_to_target == Approx(results.rows[0].cpu_s_to_target));
  CHECK(results.rows[1].factor == Approx(1));
}

TEST_CASE("the interval of a factor holds the true ratio of variances about as often as it says", "[app]") {
  int held = 0, wrong = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    std::vector<PrecisionSample> const samples{normal("a", 120, 1, 6, 2 * seed), normal("b", 120, 1, 1, 2 * seed + 1)};
    auto const row = app::precision_results(samples, .05, seed).rows[1];
    CHECK(row.factor_lo < row.factor);
    CHECK(row.factor < row.factor_hi);
    held += row.factor_lo <= 36 && 36 <= row.factor_hi;
    wrong += row.factor_lo <= 12 && 12 <= row.factor_hi;
  }
  CHECK(held >= 50);
  CHECK(wrong == 0);
}

TEST_CASE("estimates of the same number agree, one with a bias does not", "[app]") {
  std::vector<PrecisionSample> samples;
  for (std::uint64_t i = 0; i < 6; ++i) samples.push_back(normal("m" + std::to_string(i), 200, 1, 2, i));
  CHECK(app::conflicts_of(samples).empty());
  for (double& value : samples[3].values) value += 1.2;
  auto const found = app::conflicts_of(samples);
  REQUIRE(found.size() == 5);
  for (auto const& conflict : found) {
    CHECK((conflict.first == "m3" || conflict.second == "m3"));
    CHECK(conflict.apart > conflict.allowed);
  }
}

TEST_CASE("what methods share does not count as error between them", "[app]") {
  std::vector<PrecisionSample> samples{normal("a", 200, 1, 2, 1), {}};
  samples[1] = samples[0];
  CHECK(app::conflicts_of(samples).empty());
  for (double& value : samples[1].values) value += 1e-6;  // far within each interval, yet not the same
  CHECK(app::conflicts_of(samples).size() == 1);
}

TEST_CASE("a control takes away what it explains, and costs what its weight does", "[app]") {
  PrecisionSample const noise = normal("", 300, 0, 1, 3), control = normal("", 300, 0, 3, 4);
  std::vector<double> differences;
  for (std::size_t i = 0; i < 300; ++i) differences.push_back(2 + noise.values[i] + 5 * control.values[i]);
  PrecisionSample plain{.name = "plain", .values = {}, .cpu_s = noise.cpu_s}, adjusted = plain, few = plain;
  app::adjust(plain, differences, {});
  CHECK(plain.values == differences);
  app::adjust(adjusted, differences, {control.values});
  CHECK(adjusted.fitted == 1);
  CHECK(adjusted.error_factor == Approx(1).epsilon(.05));
  CHECK(adjusted.error_factor > 1);
  CHECK(analysis::moments(adjusted.values).variance == Approx(1).epsilon(.25));
  auto const rows = app::precision_results(std::vector{plain, adjusted}, .05, 1).rows;
  CHECK(rows[1].factor == Approx(1 + 225).epsilon(.3));
  CHECK((rows[1].difference.lo < 2 && 2 < rows[1].difference.hi));
  CHECK(app::conflicts_of(std::vector{plain, adjusted}).empty());
  app::adjust(few, {1, 2, 4}, {{1, 2, 3}});
  CHECK(few.values == std::vector<double>{1, 2, 4});
  app::adjust(few, differences, {std::vector<double>(300, 0.0)});
  CHECK((few.values == differences && few.fitted == 0 && few.error_factor == 1));
}

TEST_CASE("a measured curve ends at the whole sample and falls as the root of its units", "[app]") {
  auto const curve = app::measured_curve(alternating("a", 1000, 0, 1, .5));
  CHECK(curve.front().cpu_s == Approx(5));
  CHECK(curve.back().cpu_s == Approx(500));
  CHECK(curve.front().half_width / curve.back().half_width == Approx(std::sqrt(100)).epsilon(.25));
  for (std::size_t i = 1; i < curve.size(); ++i) CHECK(curve[i].cpu_s > curve[i - 1].cpu_s);
  CHECK(app::measured_curve(alternating("a", 8, 0, 1, 1)).size() == 1);
}

TEST_CASE("a prediction that holds is reached near its number of pairs, a wrong one is told", "[app]") {
  std::vector<PrecisionSample> const samples{normal("a", 400, 1, 2, 1)};
  auto const row = app::precision_results(samples, .05, 1).rows[0];
  for (double const sd : {2., 6.}) {
    auto const check = app::check_prediction(row, samples[0], .1, [&](PrecisionSample& s, std::size_t units) { add_normal(s, units, 1, sd, 9); });
    CHECK(check.predicted_pairs == Approx(app::units_to(row.pair_variance, .1)));
    CHECK(check.is_reached == (sd == 2));
    if (check.is_reached) CHECK(check.pairs == Approx(check.predicted_pairs).epsilon(.25));
    else CHECK(check.pairs >= 4 * check.predicted_pairs);
    CHECK(check.cpu_s == check.pairs);
  }
}

TEST_CASE("the report says what is measured and what is predicted, and how sure the target is", "[app]") {
  auto report = report_of({normal("a", 50, 0, 5, 1), normal("b", 50, 0, 1, 2)});
  CHECK_THAT(app::text_of(report), Catch::Contains("measured: ") && Catch::Contains("predicted from these") && Catch::Contains("its interval holds 0") &&
                                       Catch::Contains("all agree"));
  report = report_of({normal("a", 50, 3, 5, 1), normal("b", 50, 3, 1, 2)});
  CHECK_THAT(app::text_of(report), !Catch::Contains("its interval holds 0"));
  auto const json = nlohmann::json::parse(app::json_text(report));
  CHECK(json["methods"]["b"]["predicted"]["cpu_s_to_target"] == report.results.rows[1].cpu_s_to_target);
  CHECK(json["methods"]["a"]["values"].size() == 50);
}

TEST_CASE("processor times are told in the largest unit that they fill twice", "[app]") {
  CHECK(app::cpu_time_text(0.5) == "0.5 s");
  CHECK(app::cpu_time_text(119) == "119 s");
  CHECK(app::cpu_time_text(180) == "3 min");
  CHECK(app::cpu_time_text(90'000) == "25 h");
  CHECK(app::cpu_time_text(864'000) == "10 d");
  CHECK(app::cpu_time_text(1e9) == "31.7 years");
}
