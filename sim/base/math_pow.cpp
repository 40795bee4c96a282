// pow through a logarithm of 66 bits and an exponential of a sum, as Tang (1991) and Ziv (1991) propose.
#include "sim/base/math.hpp"
#include "sim/base/math_parts.hpp"

namespace sim::math {
namespace {

enum class Parity { not_integer, even, odd };

Parity parity_of(double y) {
  double const size = magnitude(y);
  if (!(size < 0x1p53)) return Parity::even;
  auto const whole = static_cast<std::int64_t>(size);
  if (static_cast<double>(whole) != size) return Parity::not_integer;
  return whole % 2 == 0 ? Parity::even : Parity::odd;
}

/// x^y for finite x > 0 and finite y.
double positive_pow(double x, double y) {
  DoubleDouble const log_x = log_sum(x, 0);
  double const estimate = y * log_x.hi;
  if (magnitude(estimate) > 800) return estimate > 0 ? infinity : 0.0;
  if (magnitude(estimate) < 0x1p-60) return 1 + estimate;
  DoubleDouble const product = two_product(y, log_x.hi);
  return exp_sum(product.hi, product.lo + y * log_x.lo);
}

/// The cases of C's Annex F where x or y is infinite, or x is zero; y is not 0 and neither is NaN.
double pow_at_edges(double x, double y, Parity parity) {
  double const sign = parity == Parity::odd && (bits_of(x) >> 63) != 0 ? -1.0 : 1.0;
  if (magnitude(y) == infinity) {
    if (magnitude(x) == 1) return 1;
    return (magnitude(x) > 1) == (y > 0) ? infinity : 0.0;
  }
  return (x == 0) == (y > 0) ? sign * 0.0 : sign * infinity;
}

}  // namespace

double pow(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (is_nan(x) || is_nan(y)) return not_a_number;
  bool const is_edge = x == 0 || magnitude(x) == infinity || magnitude(y) == infinity;
  if (x > 0 && !is_edge) [[likely]] return positive_pow(x, y);
  Parity const parity = parity_of(y);
  if (is_edge) return pow_at_edges(x, y, parity);
  if (parity == Parity::not_integer) return not_a_number;
  double const result = positive_pow(-x, y);
  return parity == Parity::odd ? -result : result;
}

double logistic(double x) {
  if (x >= 0) return 1 / (1 + exp(-x));
  double const e = exp(x);
  return e / (1 + e);
}

double logit(double p) {
  if (!(p >= 0 && p <= 1)) return not_a_number;
  if (p == 1) return infinity;
  if (p > 0.25 && p < 0.75) return log1p((2 * p - 1) / (1 - p));
  return log(p / (1 - p));
}

}  // namespace sim::math
