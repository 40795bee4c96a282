#include "sim/io/series_quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "sim/io/parallel.hpp"

namespace sim {

namespace {

constexpr std::size_t tile_columns = 16;  // one cache line of floats

// Copies columns [first, first + n) of the table into `columns`, each contiguous, without the NaN; returns sizes.
void gather(std::span<float const> table, std::size_t rows, std::size_t width, std::size_t first, std::size_t n,
            std::vector<float>& columns, std::array<std::size_t, tile_columns>& sizes) {
  sizes.fill(0);
  for (std::size_t row = 0; row < rows; ++row) {
    float const* from = table.data() + row * width + first;
    for (std::size_t k = 0; k < n; ++k) {
      if (!std::isnan(from[k])) columns[k * rows + sizes[k]++] = from[k];
    }
  }
}

}  // namespace

void sample_quantiles(std::span<float> values, std::span<float, 5> quantiles) {
  if (values.empty()) {
    std::fill(quantiles.begin(), quantiles.end(), std::numeric_limits<float>::quiet_NaN());
    return;
  }
  auto const [low, high] = std::minmax_element(values.begin(), values.end());
  if (*low == *high) {
    std::fill(quantiles.begin(), quantiles.end(), *low + 0.0f);  // a mix of both zeros becomes +0
    return;
  }
  // From the largest probability down: everything right of `end` is in place or larger.
  auto end = values.end();
  auto bound = values.end();  // past the smallest value known to lie at or right of `end`
  for (std::size_t i = series_probabilities.size(); i-- > 0;) {
    double const h = static_cast<double>(values.size() - 1) * series_probabilities[i];
    auto const k = static_cast<std::ptrdiff_t>(h);
    auto const at = values.begin() + k;
    if (at < end) {
      std::nth_element(values.begin(), at, end);
      bound = end == values.end() ? end : end + 1;
      end = at;
    }
    double const below = *at;
    double const share = h - static_cast<double>(k);
    double above = below;
    // The next order statistic is the least of those to the right.
    if (share > 0) above = *std::min_element(at + 1, bound);
    quantiles[i] = static_cast<float>(below + share * (above - below)) + 0.0f;
  }
}

void column_quantiles(ColumnSource const& source, std::size_t rows, std::size_t columns, QuantileLimits const& limits,
                      std::span<float> quantiles, std::span<float> mean) {
  std::size_t const per_slice =
      std::clamp<std::size_t>(limits.buffer_bytes / (sizeof(float) * std::max<std::size_t>(rows, 1)), 1, columns);
  std::vector<float> table(rows * per_slice);
  for (std::size_t first = 0; first < columns; first += per_slice) {
    std::size_t const width = std::min(per_slice, columns - first);
    std::span<float> const slice(table.data(), rows * width);
    source(first, width, slice);
    parallel_for((width + tile_columns - 1) / tile_columns, limits.jobs, [&](std::size_t t) {
      thread_local std::vector<float> tile;
      tile.resize(rows * tile_columns);
      std::array<std::size_t, tile_columns> sizes{};
      std::size_t const start = t * tile_columns, n = std::min(tile_columns, width - start);
      gather(slice, rows, width, start, n, tile, sizes);
      for (std::size_t k = 0; k < n; ++k) {
        std::span<float> const values(tile.data() + k * rows, sizes[k]);
        std::size_t const column = first + start + k;
        double sum = 0;
        for (float const value : values) sum += value;
        mean[column] = values.empty() ? std::numeric_limits<float>::quiet_NaN()
                                      : static_cast<float>(sum / static_cast<double>(values.size()));
        sample_quantiles(values, quantiles.subspan(column * 5).first<5>());
      }
    });
  }
}

}  // namespace sim
