#include "analysis/estimators/proportion.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimators/student.hpp"
#include "sim/base/math.hpp"

namespace analysis {
namespace {

// What the intervals need: histories or pairs that count as independent, and the t quantile of as many as there are.
struct Sample {
  Estimate mean;
  double size = 0;
  double t = 0;
};

Sample sample_of(Arm const& values, double level) {
  Arm const arm = independent_units(values);
  Sample s{clustered_mean(arm, level), 0, 0};
  if (s.mean.n < 2) return s;
  std::size_t const histories = moments(arm.values).n;
  s.t = student_quantile(0.5 + level / 2, histories - 1);
  double const ratio = s.t / student_quantile(0.5 + level / 2, s.mean.n - 1);
  s.size = static_cast<double>(histories) / design_effect(arm) * ratio * ratio;
  return s;
}

Estimate around(Sample const& s, double centre, double half) {
  // Rounding must not leave the estimate outside its own interval.
  return {s.mean.n, s.mean.mean, std::min(centre - half, s.mean.mean), std::max(centre + half, s.mean.mean)};
}

}  // namespace

Arm independent_units(Arm const& arm) {
  if (arm.unit_futures > 1) return arm;
  std::size_t with_data = 0;
  std::size_t last = 0;
  for (std::size_t f = 0; f < arm.futures; ++f) {
    auto const values = arm.future(f);
    if (std::all_of(values.begin(), values.end(), [](double x) { return std::isnan(x); })) continue;
    ++with_data;
    last = f;
  }
  if (with_data != 1) return arm;
  return {arm.future(last), arm.replications / arm.unit, arm.unit};  // halves of a pair stay together
}

double design_effect(Arm const& indicators) {
  std::vector<double> means;
  means.reserve(indicators.units());
  for (Moments const& m : unit_moments(indicators)) means.push_back(m.mean);
  Moments const between = moments(means);
  Moments const histories = moments(indicators.values);
  if (between.n < 2) return undefined;
  double const most = static_cast<double>(histories.n) / static_cast<double>(between.n);
  if (histories.variance == 0) return most;
  double const clustered = between.variance / static_cast<double>(between.n);
  double const independent = histories.variance / static_cast<double>(histories.n);
  return std::clamp(clustered / independent, 1.0, most);
}

Estimate proportion_interval(Arm const& indicators, double level) {
  Sample const s = sample_of(indicators, level);
  double const p = s.mean.mean;
  Estimate e{s.mean.n, p, undefined, undefined};
  if (e.n < 2) return e;
  double const hits = s.size * p;
  double const rest = s.size - hits;
  double const beyond = (1 - level) / 2;
  e.lo = p > 0 ? std::min(p, sim::math::beta_quantile(beyond, hits, rest + 1)) : 0;
  e.hi = p < 1 ? std::max(p, 1 - sim::math::beta_quantile(beyond, rest, hits + 1)) : 1;
  return e;
}

Estimate proportion_difference(Arm const& differences, double level) {
  Sample const s = sample_of(differences, level);
  double const d = s.mean.mean;
  if (s.mean.n < 2) return {s.mean.n, d, undefined, undefined};
  std::vector<double> squares(differences.values.begin(), differences.values.end());
  for (double& x : squares) x *= x;
  double const differing = clustered_mean(differences.with(squares)).mean;
  double const added = s.t * s.t / 2;
  double const size = s.size + added;
  double const centre = s.size * d / size;
  double const spread = (s.size * differing + added / 2) / size - centre * centre;
  Estimate e = around(s, centre, s.t * std::sqrt(std::max(0.0, spread) / size));
  e.lo = std::max(e.lo, -1.0);
  e.hi = std::min(e.hi, 1.0);
  return e;
}

}  // namespace analysis
