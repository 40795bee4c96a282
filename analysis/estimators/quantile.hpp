// Sample quantiles by linear interpolation.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace analysis {

/// The values that are not NaN, ascending.
std::vector<double> sorted(std::span<double const> values);

/// Quantile of ascending values at `probability` in [0, 1]: Hyndman and Fan's type 7, NumPy's and R's default. One
/// value: that value; none: undefined.
double quantile(std::span<double const> ascending, double probability);

/// Quantiles at each probability. [probabilities]
std::vector<double> quantiles(std::span<double const> ascending, std::span<double const> probabilities);

/// The same for values in any order (NaN ignored) and ascending probabilities, in linear time: nothing is sorted.
std::vector<double> selected_quantiles(std::span<double const> values, std::span<double const> probabilities);

/// The values at ascending `ranks` (from 0, each below the number of values) if `values` were sorted; none may be NaN. Linear time.
std::vector<double> order_statistics(std::vector<double> values, std::span<std::size_t const> ranks);

}  // namespace analysis
