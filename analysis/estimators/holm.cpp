#include "analysis/estimators/holm.hpp"

#include <algorithm>
#include <cmath>

namespace analysis {

Holm holm(std::span<double const> p_values) {
  Holm h{std::vector<double>(p_values.size(), undefined), 0, 0};
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p_values.size(); ++i) {
    if (!std::isnan(p_values[i])) order.push_back(i);
  }
  h.family = order.size();
  h.left_out = p_values.size() - order.size();
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  double least = 0;  // adjusted values never fall from one step to the next
  for (std::size_t i = 0; i < order.size(); ++i) {
    least = std::max(least, std::min(1.0, static_cast<double>(order.size() - i) * p_values[order[i]]));
    h.adjusted[order[i]] = least;
  }
  return h;
}

}  // namespace analysis
