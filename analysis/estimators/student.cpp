#include "analysis/estimators/student.hpp"

#include <cmath>

#include "sim/base/contracts.hpp"
#include "sim/base/math.hpp"

namespace analysis {
namespace {

constexpr double pi = 3.14159265358979323846;
constexpr std::size_t series_limit = 2000;

// atan(x) for x >= 0 from square roots alone: halve the angle four times, then its Taylor series.
double arc_tangent(double x) {
  if (x > 1) return pi / 2 - arc_tangent(1 / x);
  for (int i = 0; i < 4; ++i) x = x / (1 + std::sqrt(1 + x * x));
  double const square = x * x;
  double sum = 0;
  for (int k = 12; k >= 0; --k) sum = 1.0 / (2 * k + 1) - square * sum;
  return 16 * x * sum;
}

double whole_power(double base, std::size_t exponent) {
  double result = 1;
  for (; exponent != 0; exponent /= 2, base *= base) {
    if (exponent % 2 != 0) result *= base;
  }
  return result;
}

// Gamma((n + 1)/2) / Gamma(n/2), by g(n + 2) = g(n) (n + 1)/n.
double gamma_ratio(std::size_t n) {
  double g = n % 2 != 0 ? 1 / std::sqrt(pi) : std::sqrt(pi) / 2;
  for (std::size_t k = n % 2 != 0 ? 1 : 2; k < n; k += 2) g *= static_cast<double>(k + 1) / static_cast<double>(k);
  return g;
}

// Abramowitz and Stegun 26.7.5, with z the normal quantile of the same probability.
double cornish_fisher(double z, double n) {
  double const s = z * z;
  double const g1 = z * (s + 1) / 4;
  double const g2 = z * ((5 * s + 16) * s + 3) / 96;
  double const g3 = z * (((3 * s + 19) * s + 17) * s - 15) / 384;
  double const g4 = z * ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945) / 92160;
  return z + (g1 + (g2 + (g3 + g4 / n) / n) / n) / n;
}

// The t > 0 with P(|T| <= t) = central: Newton's method kept inside a bracket.
double invert(double central, std::size_t degrees, double start) {
  double const n = static_cast<double>(degrees);
  double const scale = 2 * gamma_ratio(degrees) / std::sqrt(n * pi);
  double low = 0;
  double high = start;
  while (student_central(high, degrees) < central) {
    low = high;
    high *= 2;
    if (!(high < 1e300)) return high;
  }
  double t = start > low && start < high ? start : (low + high) / 2;
  for (int i = 0; i < 200; ++i) {
    double const excess = student_central(t, degrees) - central;
    (excess > 0 ? high : low) = t;
    double const cosine = std::sqrt(n / (n + t * t));
    double next = t - excess / (scale * whole_power(cosine, degrees + 1));
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (std::fabs(next - t) <= 2e-16 * t) return next;
    t = next;
  }
  return t;
}

}  // namespace

double student_central(double t, std::size_t degrees) {
  double const n = static_cast<double>(degrees);
  double const sine = t / std::sqrt(n + t * t);
  double const cosine = std::sqrt(n / (n + t * t));
  double const square = cosine * cosine;
  bool const odd = degrees % 2 != 0;
  double term = odd ? cosine : 1.0;
  double sum = degrees == 1 ? 0.0 : term;
  for (std::size_t k = odd ? 3 : 2; k + 2 <= degrees; k += 2) {
    term *= square * static_cast<double>(k - 1) / static_cast<double>(k);
    sum += term;
  }
  if (!odd) return sine * sum;
  return 2 / pi * (arc_tangent(t / std::sqrt(n)) + sine * sum);
}

double student_quantile(double probability, std::size_t degrees) {
  SIM_CHECK(probability > 0 && probability < 1 && degrees >= 1);
  if (probability == 0.5) return 0;
  double const z = sim::math::normal_quantile(probability);
  double const expansion = cornish_fisher(z, static_cast<double>(degrees));
  if (degrees > series_limit) return expansion;
  double const central = std::fabs(2 * probability - 1);
  double const t = invert(central, degrees, std::fabs(z) + 0.01);
  return probability > 0.5 ? t : -t;
}

}  // namespace analysis
