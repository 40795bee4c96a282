#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/estimators/quantile.hpp"
#include "analysis/report/report_parts.hpp"

namespace analysis {
namespace {

constexpr std::size_t most_dates = 200;
constexpr std::size_t least_dates = 24;
constexpr std::size_t most_numbers = 120'000;
constexpr std::size_t numbers_per_date = 6;
constexpr std::size_t block_values = std::size_t{1} << 20;  // 4 MiB

// The grid cut into spans of neighbouring intervals.
struct Bins {
  std::vector<std::size_t> first;  // [bins + 1] positions on the grid
  std::vector<double> weight;      // [grid] share of its bin
  std::size_t size() const { return first.size() - 1; }
};

Bins cut(sim::ResultSchema const& schema, std::size_t wanted) {
  auto const& grid = schema.focal_grid;
  Bins bins;
  std::size_t const n = std::min(wanted, grid.size());
  for (std::size_t b = 0; b <= n; ++b) bins.first.push_back(b * grid.size() / std::max<std::size_t>(1, n));
  std::vector<double> length(grid.size(), 1);
  for (std::size_t i = 0; i < grid.size(); ++i) {
    sim::Time const before = i == 0 ? sim::to_time(schema.record_from) : grid[i - 1];
    length[i] = std::max(1e-9, sim::in_days(grid[i] - before));
  }
  for (std::size_t b = 0; b < n; ++b) {
    double total = 0;
    for (std::size_t i = bins.first[b]; i < bins.first[b + 1]; ++i) total += length[i];
    for (std::size_t i = bins.first[b]; i < bins.first[b + 1]; ++i) bins.weight.push_back(length[i] / total);
  }
  return bins;
}

// Averages over bins of every finished history, NaN elsewhere. [bins][places]
std::vector<Cube> binned(ResultsSource const& source, Histories const& histories, Bins const& bins, std::size_t series,
                         std::size_t focal) {
  std::vector<Cube> all(bins.size(), histories.empty_cube());
  std::size_t const grid = bins.weight.size();
  std::size_t const rows = histories.rows().size();
  std::size_t const block = std::max<std::size_t>(1, block_values / std::max<std::size_t>(1, grid));
  for (std::size_t first = 0; first < rows; first += block) {
    std::size_t const count = std::min(block, rows - first);
    auto const values = source.focal_series(series, focal, {first, count});
    for (std::size_t i = 0; i < count; ++i) {
      std::size_t const place = histories.place_of(first + i);
      if (place == Histories::nowhere) continue;
      float const* row = values.data() + i * grid;
      for (std::size_t b = 0; b < bins.size(); ++b) {
        double const origin = static_cast<double>(row[bins.first[b]]);
        double sum = 0;
        for (std::size_t g = bins.first[b]; g < bins.first[b + 1]; ++g) {
          sum += bins.weight[g] * (static_cast<double>(row[g]) - origin);
        }
        all[b][place] = origin + sum;
      }
    }
  }
  return all;
}

void add_date(TimeCurve& curve, std::span<double const> values) {
  auto const q = selected_quantiles(values, std::array{0.05, 0.25, 0.50, 0.75, 0.95});
  curve.mean.push_back(moments(values).mean);
  curve.q05.push_back(q[0]);
  curve.q25.push_back(q[1]);
  curve.q50.push_back(q[2]);
  curve.q75.push_back(q[3]);
  curve.q95.push_back(q[4]);
}

}  // namespace

TimeCurves time_curves(ResultsSource const& source, Histories const& histories, Analysis const& a) {
  TimeCurves all;
  auto const& schema = a.schema;
  std::size_t const curves = schema.series.size() * schema.focal.size() * histories.points();
  if (curves == 0 || schema.focal_grid.empty()) return all;
  Bins const bins = cut(schema, std::clamp(most_numbers / (curves * numbers_per_date), least_dates, most_dates));
  for (std::size_t b = 0; b < bins.size(); ++b) {
    all.dates.push_back(sim::to_string(sim::to_date(schema.focal_grid[bins.first[b + 1] - 1])));
  }
  for (std::size_t s = 0; s < schema.series.size(); ++s) {
    for (std::size_t f = 0; f < schema.focal.size(); ++f) {
      auto const cubes = binned(source, histories, bins, s, f);
      for (std::size_t t = 0; t < histories.points(); ++t) {
        TimeCurve curve{s, nation_index(schema, schema.focal[f]), t, {}, {}, {}, {}, {}, {}};
        for (Cube const& cube : cubes) add_date(curve, histories.arm(cube, t).values);
        all.curves.push_back(std::move(curve));
      }
    }
  }
  return all;
}

}  // namespace analysis
