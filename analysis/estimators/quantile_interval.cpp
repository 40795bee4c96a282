#include "analysis/estimators/quantile_interval.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimators/proportion.hpp"
#include "analysis/estimators/quantile.hpp"
#include "analysis/estimators/student.hpp"
#include "sim/base/contracts.hpp"

namespace analysis {
namespace {

// 1 where a history is at most `bound`, else 0; NaN stays NaN.
std::vector<double> up_to(std::span<double const> values, double bound) {
  std::vector<double> all(values.begin(), values.end());
  for (double& x : all) x = std::isnan(x) ? x : (x <= bound ? 1.0 : 0.0);
  return all;
}

// Correlation over futures of their means in two arms, after adding `disagreeing` units of average spread without any.
double correlation(Arm const& a, Arm const& b, double disagreeing) {
  auto const x = future_moments(a);
  auto const y = future_moments(b);
  double const mean_x = clustered_mean(x).mean;
  double const mean_y = clustered_mean(y).mean;
  double xx = 0, yy = 0, xy = 0, units = 0;
  for (std::size_t f = 0; f < x.size(); ++f) {
    if (x[f].n == 0) continue;
    xx += (x[f].mean - mean_x) * (x[f].mean - mean_x);
    yy += (y[f].mean - mean_y) * (y[f].mean - mean_y);
    xy += (x[f].mean - mean_x) * (y[f].mean - mean_y);
    ++units;
  }
  if (xx == 0 || yy == 0) return 0;
  return std::clamp(xy / std::sqrt(xx * yy), -1.0, 1.0) * units / (units + disagreeing);
}

}  // namespace

Estimate quantile_interval(Arm const& whole, double probability, double level) {
  Arm const arm = independent_units(whole);
  auto const ascending = sorted(arm.values);
  Estimate e{0, quantile(ascending, probability), undefined, undefined};
  if (ascending.empty()) return e;
  auto const below = up_to(arm.values, e.mean);
  Arm const shares = arm.with(below);
  e.n = clustered_mean(shares).n;
  if (e.n < 2) return e;
  auto const n = static_cast<double>(ascending.size());
  double const error = std::sqrt(design_effect(shares) * probability * (1 - probability) / n);
  double const margin = student_quantile(0.5 + level / 2, e.n - 1) * error;
  // Ranks from 1, with the continuity correction of a count: fewer than `first` histories up to the quantile, or at
  // least `last` below it, is what the interval rules out.
  double const first = std::floor(n * (probability - margin) + 0.5);
  double const last = std::ceil(n * (probability + margin) + 0.5);
  if (first >= 1) e.lo = ascending[static_cast<std::size_t>(first) - 1];
  if (last <= n) e.hi = ascending[static_cast<std::size_t>(last) - 1];
  return e;
}

Estimate quantile_difference(Arm const& treatment, Arm const& reference, double probability, double level) {
  SIM_CHECK(treatment.values.size() == reference.values.size() && treatment.futures == reference.futures);
  std::vector<double> a(treatment.values.begin(), treatment.values.end());
  std::vector<double> b(reference.values.begin(), reference.values.end());
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::isnan(a[i]) || std::isnan(b[i])) a[i] = b[i] = undefined;
  }
  Arm const arm_a = independent_units(treatment.with(a));
  Arm const arm_b = independent_units(reference.with(b));
  Estimate const x = quantile_interval(arm_a, probability, level);
  Estimate const y = quantile_interval(arm_b, probability, level);
  auto const below_a = up_to(arm_a.values, x.mean);
  auto const below_b = up_to(arm_b.values, y.mean);
  Estimate e{x.n, x.mean - y.mean, undefined, undefined};
  if (x.n < 2) return e;
  double const t = student_quantile(0.5 + level / 2, x.n - 1);
  double const r = correlation(Arm{below_a, arm_a.futures, arm_a.replications},
                               Arm{below_b, arm_b.futures, arm_b.replications}, t * t / 2);
  double const half_x = (x.hi - x.lo) / 2;
  double const half_y = (y.hi - y.lo) / 2;
  double const half = std::sqrt((half_x - half_y) * (half_x - half_y) + 2 * (1 - r) * half_x * half_y);
  e.lo = e.mean - half;
  e.hi = e.mean + half;
  return e;
}

}  // namespace analysis
