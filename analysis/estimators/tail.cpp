#include "analysis/estimators/tail.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimators/paired.hpp"

namespace analysis {
namespace {

struct Tail {
  double cvar = undefined;
  double boundary = undefined;  // the value at which the tail begins
};

double sign_of(Worse worse) { return worse == Worse::lower ? -1 : 1; }

// Of values turned so that higher is worse. Only the tail is put in order.
Tail upper_tail(Selection& values, Worse worse) {
  std::size_t const n = values.size();
  if (n == 0) return {};
  double const weight = std::max(1.0, tail_share * static_cast<double>(n));
  auto const whole = static_cast<std::size_t>(weight + 1e-9);
  std::size_t const count = std::min(whole + 1, n);  // one more than the tail: the boundary
  auto const tail = worse == Worse::lower ? values.before(count) : values.from(n - count);
  std::vector<double> turned(tail.begin(), tail.end());
  for (double& x : turned) x *= sign_of(worse);
  std::sort(turned.begin(), turned.end());
  double const worst = turned.back();
  double sum = 0;  // relative to the worst, so that equal values stay themselves
  for (std::size_t i = 0; i < whole; ++i) sum += turned[count - 1 - i] - worst;
  double const part = std::max(0.0, weight - static_cast<double>(whole));
  return {worst + (sum + part * (turned.front() - worst)) / weight, turned.front()};
}

// Influence of a value on CVaR95, turned so that higher is worse; NaN stays NaN. Its mean over histories is the CVaR itself up to the
// rounding of the tail to whole histories.
double influence(double value, Tail const& tail, double sign) {
  double const x = sign * value;
  return std::isnan(x) ? x : tail.boundary + std::max(x - tail.boundary, 0.0) / tail_share;
}

// CVaR95, or a difference of two, with the influence of each history or pair; both turned.
struct TailInfluence {
  double cvar = undefined;
  std::vector<double> influence;
};

TailInfluence influence_of(OrderedArm const& arm, Worse worse) {
  Tail const tail = upper_tail(*arm.values, worse);
  TailInfluence t{tail.cvar, std::vector<double>(arm.arm.values.size())};
  for (std::size_t i = 0; i < t.influence.size(); ++i) t.influence[i] = influence(arm.arm.values[i], tail, sign_of(worse));
  return t;
}

TailInfluence influence_of_pairs(OrderedArm const& treatment, OrderedArm const& reference, Worse worse) {
  TailInfluence t = influence_of(treatment, worse);
  Tail const other = upper_tail(*reference.values, worse);
  t.cvar -= other.cvar;
  for (std::size_t i = 0; i < t.influence.size(); ++i) t.influence[i] -= influence(reference.arm.values[i], other, sign_of(worse));
  return t;
}

Estimate around(double value, Estimate interval, Worse worse) {
  Estimate e{interval.n, sign_of(worse) * value, undefined, undefined};
  double const half = (interval.hi - interval.lo) / 2;
  e.lo = e.mean - half;
  e.hi = e.mean + half;
  return e;
}

}  // namespace

double cvar95(std::span<double const> values, Worse worse) {
  Selection selection(values);
  return sign_of(worse) * upper_tail(selection, worse).cvar;
}

Estimate cvar95_interval(OrderedArm const& arm, Worse worse, double level) {
  TailInfluence const t = influence_of(arm, worse);
  return around(t.cvar, clustered_mean(arm.arm.with(t.influence), level), worse);
}

Estimate cvar95_interval(Arm const& arm, Worse worse, double level) {
  Selection values(arm.values);
  return cvar95_interval(OrderedArm{arm, &values}, worse, level);
}

Estimate cvar95_difference(OrderedArm const& treatment, OrderedArm const& reference, Worse worse, double level) {
  TailInfluence const t = influence_of_pairs(treatment, reference, worse);
  return around(t.cvar, clustered_mean(treatment.arm.with(t.influence), level), worse);
}

Estimate cvar95_difference(Arm const& treatment, Arm const& reference, Worse worse, double level) {
  Pairs const pairs(treatment, reference);
  Selection with(pairs.treatment().values), without(pairs.reference().values);
  return cvar95_difference(OrderedArm{pairs.treatment(), &with}, OrderedArm{pairs.reference(), &without}, worse, level);
}

std::vector<double> cvar95_influences(Arm const& treatment, Arm const* reference, Worse worse) {
  if (reference == nullptr) {
    Selection values(treatment.values);
    return influence_of({treatment, &values}, worse).influence;
  }
  Pairs const pairs(treatment, *reference);
  Selection with(pairs.treatment().values), without(pairs.reference().values);
  return influence_of_pairs({pairs.treatment(), &with}, {pairs.reference(), &without}, worse).influence;
}

}  // namespace analysis
