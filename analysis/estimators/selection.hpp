// Order statistics of many values on demand: what one question has put in order helps the next.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace analysis {

/// Values that are partly in order. Each rank is found by selection (C. A. R. Hoare, CACM 4(7), 1961) between the nearest ranks that are known, so
/// k ranks of n values take about n log k steps; nothing is ever fully sorted.
class Selection {
 public:
  /// Takes the values that are not NaN.
  explicit Selection(std::span<double const> values);

  std::size_t size() const { return values_.size(); }
  /// The value at `rank` (from 0, below size()) in ascending order.
  double at(std::size_t rank);
  /// Quantile of type 7 (quantile.hpp); undefined without values.
  double quantile(double probability);
  /// The values from `rank` on, in no order, none smaller than the value at `rank`. Valid until the next call.
  std::span<double const> from(std::size_t rank);
  /// The values before `rank`, in no order, none larger than the value at `rank`. Valid until the next call.
  std::span<double const> before(std::size_t rank);

 private:
  std::vector<double> values_;
  std::vector<std::size_t> known_;  // ascending ranks that stand in their places
};

}  // namespace analysis
