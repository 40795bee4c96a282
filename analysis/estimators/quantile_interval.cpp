#include "analysis/estimators/quantile_interval.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimators/paired.hpp"
#include "analysis/estimators/proportion.hpp"
#include "analysis/estimators/student.hpp"
#include "sim/base/contracts.hpp"

namespace analysis {
namespace {

// Share of `values` that is at most `bound`; units that are not whole are left out.
double share_of(std::span<double const> values, std::size_t unit, double bound) {
  std::size_t hits = 0, n = 0;
  for (double const x : unit == 1 ? values : std::span<double const>{}) {
    n += !std::isnan(x);
    hits += x <= bound;
  }
  for (std::size_t first = 0; unit > 1 && first < values.size(); first += unit) {
    auto const part = values.subspan(first, unit);
    if (std::any_of(part.begin(), part.end(), [](double x) { return std::isnan(x); })) continue;
    n += unit;
    for (double const x : part) hits += x <= bound;
  }
  return n == 0 ? undefined : static_cast<double>(hits) / static_cast<double>(n);
}

// Correlation over units of two arms' shares, after adding `disagreeing` units of average spread without any.
double correlation(std::span<double const> x, std::span<double const> y, double disagreeing) {
  double const mean_x = moments(x).mean, mean_y = moments(y).mean;
  double xx = 0, yy = 0, xy = 0, units = 0;
  for (std::size_t f = 0; f < x.size(); ++f) {
    if (std::isnan(x[f])) continue;
    xx += (x[f] - mean_x) * (x[f] - mean_x);
    yy += (y[f] - mean_y) * (y[f] - mean_y);
    xy += (x[f] - mean_x) * (y[f] - mean_y);
    ++units;
  }
  if (xx == 0 || yy == 0) return 0;
  return std::clamp(xy / std::sqrt(xx * yy), -1.0, 1.0) * units / (units + disagreeing);
}

}  // namespace

ArmQuantiles::ArmQuantiles(Arm const& arm) : whole_(arm), arm_(independent_units(arm)), values_(arm_.values) {}

std::vector<double> ArmQuantiles::shares(double bound) const {
  std::vector<double> all(arm_.units());
  for (std::size_t u = 0; u < all.size(); ++u) all[u] = share_of(arm_.unit_values(u), arm_.unit, bound);
  return all;
}

// As design_effect of proportion.hpp, of the indicators of values up to `bound`.
double ArmQuantiles::design_effect(std::span<double const> shares, double bound) const {
  Moments const between = moments(shares);
  auto const n = static_cast<double>(values_.size());
  double const most = n / static_cast<double>(between.n);
  auto const hits = std::count_if(arm_.values.begin(), arm_.values.end(), [&](double x) { return x <= bound; });
  double const p = static_cast<double>(hits) / n, variance = p * (1 - p) * n / (n - 1);
  if (!(variance > 0)) return most;
  return std::clamp(between.variance / static_cast<double>(between.n) / (variance / n), 1.0, most);
}

ArmQuantiles::Known const& ArmQuantiles::at(double probability, double level) {
  for (Known const& k : known_)
    if (k.probability == probability && k.level == level) return k;
  return known_.emplace_back(make(probability, level));
}

ArmQuantiles::Known ArmQuantiles::make(double probability, double level) {
  Known k{probability, level, {0, values_.quantile(probability), undefined, undefined}, {}};
  Estimate& e = k.interval;
  if (values_.size() == 0) return k;
  k.shares = shares(e.mean);
  std::span<double const> const below = k.shares;
  e.n = moments(below).n;
  if (e.n < 2) return k;
  auto const n = static_cast<double>(values_.size());
  double const error = std::sqrt(design_effect(below, e.mean) * probability * (1 - probability) / n);
  double const margin = student_quantile(0.5 + level / 2, e.n - 1) * error;
  // Ranks from 1, with the continuity correction of a count: fewer than `first` histories up to the quantile, or at
  // least `last` below it, is what the interval rules out.
  double const first = std::floor(n * (probability - margin) + 0.5);
  double const last = std::ceil(n * (probability + margin) + 0.5);
  if (first >= 1) e.lo = values_.at(static_cast<std::size_t>(first) - 1);
  if (last <= n) e.hi = values_.at(static_cast<std::size_t>(last) - 1);
  return k;
}

Estimate quantile_difference(ArmQuantiles& treatment, ArmQuantiles& reference, double probability, double level) {
  Estimate const x = treatment.interval(probability, level);
  Estimate const y = reference.interval(probability, level);
  SIM_CHECK(x.n == y.n);
  Estimate e{x.n, x.mean - y.mean, undefined, undefined};
  if (x.n < 2) return e;
  double const t = student_quantile(0.5 + level / 2, x.n - 1);
  double const r = correlation(treatment.shares_at(probability, level), reference.shares_at(probability, level), t * t / 2);
  double const half_x = (x.hi - x.lo) / 2;
  double const half_y = (y.hi - y.lo) / 2;
  double const half = std::sqrt((half_x - half_y) * (half_x - half_y) + 2 * (1 - r) * half_x * half_y);
  e.lo = e.mean - half;
  e.hi = e.mean + half;
  return e;
}

Estimate quantile_interval(Arm const& arm, double probability, double level) { return ArmQuantiles(arm).interval(probability, level); }

Estimate quantile_difference(Arm const& treatment, Arm const& reference, double probability, double level) {
  Pairs const pairs(treatment, reference);
  ArmQuantiles x(pairs.treatment()), y(pairs.reference());
  return quantile_difference(x, y, probability, level);
}

}  // namespace analysis
