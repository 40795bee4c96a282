#include "analysis/estimators/sign_test.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "analysis/estimators/quantile.hpp"
#include "sim/base/math.hpp"

namespace analysis {
namespace {

// The largest k with P(B < k) <= beyond, B the heads in n tosses; 0 if there is none above it.
std::uint64_t rejected(std::uint64_t n, double beyond) {
  // A guess from the normal approximation, then steps of one: it is off by one or two.
  double const half = static_cast<double>(n) / 2;
  double const guess = half + sim::math::normal_quantile(beyond) * std::sqrt(half / 2);
  auto k = guess > 0 ? static_cast<std::uint64_t>(guess) : 0;
  while (k > 0 && fair_binomial_cdf(k - 1, n) > beyond) --k;
  while (k < n && fair_binomial_cdf(k, n) <= beyond) ++k;
  return k;
}

}  // namespace

double fair_binomial_cdf(std::uint64_t k, std::uint64_t n) {
  if (k >= n) return 1;
  return sim::math::beta_tails(0.5, 0.5, static_cast<double>(n - k), static_cast<double>(k + 1)).lower;
}

SignTest sign_test(std::span<double const> values, double level) {
  std::vector<double> kept;
  kept.reserve(values.size());
  std::uint64_t below = 0, above = 0;
  for (double const x : values) {
    if (std::isnan(x)) continue;
    kept.push_back(x);
    below += x < 0;
    above += x > 0;
  }
  SignTest t;
  std::size_t const n = t.median.n = kept.size();
  if (n == 0) return t;
  t.p = below + above == 0 ? 1 : std::min(1.0, 2 * fair_binomial_cdf(std::min(below, above), below + above));
  auto const k = static_cast<std::size_t>(rejected(n, (1 - level) / 2));
  // Ranks from 0, ascending; each selection leaves smaller values before it.
  std::size_t const middle = (n - 1) / 2;
  std::vector<std::size_t> ranks{middle, n / 2};
  if (k > 0) ranks = {k - 1, middle, n / 2, n - k};
  auto const found = order_statistics(std::move(kept), ranks);
  std::size_t const first = k > 0 ? 1 : 0;
  double const low = found[first], high = found[first + 1];
  t.median.mean = low == high ? low : low + (high - low) / 2;
  if (k > 0) {
    t.median.lo = found.front();
    t.median.hi = found.back();
  }
  return t;
}

}  // namespace analysis
