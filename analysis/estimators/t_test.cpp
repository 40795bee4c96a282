#include "analysis/estimators/t_test.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/math.hpp"

namespace analysis {
namespace {

// P(T > (mean - value) / error) of the moments; without spread a step.
double p_above(Moments const& m, double value) {
  double const distance = m.mean - value;
  double const error = std::sqrt(m.variance / static_cast<double>(m.n));
  if (error == 0) return distance > 0 ? 0.0 : distance < 0 ? 1.0 : 0.5;
  return student_upper(distance / error, static_cast<double>(m.n - 1));
}

}  // namespace

double student_upper(double t, double degrees) {
  if (std::isnan(t)) return undefined;
  if (std::isinf(t)) return t > 0 ? 0.0 : 1.0;
  double const square = t * t, whole = degrees + square;
  double const both = sim::math::beta_tails(degrees / whole, square / whole, degrees / 2, 0.5).lower;
  return t >= 0 ? both / 2 : 1 - both / 2;
}

double t_test(Moments const& m, double mean) {
  if (m.n < 2) return undefined;
  double const p = p_above(m, mean);
  return 2 * std::min(p, p_above({m.n, -m.mean, m.variance}, -mean));
}

Equivalence equivalence_test(Moments const& m, double bound) {
  if (!(bound > 0) || m.n < 2) return {};
  // Each p-value is of the wrong side: that the mean is at most -bound, or at least bound.
  double const p = std::max(p_above(m, -bound), p_above({m.n, -m.mean, m.variance}, -bound));
  Estimate const e = mean_interval(m);
  Verdict verdict = Verdict::unclear;
  if (p < equivalence_level) verdict = Verdict::negligible;
  if (e.lo > bound) verdict = Verdict::larger;
  if (e.hi < -bound) verdict = Verdict::smaller;
  return {bound, p, verdict};
}

}  // namespace analysis
