#include "sim/app/bench/precision_results.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimators/quantile.hpp"
#include "analysis/estimators/student.hpp"
#include "sim/base/contracts.hpp"
#include "sim/base/math.hpp"
#include "sim/rng/stream.hpp"
#include "sim/rng/stream_id.hpp"

namespace app {

namespace {

constexpr std::size_t resamples = 2000;

double mean_of(std::span<double const> values) {
  double sum = 0;
  for (double const value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

/// Variance of a unit times its time: what a method's work for a given error is proportional to.
double work_of(PrecisionSample const& sample, std::span<std::size_t const> chosen) {
  std::vector<double> values, seconds;
  for (std::size_t const i : chosen) {
    values.push_back(sample.values[i]);
    seconds.push_back(sample.cpu_s[i]);
  }
  return analysis::moments(values).variance * sample.error_factor * mean_of(seconds);
}

std::vector<std::size_t> all_of(std::size_t units) {
  std::vector<std::size_t> chosen(units);
  for (std::size_t i = 0; i < units; ++i) chosen[i] = i;
  return chosen;
}

/// Factors of every sample over the first in each resample. [samples][resamples]
std::vector<std::vector<double>> resampled_factors(std::span<PrecisionSample const> samples, std::uint64_t seed) {
  auto const units = static_cast<std::uint32_t>(samples.front().values.size());
  std::vector<std::vector<double>> factors(samples.size());
  for (std::size_t r = 0; r < resamples; ++r) {
    sim::RngStream rng({.seed = seed, .replication = static_cast<std::uint32_t>(r)}, sim::stream_id("bench/precision"), 0, 0);
    std::vector<std::size_t> chosen(units);
    for (std::size_t& i : chosen) i = rng.below(units);
    double const first = work_of(samples.front(), chosen);
    for (std::size_t s = 0; s < samples.size(); ++s) factors[s].push_back(first / work_of(samples[s], chosen));
  }
  return factors;
}

PrecisionRow row_of(PrecisionSample const& sample) {
  analysis::Moments const m = analysis::moments(sample.values);
  auto const pairs = static_cast<double>(sample.pairs_per_unit);
  return {.name = sample.name,
          .difference = estimate_of(sample),
          .pair_variance = m.variance * sample.error_factor * pairs,
          .pair_cpu_s = mean_of(sample.cpu_s) / pairs};
}

double half(analysis::Estimate const& estimate) { return (estimate.hi - estimate.lo) / 2; }

}  // namespace

analysis::Estimate estimate_of(PrecisionSample const& sample) {
  analysis::Moments const m = analysis::moments(sample.values);
  if (m.n < 2 + sample.fitted) return {.n = m.n, .mean = m.mean};
  double const error = std::sqrt(m.variance * sample.error_factor / static_cast<double>(m.n));
  double const wide = analysis::student_quantile((1 + analysis::interval_level) / 2, m.n - 1 - sample.fitted) * error;
  return {.n = m.n, .mean = m.mean, .lo = m.mean - wide, .hi = m.mean + wide};
}

double half_width_of(double variance, double units) { return sim::math::normal_quantile(.975) * std::sqrt(variance / units); }

double units_to(double variance, double half_width) {
  double const z = sim::math::normal_quantile(.975);
  return variance * z * z / (half_width * half_width);
}

PrecisionResults precision_results(std::span<PrecisionSample const> samples, double target, std::uint64_t seed) {
  PrecisionResults results;
  for (PrecisionSample const& sample : samples) {
    SIM_CHECK(sample.values.size() == samples.front().values.size() && sample.values.size() >= 2);
    results.rows.push_back(row_of(sample));
  }
  auto const best = std::min_element(results.rows.begin(), results.rows.end(),
                                     [](auto const& a, auto const& b) { return half(a.difference) < half(b.difference); });
  results.best = best->difference.mean;
  results.best_lo = best->difference.lo;
  results.best_hi = best->difference.hi;
  results.half_width = target * std::fabs(results.best);
  auto const factors = resampled_factors(samples, seed);
  auto const units = all_of(samples.front().values.size());
  double const first = work_of(samples.front(), units);
  for (std::size_t s = 0; s < samples.size(); ++s) {
    PrecisionRow& row = results.rows[s];
    row.pairs_to_target = units_to(row.pair_variance, results.half_width);
    row.cpu_s_to_target = row.pairs_to_target * row.pair_cpu_s;
    row.factor = first / work_of(samples[s], units);
    auto const ends = analysis::selected_quantiles(factors[s], std::vector<double>{.025, .975});
    row.factor_lo = ends[0];
    row.factor_hi = ends[1];
  }
  results.conflicts = conflicts_of(samples);
  return results;
}

std::vector<PrecisionConflict> conflicts_of(std::span<PrecisionSample const> samples) {
  std::vector<PrecisionConflict> conflicts;
  auto const pairs = static_cast<double>(samples.size() * (samples.size() - 1) / 2);
  for (std::size_t a = 0; a < samples.size(); ++a) {
    for (std::size_t b = a + 1; b < samples.size(); ++b) {
      std::vector<double> apart;
      for (std::size_t i = 0; i < samples[a].values.size(); ++i) apart.push_back(samples[a].values[i] - samples[b].values[i]);
      analysis::Moments const m = analysis::moments(apart);
      double const allowed = analysis::student_quantile(1 - .025 / pairs, m.n - 1) * std::sqrt(m.variance / static_cast<double>(m.n));
      if (std::fabs(m.mean) > allowed) conflicts.push_back({samples[a].name, samples[b].name, std::fabs(m.mean), allowed});
    }
  }
  return conflicts;
}

std::vector<PrecisionPoint> measured_curve(PrecisionSample const& sample) {
  std::vector<PrecisionPoint> points;
  std::span<double const> const values = sample.values, seconds = sample.cpu_s;
  for (std::size_t next = std::min<std::size_t>(10, values.size());; next = std::min(values.size(), next + next / 2)) {
    analysis::Estimate const estimate = analysis::mean_interval(values.first(next));
    points.push_back({mean_of(seconds.first(next)) * static_cast<double>(next), half(estimate) * std::sqrt(sample.error_factor)});
    if (next == values.size()) return points;
  }
}

}  // namespace app
