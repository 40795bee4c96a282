#include <algorithm>
#include <cmath>

#include "sim/campaign/sampling/latin_hypercube.hpp"

namespace sim {
namespace {

/// Products that a search may compute: about a second.
constexpr std::uint64_t products_max = 200'000'000;
constexpr std::uint64_t trials_max = 4'000'000;

/// Entry centred on 0: an odd or even whole number from -(n - 1) to n - 1.
std::int64_t centred(std::vector<std::uint32_t> const& column, std::size_t i) {
  return 2 * std::int64_t{column[i]} - static_cast<std::int64_t>(column.size() - 1);
}

/// Inner products of all columns [columns x columns]; exact, below 2^63 for a million points.
std::vector<std::int64_t> products(Strata const& strata) {
  std::size_t const width = strata.size(), n = strata.front().size();
  std::vector<std::int64_t> all(width * width, 0);
  for (std::size_t a = 0; a < width; ++a)
    for (std::size_t b = 0; b < a; ++b) {
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < n; ++i) sum += centred(strata[a], i) * centred(strata[b], i);
      all[a * width + b] = all[b * width + a] = sum;
    }
  return all;
}

double square(std::int64_t x) { return static_cast<double>(x) * static_cast<double>(x); }

/// Exchanges entries r and s of column c if that lowers the sum of squared products; keeps the products true.
void try_exchange(Strata& strata, std::vector<std::int64_t>& product, std::size_t c, std::size_t r, std::size_t s) {
  std::size_t const width = strata.size();
  std::int64_t const gap = centred(strata[c], s) - centred(strata[c], r);
  double change = 0;
  auto const shift = [&](std::size_t k) { return gap * (centred(strata[k], r) - centred(strata[k], s)); };
  for (std::size_t k = 0; k < width; ++k)
    if (k != c) change += square(product[c * width + k] + shift(k)) - square(product[c * width + k]);
  if (!(change < 0)) return;
  for (std::size_t k = 0; k < width; ++k)
    if (k != c) product[k * width + c] = product[c * width + k] += shift(k);
  std::swap(strata[c][r], strata[c][s]);
}

}  // namespace

void decorrelate(Strata& strata, std::uint64_t seed) {
  if (strata.size() < 2 || strata.front().size() < 3) return;
  auto const width = static_cast<std::uint32_t>(strata.size());
  auto const n = static_cast<std::uint32_t>(strata.front().size());
  auto product = products(strata);
  auto stream = design_stream(seed, stream_id("latin_hypercube nearly_orthogonal"));
  std::uint64_t const trials = std::min({trials_max, products_max / width, std::uint64_t{2000} * n * width});
  for (std::uint64_t trial = 0; trial < trials; ++trial) {
    auto const c = stream.below(width);
    auto const r = stream.below(n), s = stream.below(n);
    if (r != s) try_exchange(strata, product, c, r, s);
  }
}

double largest_correlation(Strata const& strata) {
  double const n = static_cast<double>(strata.front().size());
  double const norm = n * (n * n - 1) / 3;  // of a centred column
  double largest = 0;
  for (auto const product : products(strata)) largest = std::max(largest, std::fabs(static_cast<double>(product)) / norm);
  return largest;
}

}  // namespace sim
