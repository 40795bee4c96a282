// Exact quantiles of many series at once, from columns of a table that need not fit into memory.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <span>

namespace sim {

/// Probabilities of the quantile series.
inline constexpr std::array<double, 5> series_probabilities{0.05, 0.25, 0.5, 0.75, 0.95};

/// Fills a table of floats [rows x width] with columns [first, first + width) of the sample.
using ColumnSource = std::function<void(std::size_t first, std::size_t width, std::span<float> table)>;

/// Resources of column_quantiles; the result does not depend on them.
struct QuantileLimits {
  std::size_t buffer_bytes = std::size_t{96} << 20;  // about; at least one column at a time
  unsigned jobs = 0;                                 // threads; 0: all cores
};

/// For each of `columns` columns of a sample with `rows` rows: the quantiles of series_probabilities by linear
/// interpolation between order statistics (type 7 of Hyndman and Fan 1996, the default of numpy and R), to
/// quantiles[column][probability], and the mean (summed in row order in double), to mean[column]. NaN values are left
/// out; NaN where nothing is left. `source` is called by this thread only.
void column_quantiles(ColumnSource const& source, std::size_t rows, std::size_t columns, QuantileLimits const& limits,
                      std::span<float> quantiles, std::span<float> mean);

/// The same for one column; reorders `values`.
void sample_quantiles(std::span<float> values, std::span<float, 5> quantiles);

}  // namespace sim
