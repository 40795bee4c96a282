// Elementary and quantile functions that give the same bits on every x86-64 machine, with or without FMA.
#pragma once

#include <cstdint>

/// Only IEEE 754 additions, multiplications, divisions and square roots; no libm, no dispatch on the CPU.
/// Arguments outside a function's domain give NaN and NaN gives NaN, as in C. Accuracy is measured against MPFR by
/// tests/base and written down in docs/design/random_numbers.md.
namespace sim::math {

/// e^x; below 0.52 ulp. Overflows to infinity above 709.78, underflows gradually below -708.39.
double exp(double x);
/// Natural logarithm; below 0.52 ulp. -infinity at 0.
double log(double x);
/// x^y; below 1 ulp. Special values as in C.
double pow(double x, double y);
/// e^x - 1 without cancellation near 0; below 1 ulp.
double expm1(double x);
/// log(1 + x) without cancellation near 0; below 1 ulp.
double log1p(double x);

/// 1 / (1 + e^-x), increasing from 0 to 1.
double logistic(double x);
/// log(p / (1 - p)), the inverse of logistic; p in [0, 1].
double logit(double p);

/// Error function, 2/sqrt(pi) times the integral of e^(-t^2) over [0, x].
double erf(double x);
/// 1 - erf(x) without cancellation for large x.
double erfc(double x);
/// Logarithm of the gamma function for x > 0; NaN for x < 0, infinity at 0.
double lgamma(double x);

/// Probability that a standard normal variate is below x; relative accuracy kept in the lower tail.
double normal_cdf(double x);
/// x with normal_cdf(x) = p; p in [0, 1].
double normal_quantile(double p);

/// A probability and its complement, each with full relative accuracy where it is the smaller one.
struct Tails {
  double lower = 0;
  double upper = 0;
};

/// Probability that a gamma variate of this shape and scale 1 is below and above x; shape > 0, x >= 0.
/// The time grows like the square root of the shape.
Tails gamma_tails(double x, double shape);
/// x with gamma_tails(x, shape).lower = p; p in [0, 1].
double gamma_quantile(double p, double shape);

/// Probability that a beta(a, b) variate is below and above x; `complement` is 1 - x, given apart so that x near 1
/// loses nothing. The time grows like the square root of the larger of a and b.
Tails beta_tails(double x, double complement, double a, double b);
/// x with beta_tails(x, 1 - x, a, b).lower = p; p in [0, 1].
double beta_quantile(double p, double a, double b);

/// Probability that a Poisson count of this mean is at most `count`, and above it; mean >= 0.
Tails poisson_tails(std::uint64_t count, double mean);
/// Smallest count whose cumulative probability reaches p; p in [0, 1), mean in [0, 1e12], else a broken contract.
std::uint64_t poisson_quantile(double p, double mean);

}  // namespace sim::math
