#include "analysis/estimators/selection.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimators/mean.hpp"
#include "sim/base/contracts.hpp"

namespace analysis {

Selection::Selection(std::span<double const> values) {
  values_.reserve(values.size());
  for (double const x : values)
    if (!std::isnan(x)) values_.push_back(x);
}

double Selection::at(std::size_t rank) {
  SIM_CHECK(rank < values_.size());
  auto const above = std::lower_bound(known_.begin(), known_.end(), rank);
  if (above == known_.end() || *above != rank) {
    auto const place = [&](std::size_t r) { return values_.begin() + static_cast<std::ptrdiff_t>(r); };
    auto const first = above == known_.begin() ? values_.begin() : place(*(above - 1) + 1);
    auto const last = above == known_.end() ? values_.end() : place(*above);
    // The end of a stretch is its least or largest value: one pass.
    if (place(rank) == first) std::iter_swap(first, std::min_element(first, last));
    else if (place(rank) + 1 == last) std::iter_swap(place(rank), std::max_element(first, last));
    else std::nth_element(first, place(rank), last);
    known_.insert(above, rank);
  }
  return values_[rank];
}

double Selection::quantile(double probability) {
  SIM_CHECK(probability >= 0 && probability <= 1);
  if (values_.empty()) return undefined;
  double const place = probability * static_cast<double>(values_.size() - 1);
  auto const below = static_cast<std::size_t>(place);
  double const part = place - static_cast<double>(below), low = at(below);
  if (below + 1 >= values_.size()) return low;
  double const high = at(below + 1);
  return low == high ? low : low + part * (high - low);
}

std::span<double const> Selection::from(std::size_t rank) {
  if (rank >= values_.size()) return {};
  at(rank);
  return std::span<double const>(values_).subspan(rank);
}

std::span<double const> Selection::before(std::size_t rank) {
  if (rank < values_.size()) at(rank);
  return std::span<double const>(values_).first(std::min(rank, values_.size()));
}

}  // namespace analysis
