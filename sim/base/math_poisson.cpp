// Poisson distribution: exact smallest count, by summing for small means and by incomplete gamma functions else.
#include <cmath>

#include "sim/base/contracts.hpp"
#include "sim/base/math.hpp"
#include "sim/base/math_parts.hpp"

namespace sim::math {
namespace {

/// Cumulative probability of `count` reaches p. Compares the smaller tail, so that it is monotone in p and in count.
bool reaches(std::uint64_t count, double mean, double p) {
  Tails const tails = poisson_tails(count, mean);
  return p <= 0.5 ? tails.lower >= p : tails.upper <= 1 - p;
}

}  // namespace

Tails poisson_tails(std::uint64_t count, double mean) {
  if (mean == 0) return {1, 0};
  Tails const gamma = gamma_tails(mean, static_cast<double>(count) + 1);
  return {gamma.upper, gamma.lower};
}

std::uint64_t poisson_quantile(double p, double mean) {
  SIM_CHECK(p >= 0 && p < 1 && mean >= 0 && mean <= 1e12);
  if (mean < 16 && p < 0.999999) {  // beyond, the rounding of the sum would show
    double term = exp(-mean), sum = term;
    std::uint64_t count = 0;
    while (sum < p) sum += term *= mean / static_cast<double>(++count);
    return count;
  }
  // Cornish and Fisher's expansion to the skewness, then single steps.
  double const z = p > 0 ? normal_quantile(p) : -40.0;
  double const guess = mean + std::sqrt(mean) * z + (z * z - 1) / 6;
  auto count = static_cast<std::uint64_t>(guess > 0 ? guess : 0.0);
  if (reaches(count, mean, p)) {
    while (count > 0 && reaches(count - 1, mean, p)) --count;
    return count;
  }
  while (!reaches(++count, mean, p)) {
  }
  return count;
}

}  // namespace sim::math
