#include "analysis/estimators/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "analysis/estimators/mean.hpp"
#include "sim/base/contracts.hpp"

namespace analysis {

namespace {

std::vector<double> present(std::span<double const> values) {
  std::vector<double> kept;
  kept.reserve(values.size());
  std::copy_if(values.begin(), values.end(), std::back_inserter(kept), [](double x) { return !std::isnan(x); });
  return kept;
}

// Where a quantile lies among n values: between the values of rank `below` and below + 1.
struct Place {
  std::size_t below = 0;
  double part = 0;
};

Place place_of(double probability, std::size_t n) {
  SIM_CHECK(probability >= 0 && probability <= 1);
  double const place = probability * static_cast<double>(n - 1);
  auto const below = static_cast<std::size_t>(place);
  return {below, place - static_cast<double>(below)};
}

double between(double low, double high, double part) { return low == high ? low : low + part * (high - low); }

}  // namespace

std::vector<double> sorted(std::span<double const> values) {
  auto kept = present(values);
  std::sort(kept.begin(), kept.end());
  return kept;
}

double quantile(std::span<double const> ascending, double probability) {
  if (ascending.empty()) return undefined;
  auto const [below, part] = place_of(probability, ascending.size());
  if (below + 1 >= ascending.size()) return ascending.back();
  return between(ascending[below], ascending[below + 1], part);
}

std::vector<double> quantiles(std::span<double const> ascending, std::span<double const> probabilities) {
  std::vector<double> all;
  all.reserve(probabilities.size());
  for (double const p : probabilities) all.push_back(quantile(ascending, p));
  return all;
}

std::vector<double> selected_quantiles(std::span<double const> values, std::span<double const> probabilities) {
  auto kept = present(values);
  if (kept.empty()) return std::vector<double>(probabilities.size(), undefined);
  std::vector<double> all;
  auto first = kept.begin();  // everything before it is no larger than anything from it on
  for (double const p : probabilities) {
    auto const [below, part] = place_of(p, kept.size());
    auto const low = kept.begin() + static_cast<std::ptrdiff_t>(below);
    SIM_CHECK(low >= first);
    std::nth_element(first, low, kept.end());
    first = low;
    auto const next = low + 1;
    all.push_back(next == kept.end() ? *low : between(*low, *std::min_element(next, kept.end()), part));
  }
  return all;
}

std::vector<double> order_statistics(std::vector<double> values, std::span<std::size_t const> ranks) {
  std::vector<double> all;
  all.reserve(ranks.size());
  auto first = values.begin();  // everything before it is no larger than anything from it on
  for (std::size_t const rank : ranks) {
    auto const place = values.begin() + static_cast<std::ptrdiff_t>(rank);
    SIM_CHECK(rank < values.size() && place >= first);
    std::nth_element(first, place, values.end());
    first = place;
    all.push_back(*place);
  }
  return all;
}

}  // namespace analysis
