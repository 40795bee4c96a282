// Gamma function and gamma distribution: Stirling's series, saddle-point prefactor, series, continued fraction.
#include <cmath>
#include <iterator>

#include "sim/base/contracts.hpp"
#include "sim/base/math.hpp"
#include "sim/base/math_parts.hpp"

namespace sim::math {
namespace {

constexpr double stirling_from = 8;                      // smallest argument of Stirling's series
constexpr double half_log_two_pi = 0x1.d67f1c864beb5p-1;
constexpr double epsilon = 0x1p-54;

/// lgamma(2 + z) for |z| <= 1/2: (1 - gamma) z + sum of (-1)^n (zeta(n) - 1) z^n / n (Abramowitz & Stegun 6.1.33).
double lgamma_around_two(double z) {
  static constexpr double zeta_minus_one_over_n[] = {
      0.3224670334241132,     0.067352301053198102,   0.020580808427784546,   0.0073855510286739857,
      0.0028905103307415234,  0.001192753911703261,   0.00050966952474304245, 0.00022315475845357939,
      9.9457512781808531e-05, 4.4926236738133142e-05, 2.0507212775670691e-05, 9.4394882752683967e-06,
      4.3748667899074882e-06, 2.0392157538013662e-06, 9.5514121304074194e-07, 4.4924691987645662e-07,
      2.1207184805554665e-07, 1.0043224823968099e-07, 4.7698101693639804e-08, 2.2711094608943164e-08,
      1.0838659214896955e-08, 5.1834750419700466e-09, 2.4836745438024785e-09, 1.1921401405860912e-09,
  };
  double sum = 0;
  for (std::size_t n = std::size(zeta_minus_one_over_n); n-- > 0;) sum = zeta_minus_one_over_n[n] - z * sum;
  return z * (0.42278433509846713 + z * sum);
}

/// 1/(12 x) - 1/(360 x^3) + ..., Bernoulli numbers over 2k (2k - 1) (Abramowitz & Stegun 6.1.40).
double stirling_series(double x) {
  static constexpr double terms[] = {1.0 / 12,   -1.0 / 360,        1.0 / 1260, -1.0 / 1680,
                                     1.0 / 1188, -691.0 / 360360.0, 1.0 / 156,  -3617.0 / 122400.0};
  double const inverse = 1 / x, square = inverse * inverse;
  double sum = 0;
  for (std::size_t n = std::size(terms); n-- > 0;) sum = terms[n] + square * sum;
  return inverse * sum;
}

/// log(x^a e^-x / Gamma(a + 1)), after C. Loader, "Fast and accurate computation of binomial probabilities" (2000).
double log_prefactor(double x, double a) {
  if (a < stirling_from) return a * log(x) - x - lgamma(a + 1);
  return a * log_deviance(x / a, (x - a) / a) - (stirling_series(a) + half_log_two_pi + 0.5 * log(a));
}

/// 1 + x/(a + 1) + x^2/((a + 1)(a + 2)) + ... (Abramowitz & Stegun 6.5.29).
double lower_series(double x, double a) {
  double term = 1, sum = 1;
  for (double n = a + 1; term > epsilon * sum; n += 1) sum += term *= x / n;
  return sum;
}

/// Legendre's continued fraction (DLMF 8.9.2) by Lentz's method as modified by Thompson and Barnett (1986); x >= a + 1.
double upper_fraction(double x, double a) {
  double b = x + 1 - a, c = infinity, d = 1 / b, fraction = d;
  for (double n = 1;; n += 1) {
    double const numerator = n * (a - n);
    b += 2;
    d = 1 / (b + numerator * d);
    c = b + numerator / c;
    double const factor = c * d;
    fraction *= factor;
    if (magnitude(factor - 1) < 4 * epsilon) return fraction;
  }
}

/// The tail that converges fast: below x left of the mean, above x right of it.
struct DirectTail {
  double log_prefactor;
  double series;  // tail / prefactor
  bool is_lower;
};

DirectTail direct_tail(double x, double a) {
  bool const is_lower = x < a + 1;
  return {log_prefactor(x, a), is_lower ? lower_series(x, a) : a * upper_fraction(x, a), is_lower};
}

/// Logarithm of one tail and its derivative by log x, without underflow.
struct LogTail {
  double value;
  double slope;
};

LogTail log_tail(double x, double a, bool want_lower) {
  DirectTail const direct = direct_tail(x, a);
  double const sign = want_lower ? a : -a;
  double const log_direct = direct.log_prefactor + log(direct.series);
  if (direct.is_lower == want_lower) return {log_direct, sign / direct.series};
  double const difference = 1 - exp(log_direct);
  double const tail = difference > epsilon ? difference : epsilon;
  return {log(tail), sign * exp(direct.log_prefactor) / tail};
}

/// Near a quantile: Wilson and Hilferty's cube (PNAS 17 (1931) 684) for shapes from 1, else a power law or a tail.
double first_guess(double p, double shape) {
  if (shape >= 1) {
    double const root = 1 / (3 * std::sqrt(shape));
    double const cube = 1 - root * root + normal_quantile(p) * root;
    double const guess = shape * cube * cube * cube;
    if (cube > 0.3) return guess;
  } else if (p > 1 - shape * (0.253 + 0.12 * shape)) {
    double const part = 1 - shape * (0.253 + 0.12 * shape);
    return 1 - log((1 - p) / (1 - part));
  }
  return exp((log(p) + lgamma(shape + 1)) / shape);  // P = x^a / Gamma(a + 1) (1 + ...) near 0
}

}  // namespace

double log1p_minus(double x) {
  if (magnitude(x) > 0.5) return log1p(x) - x;
  // log1p(x) = 2 atanh(s), s = x / (2 + x), and 2 s - x = -x s.
  double const s = x / (2 + x), square = s * s;
  double sum = 0;
  for (int n = 35; n >= 3; n -= 2) sum = sum * square + 1.0 / n;
  return s * (2 * square * sum - x);
}

double log_deviance(double ratio, double excess) {
  return excess < -0.5 ? log(ratio) - excess : log1p_minus(excess);
}

double lgamma(double x) {
  if (is_nan(x) || x < 0) return not_a_number;
  if (x == 0 || x == infinity) return infinity;
  if (x < 0.5) return lgamma_around_two(x) - log1p(x) - log(x);
  if (x < 1.5) return lgamma_around_two(x - 1) - log1p(x - 1);
  if (x >= stirling_from) return (x - 0.5) * log(x) - x + half_log_two_pi + stirling_series(x);
  double product = 1;
  for (; x > 2.5; x -= 1) product *= x - 1;
  return log(product) + lgamma_around_two(x - 2);
}

double stirling_error(double x) {
  if (x >= stirling_from) return stirling_series(x);
  return lgamma(x) - ((x - 0.5) * log(x) - x + half_log_two_pi);
}

Tails gamma_tails(double x, double shape) {
  if (!(shape > 0) || !(x >= 0) || shape == infinity) return {not_a_number, not_a_number};
  if (x == 0) return {0, 1};
  if (x == infinity) return {1, 0};
  DirectTail const direct = direct_tail(x, shape);
  double const tail = exp(direct.log_prefactor) * direct.series;
  return direct.is_lower ? Tails{tail, 1 - tail} : Tails{1 - tail, tail};
}

double gamma_quantile(double p, double shape) {
  if (!(p >= 0 && p <= 1) || !(shape > 0) || shape == infinity) return not_a_number;
  if (p == 0 || p == 1) return p == 0 ? 0.0 : infinity;
  double x = first_guess(p, shape);
  if (x < 0x1p-55) return x;  // the power law is exact there
  bool const by_lower = p <= 0.5;
  double const log_target = log(by_lower ? p : 1 - p);
  // Halley's iteration for log P or log Q in log x: both are concave there, so that Newton's step never diverges.
  for (int iteration = 0; iteration < 100; ++iteration) {
    LogTail const tail = log_tail(x, shape, by_lower);
    double const miss = tail.value - log_target;
    double const newton = -miss / tail.slope;
    double const bend = 1 + 0.5 * newton * (shape - x - tail.slope);
    double step = newton / (bend < 0.5 ? 0.5 : bend > 2 ? 2.0 : bend);
    step = step > 2 ? 2.0 : step < -2 ? -2.0 : step;
    x *= exp(step);
    if (magnitude(step) < 1e-5 && magnitude(miss) < 1e-5) return x;
  }
  SIM_CHECK(!"gamma_quantile converges");
  return x;
}

}  // namespace sim::math
