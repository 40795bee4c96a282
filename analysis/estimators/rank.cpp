#include "analysis/estimators/rank.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/estimators/mean.hpp"
#include "sim/base/contracts.hpp"

namespace analysis {

std::vector<double> ranks(std::span<double const> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> rank(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first;
    while (last + 1 < order.size() && values[order[last + 1]] == values[order[first]]) ++last;
    for (std::size_t i = first; i <= last; ++i) rank[order[i]] = static_cast<double>(first + last) / 2 + 1;
    first = last + 1;
  }
  return rank;
}

double spearman(std::span<double const> x, std::span<double const> y) {
  SIM_CHECK(x.size() == y.size());
  std::vector<double> kept_x;
  std::vector<double> kept_y;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isnan(x[i]) || std::isnan(y[i])) continue;
    kept_x.push_back(x[i]);
    kept_y.push_back(y[i]);
  }
  if (kept_x.size() < 3) return undefined;
  auto const rank_x = ranks(kept_x);
  auto const rank_y = ranks(kept_y);
  double const middle = static_cast<double>(kept_x.size() + 1) / 2;
  double xx = 0;
  double yy = 0;
  double xy = 0;
  for (std::size_t i = 0; i < rank_x.size(); ++i) {
    double const a = rank_x[i] - middle;
    double const b = rank_y[i] - middle;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  if (xx == 0 || yy == 0) return undefined;
  return std::clamp(xy / std::sqrt(xx * yy), -1.0, 1.0);
}

}  // namespace analysis
