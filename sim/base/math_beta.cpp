// Beta distribution: continued fraction (Didonato & Morris, ACM TOMS 18 (1992) 360), Halley's iteration in the logit.
#include <cmath>

#include "sim/base/contracts.hpp"
#include "sim/base/math.hpp"
#include "sim/base/math_parts.hpp"

namespace sim::math {
namespace {

constexpr double large = 8;  // from here on Stirling's series is used
constexpr double sqrt_two_pi = 0x1.40d931ff62706p+1;
constexpr double epsilon = 0x1p-53;

/// log(Gamma(a + b) / Gamma(b)) for b >= 8 without the cancellation of two large logarithms.
double log_gamma_ratio(double a, double b) {
  double const u = a / b;
  return a * log(b) + b * log1p_minus(u) + (a - 0.5) * log1p(u) + stirling_error(a + b) - stirling_error(b);
}

/// log(x), given y = 1 - x too.
double log_of_share(double x, double y) { return x < 0.5 ? log(x) : log1p(-y); }

/// x^a y^b / B(a, b) with y = 1 - x.
double beta_prefactor(double x, double y, double a, double b) {
  if (a >= large && b >= large) {  // C. Loader (2000)
    double const excess = b * x - a * y;
    double const exponent = a * log1p_minus(excess / a) + b * log1p_minus(-excess / b);
    double const error = stirling_error(a + b) - stirling_error(a) - stirling_error(b);
    return exp(exponent + error) * std::sqrt(a / (a + b) * b) / sqrt_two_pi;
  }
  double const powers = a * log_of_share(x, y) + b * log_of_share(y, x);
  if (b >= large) return exp(powers + log_gamma_ratio(a, b) - lgamma(a));
  if (a >= large) return exp(powers + log_gamma_ratio(b, a) - lgamma(b));
  return exp(powers + lgamma(a + b) - lgamma(a) - lgamma(b));
}

/// The continued fraction of I_x(a, b) B(a, b) a / (x^a y^b), DLMF 8.17.22, by the modified Lentz method.
double beta_fraction(double x, double a, double b) {
  constexpr double tiny = 1e-300;
  double c = 1, d = 1 - (a + b) * x / (a + 1);
  d = 1 / (magnitude(d) < tiny ? tiny : d);
  double fraction = d;
  auto const extend = [&](double numerator) {
    d = 1 + numerator * d;
    d = 1 / (magnitude(d) < tiny ? tiny : d);
    c = 1 + numerator / c;
    c = magnitude(c) < tiny ? tiny : c;
    fraction *= c * d;
    return c * d;
  };
  for (double m = 1;; m += 1) {
    extend(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)));
    double const factor = extend(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)));
    if (magnitude(factor - 1) < 2 * epsilon) return fraction;
  }
}

/// logit of a quantile: normal in the logit for large shapes, power laws at the ends else.
double first_guess(double p, double a, double b) {
  if (a > 1 && b > 1) {  // Abramowitz & Stegun 26.5.22
    double const z = -normal_quantile(p);
    double const s = 1 / (2 * a - 1), t = 1 / (2 * b - 1), h = 2 / (s + t), lambda = (z * z - 3) / 6;
    double const w = z * std::sqrt(h + lambda > 0 ? h + lambda : 0) / h - (t - s) * (lambda + 5.0 / 6 - 2 / (3 * h));
    return log(a / b) - 2 * w;
  }
  double const log_b = lgamma(a) + lgamma(b) - lgamma(a + b);
  double const left = (log(p) + log(a) + log_b) / a, right = (log1p(-p) + log(b) + log_b) / b;
  return left < right ? left : -right;
}

}  // namespace

Tails beta_tails(double x, double complement, double a, double b) {
  bool const is_defined = a > 0 && b > 0 && a < infinity && b < infinity && x >= 0 && complement >= 0;
  if (!is_defined) return {not_a_number, not_a_number};
  if (x == 0 || complement == 0) return x == 0 ? Tails{0, 1} : Tails{1, 0};
  double const prefactor = beta_prefactor(x, complement, a, b);
  if (x * (a + b + 2) < a + 1) {
    double const lower = prefactor * beta_fraction(x, a, b) / a;
    return {lower, 1 - lower};
  }
  double const upper = prefactor * beta_fraction(complement, b, a) / b;
  return {1 - upper, upper};
}

double beta_quantile(double p, double a, double b) {
  if (!(p >= 0 && p <= 1 && a > 0 && b > 0) || a == infinity || b == infinity) return not_a_number;
  if (p == 0 || p == 1) return p;
  bool const by_lower = p <= 0.5;
  double const log_target = log(by_lower ? p : 1 - p);
  double w = first_guess(p, a, b);
  // In the logit the beta density is log-concave, and so are both tails: Newton's step never diverges.
  for (int iteration = 0; iteration < 100; ++iteration) {
    if (w < -700) return exp((log(p) + log(a) + lgamma(a) + lgamma(b) - lgamma(a + b)) / a);  // the power law
    if (w > 37) return 1;
    double const x = logistic(w), y = logistic(-w);
    Tails const tails = beta_tails(x, y, a, b);
    double const tail = by_lower ? tails.lower : tails.upper;
    double const slope = beta_prefactor(x, y, a, b) / (by_lower ? tail : -tail);
    double const miss = log(tail) - log_target;
    double const newton = -miss / slope;
    double const bend = 1 + 0.5 * newton * (a * y - b * x - slope);
    double step = newton / (bend < 0.5 ? 0.5 : bend > 2 ? 2.0 : bend);
    step = step > 4 ? 4.0 : step < -4 ? -4.0 : step;
    w += step;
    if (magnitude(step) < 1e-5 && magnitude(miss) < 1e-5) return logistic(w);
  }
  SIM_CHECK(!"beta_quantile converges");
  return logistic(w);
}

}  // namespace sim::math
