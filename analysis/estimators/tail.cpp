#include "analysis/estimators/tail.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "sim/base/contracts.hpp"

namespace analysis {
namespace {

struct Tail {
  double cvar = undefined;
  double boundary = undefined;  // the value at which the tail begins
};

std::vector<double> present(std::span<double const> values) {
  std::vector<double> kept;
  kept.reserve(values.size());
  std::copy_if(values.begin(), values.end(), std::back_inserter(kept), [](double x) { return !std::isnan(x); });
  return kept;
}

// Of values counted so that higher is worse, none NaN. Linear time: only the tail is put in order.
Tail upper_tail(std::vector<double> values) {
  if (values.empty()) return {};
  double const weight = std::max(1.0, tail_share * static_cast<double>(values.size()));
  auto const whole = static_cast<std::size_t>(weight + 1e-9);
  std::size_t const first = values.size() - std::min(whole + 1, values.size());  // one more than the tail: the boundary
  std::nth_element(values.begin(), values.begin() + first, values.end());
  std::sort(values.begin() + first, values.end());
  double const worst = values.back();
  double sum = 0;  // relative to the worst, so that equal values stay themselves
  for (std::size_t i = 0; i < whole; ++i) sum += values[values.size() - 1 - i] - worst;
  double const part = std::max(0.0, weight - static_cast<double>(whole));
  return {worst + (sum + part * (values[first] - worst)) / weight, values[first]};
}

// Influence of each history on CVaR95, turned so that higher is worse; NaN stays NaN. Its mean over histories is
// the CVaR itself up to the rounding of the tail to whole histories.
std::vector<double> influences(std::span<double const> turned, Tail const& tail) {
  std::vector<double> all(turned.size());
  std::transform(turned.begin(), turned.end(), all.begin(), [&](double x) {
    return std::isnan(x) ? x : tail.boundary + std::max(x - tail.boundary, 0.0) / tail_share;
  });
  return all;
}

// The values with the bad end up.
std::vector<double> turned(std::span<double const> values, Worse worse) {
  std::vector<double> all(values.begin(), values.end());
  if (worse == Worse::lower) {
    for (double& x : all) x = -x;
  }
  return all;
}

Estimate around(double value, Estimate interval, Worse worse) {
  double const sign = worse == Worse::lower ? -1 : 1;
  Estimate e{interval.n, sign * value, undefined, undefined};
  double const half = (interval.hi - interval.lo) / 2;
  e.lo = e.mean - half;
  e.hi = e.mean + half;
  return e;
}

}  // namespace

double cvar95(std::span<double const> values, Worse worse) {
  double const cvar = upper_tail(present(turned(values, worse))).cvar;
  return worse == Worse::lower ? -cvar : cvar;
}

Estimate cvar95_interval(Arm const& arm, Worse worse) {
  auto const values = turned(arm.values, worse);
  Tail const tail = upper_tail(present(values));
  auto const influence = influences(values, tail);
  return around(tail.cvar, clustered_mean(arm.with(influence)), worse);
}

Estimate cvar95_difference(Arm const& treatment, Arm const& reference, Worse worse) {
  SIM_CHECK(treatment.values.size() == reference.values.size());
  auto a = turned(treatment.values, worse);
  auto b = turned(reference.values, worse);
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::isnan(a[i]) || std::isnan(b[i])) a[i] = b[i] = undefined;
  }
  Tail const tail_a = upper_tail(present(a));
  Tail const tail_b = upper_tail(present(b));
  auto difference = influences(a, tail_a);
  auto const other = influences(b, tail_b);
  for (std::size_t i = 0; i < difference.size(); ++i) difference[i] -= other[i];
  auto const interval = clustered_mean(treatment.with(difference));
  return around(tail_a.cvar - tail_b.cvar, interval, worse);
}

}  // namespace analysis
