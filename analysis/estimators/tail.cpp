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

// CVaR95, or a difference of two, with the influence of each history or pair; both turned.
struct TailInfluence {
  double cvar = undefined;
  std::vector<double> influence;
};

TailInfluence influence_of(std::span<double const> values, Worse worse) {
  auto const x = turned(values, worse);
  Tail const tail = upper_tail(present(x));
  return {tail.cvar, influences(x, tail)};
}

TailInfluence influence_of_pairs(std::span<double const> treatment, std::span<double const> reference, Worse worse) {
  SIM_CHECK(treatment.size() == reference.size());
  std::vector<double> a(treatment.begin(), treatment.end());
  std::vector<double> b(reference.begin(), reference.end());
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::isnan(a[i]) || std::isnan(b[i])) a[i] = b[i] = undefined;
  }
  TailInfluence t = influence_of(a, worse);
  TailInfluence const other = influence_of(b, worse);
  t.cvar -= other.cvar;
  for (std::size_t i = 0; i < a.size(); ++i) t.influence[i] -= other.influence[i];
  return t;
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

Estimate cvar95_interval(Arm const& arm, Worse worse, double level) {
  TailInfluence const t = influence_of(arm.values, worse);
  return around(t.cvar, clustered_mean(arm.with(t.influence), level), worse);
}

Estimate cvar95_difference(Arm const& treatment, Arm const& reference, Worse worse, double level) {
  TailInfluence const t = influence_of_pairs(treatment.values, reference.values, worse);
  return around(t.cvar, clustered_mean(treatment.with(t.influence), level), worse);
}

std::vector<double> cvar95_influences(Arm const& treatment, Arm const* reference, Worse worse) {
  return reference == nullptr ? influence_of(treatment.values, worse).influence
                              : influence_of_pairs(treatment.values, reference->values, worse).influence;
}

}  // namespace analysis
