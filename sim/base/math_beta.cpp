// Beta distribution: continued fraction (Didonato & Morris, ACM TOMS 18 (1992) 360), Halley's iteration in the logit.
#include <cmath>

#include "sim/base/contracts.hpp"
#include "sim/base/math.hpp"
#include "sim/base/math_parts.hpp"

namespace sim::math {
namespace {

constexpr double large = 8;  // from here on Stirling's series is used
constexpr double half_log_two_pi = 0x1.d67f1c864beb5p-1;
constexpr double epsilon = 0x1p-53;

/// log(Gamma(a + b) / Gamma(b)) for b >= 8 without the cancellation of two large logarithms.
double log_gamma_ratio(double a, double b) {
  double const u = a / b;
  return a * log(b) + b * log1p_minus(u) + (a - 0.5) * log1p(u) + stirling_error(a + b) - stirling_error(b);
}

/// log(x), given y = 1 - x too.
double log_of_share(double x, double y) { return x < 0.5 ? log(x) : log1p(-y); }

/// log(x^a y^b / B(a, b)) with y = 1 - x.
double log_prefactor(double x, double y, double a, double b) {
  if (a >= large && b >= large) {  // C. Loader (2000)
    double const excess = b * x - a * y;
    double const exponent =
        a * log_deviance(x * (a + b) / a, excess / a) + b * log_deviance(y * (a + b) / b, -excess / b);
    double const error = stirling_error(a + b) - stirling_error(a) - stirling_error(b);
    return exponent + (error + 0.5 * log(a / (a + b) * b) - half_log_two_pi);
  }
  double const powers = a * log_of_share(x, y) + b * log_of_share(y, x);
  if (b >= large) return powers + log_gamma_ratio(a, b) - lgamma(a);
  if (a >= large) return powers + log_gamma_ratio(b, a) - lgamma(b);
  return powers + lgamma(a + b) - lgamma(a) - lgamma(b);
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

/// The tail that the continued fraction gives: below x left of the mean, above x right of it.
struct DirectTail {
  double log_prefactor;
  double series;  // tail / prefactor
  bool is_lower;
};

DirectTail direct_tail(double x, double y, double a, double b) {
  bool const is_lower = x * (a + b + 2) < a + 1;
  double const series = is_lower ? beta_fraction(x, a, b) / a : beta_fraction(y, b, a) / b;
  return {log_prefactor(x, y, a, b), series, is_lower};
}

/// Logarithm of one tail and its derivative by the logit of x, without underflow.
struct LogTail {
  double value;
  double slope;
};

LogTail log_tail(double x, double y, double a, double b, bool want_lower) {
  DirectTail const direct = direct_tail(x, y, a, b);
  double const sign = want_lower ? 1 : -1;
  double const log_direct = direct.log_prefactor + log(direct.series);
  if (direct.is_lower == want_lower) return {log_direct, sign / direct.series};
  double const difference = 1 - exp(log_direct);
  double const tail = difference > epsilon ? difference : epsilon;
  return {log(tail), sign * exp(direct.log_prefactor) / tail};
}

/// log(B(a, b)).
double log_beta(double a, double b) {
  if (b >= large) return lgamma(a) - log_gamma_ratio(a, b);
  if (a >= large) return lgamma(b) - log_gamma_ratio(b, a);
  return lgamma(a) + lgamma(b) - lgamma(a + b);
}

/// logit(x) from log(x) < 0, kept from 0.
double logit_of_log(double log_x) {
  double const at_most = log_x < -0.5 ? log_x : -0.5;
  return at_most - log(-expm1(at_most));
}

/// logit of a quantile: nearly normal between, power laws at the ends.
double first_guess(double p, double a, double b) {
  double const z = a > 1 && b > 1 ? -normal_quantile(p) : infinity;
  if (magnitude(z) < 4) {  // Abramowitz & Stegun 26.5.22
    double const s = 1 / (2 * a - 1), t = 1 / (2 * b - 1), h = 2 / (s + t), lambda = (z * z - 3) / 6;
    double const root = std::sqrt(h + lambda > 0 ? h + lambda : 0);
    return log(a / b) - 2 * (z * root / h - (t - s) * (lambda + 5.0 / 6 - 2 / (3 * h)));
  }
  double const left = (log(p) + log(a) + log_beta(a, b)) / a;      // P = x^a / (a B(a, b)) (1 + ...)
  double const right = (log1p(-p) + log(b) + log_beta(a, b)) / b;  // the same for 1 - P in 1 - x
  return left < right ? logit_of_log(left) : -logit_of_log(right);
}

}  // namespace

Tails beta_tails(double x, double complement, double a, double b) {
  bool const is_defined = a > 0 && b > 0 && a < infinity && b < infinity && x >= 0 && complement >= 0;
  if (!is_defined) return {not_a_number, not_a_number};
  if (x == 0 || complement == 0) return x == 0 ? Tails{0, 1} : Tails{1, 0};
  DirectTail const direct = direct_tail(x, complement, a, b);
  double const tail = exp(direct.log_prefactor) * direct.series;
  return direct.is_lower ? Tails{tail, 1 - tail} : Tails{1 - tail, tail};
}

double beta_quantile(double p, double a, double b) {
  if (!(p >= 0 && p <= 1 && a > 0 && b > 0) || a == infinity || b == infinity) return not_a_number;
  if (p == 0 || p == 1) return p;
  constexpr double last_logit = 700;  // beyond, x or 1 - x is no normal double
  bool const by_lower = p <= 0.5;
  double const log_target = log(by_lower ? p : 1 - p);
  double const guess = first_guess(p, a, b);
  double w = guess < -last_logit ? -last_logit : guess > last_logit ? last_logit : guess;
  // In the logit the beta density is log-concave, and so are both tails: Newton's step never diverges.
  for (int iteration = 0; iteration < 200; ++iteration) {
    double const x = logistic(w), y = logistic(-w);
    LogTail const tail = log_tail(x, y, a, b, by_lower);
    double const miss = tail.value - log_target;
    double const newton = -miss / tail.slope;
    double const bend = 1 + 0.5 * newton * (a * y - b * x - tail.slope);
    double const step = newton / (bend < 0.5 ? 0.5 : bend > 2 ? 2.0 : bend);
    double const longest = 4 + 0.5 * magnitude(w);
    if (w == -last_logit && step <= 0) return exp((log(p) + log(a) + log_beta(a, b)) / a);  // the power law
    if (w == last_logit && step >= 0) return 1;
    w += step > longest ? longest : step < -longest ? -longest : step;
    w = w < -last_logit ? -last_logit : w > last_logit ? last_logit : w;
    if (magnitude(step) < 1e-5 && magnitude(miss) < 1e-5) return logistic(w);
  }
  SIM_CHECK(!"beta_quantile converges");
  return logistic(w);
}

}  // namespace sim::math
