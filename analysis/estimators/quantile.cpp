#include "analysis/estimators/quantile.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimators/mean.hpp"
#include "sim/base/contracts.hpp"

namespace analysis {

std::vector<double> sorted(std::span<double const> values) {
  std::vector<double> kept;
  kept.reserve(values.size());
  for (double const x : values) {
    if (!std::isnan(x)) kept.push_back(x);
  }
  std::sort(kept.begin(), kept.end());
  return kept;
}

double quantile(std::span<double const> ascending, double probability) {
  SIM_CHECK(probability >= 0 && probability <= 1);
  if (ascending.empty()) return undefined;
  double const place = probability * static_cast<double>(ascending.size() - 1);
  auto const below = static_cast<std::size_t>(place);
  if (below + 1 >= ascending.size()) return ascending.back();
  double const low = ascending[below];
  double const high = ascending[below + 1];
  return low == high ? low : low + (place - static_cast<double>(below)) * (high - low);
}

std::vector<double> quantiles(std::span<double const> ascending, std::span<double const> probabilities) {
  std::vector<double> all;
  all.reserve(probabilities.size());
  for (double const p : probabilities) all.push_back(quantile(ascending, p));
  return all;
}

}  // namespace analysis
