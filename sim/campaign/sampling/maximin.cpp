#include <algorithm>
#include <limits>

#include "sim/campaign/sampling/latin_hypercube.hpp"

namespace sim {
namespace {

/// Terms of the criterion that a search may compute: about a second.
constexpr std::uint64_t terms_max = 100'000'000;
constexpr std::uint64_t trials_max = 100'000;

/// d^-16 from d^2; distances of a Latin hypercube are never 0.
double closeness(double distance2) {
  double const inverse = 1 / distance2;
  double const fourth = inverse * inverse * inverse * inverse;
  return fourth * fourth;
}

double squared_gap(std::vector<std::uint32_t> const& column, std::size_t i, std::size_t j) {
  double const gap = static_cast<double>(column[i]) - static_cast<double>(column[j]);
  return gap * gap;
}

/// Squared distances of all pairs [points x points].
std::vector<double> distances2(Strata const& strata) {
  std::size_t const n = strata.front().size();
  std::vector<double> all(n * n, 0);
  for (auto const& column : strata)
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j) all[i * n + j] += squared_gap(column, i, j);
  return all;
}

/// Exchanges entries r and s of `column` if that lowers the criterion; keeps the distances true.
void try_exchange(std::vector<std::uint32_t>& column, std::vector<double>& distance2, std::size_t r, std::size_t s) {
  std::size_t const n = column.size();
  double before = 0, after = 0;
  // The pair (r, s) keeps its distance.
  for (std::size_t k = 0; k < n; ++k) {
    if (k == r || k == s) continue;
    double const change = squared_gap(column, s, k) - squared_gap(column, r, k);
    double const dr = distance2[r * n + k], ds = distance2[s * n + k];
    before += closeness(dr) + closeness(ds);
    after += closeness(dr + change) + closeness(ds - change);
  }
  if (!(after < before)) return;
  for (std::size_t k = 0; k < n; ++k) {
    if (k == r || k == s) continue;
    double const change = squared_gap(column, s, k) - squared_gap(column, r, k);
    distance2[r * n + k] = distance2[k * n + r] += change;
    distance2[s * n + k] = distance2[k * n + s] -= change;
  }
  std::swap(column[r], column[s]);
}

}  // namespace

void spread_apart(Strata& strata, std::uint64_t seed) {
  if (strata.size() < 2 || strata.front().size() < 3) return;
  std::size_t const n = strata.front().size();
  SIM_CHECK(n <= maximin_points_max);
  auto distance2 = distances2(strata);
  auto stream = design_stream(seed, stream_id("latin_hypercube maximin"));
  std::uint64_t const trials = std::min({trials_max, terms_max / (2 * n), std::uint64_t{500} * n * strata.size()});
  for (std::uint64_t trial = 0; trial < trials; ++trial) {
    auto const column = stream.below(static_cast<std::uint32_t>(strata.size()));
    auto const r = stream.below(static_cast<std::uint32_t>(n));
    auto const s = stream.below(static_cast<std::uint32_t>(n));
    if (r != s) try_exchange(strata[column], distance2, r, s);
  }
}

std::uint64_t closest_distance2(Strata const& strata) {
  std::uint64_t closest = std::numeric_limits<std::uint64_t>::max();
  std::size_t const n = strata.front().size();
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      double sum = 0;
      for (auto const& column : strata) sum += squared_gap(column, i, j);
      closest = std::min(closest, static_cast<std::uint64_t>(sum));
    }
  return closest;
}

}  // namespace sim
