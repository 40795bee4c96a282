#include "analysis/sensitivity/sobol.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/contracts.hpp"

namespace analysis {
namespace {

constexpr std::size_t resamples = 500;

// The whole rows, less their mean.
struct Rows {
  std::vector<double> y;  // [count x width]
  std::size_t count = 0, dropped = 0;
  double mean = undefined;
};

Rows whole_rows(SaltelliOutputs const& outputs) {
  Rows rows;
  std::size_t const width = outputs.width();
  double sum = 0;
  for (std::size_t first = 0; first < outputs.y.size(); first += width) {
    auto const row = outputs.y.subspan(first, width);
    if (std::any_of(row.begin(), row.end(), [](double v) { return std::isnan(v); })) {
      ++rows.dropped;
      continue;
    }
    ++rows.count;
    sum += row[0] + row[1];
    rows.y.insert(rows.y.end(), row.begin(), row.end());
  }
  if (rows.count > 0) rows.mean = sum / static_cast<double>(2 * rows.count);
  for (double& v : rows.y) v -= rows.mean;
  return rows;
}

// All indices from one weighting of the rows: first, total, then pairs. [2 factors + pairs]
class Estimator {
 public:
  Estimator(SaltelliOutputs const& outputs, Rows const& rows, double noise) : layout_(outputs), rows_(rows), noise_(noise) {}

  std::vector<double> operator()(std::span<double const> weights, double* variance = nullptr) const {
    std::size_t const d = layout_.factors, width = layout_.width();
    std::vector<double> sums(2 * d + (layout_.second_order ? d * (d - 1) / 2 : 0), 0);
    double total = 0, plain = 0, squares = 0;
    for (std::size_t i = 0; i < rows_.count; ++i) {
      double const w = weights[i];
      if (w == 0) continue;
      double const *row = rows_.y.data() + i * width, a = row[0], b = row[1], *ab = row + 2;
      total += w;
      plain += w * (a + b);
      squares += w * (a * a + b * b);
      for (std::size_t j = 0; j < d; ++j) sums[j] += w * b * (ab[j] - a);
      for (std::size_t j = 0; j < d; ++j) sums[d + j] += w * (a - ab[j]) * (a - ab[j]);
      if (layout_.second_order) add_pairs(w, a * b, ab, ab + d, sums.data() + 2 * d);
    }
    double const n = 2 * total, v = (squares - plain * plain / n) / (n - 1);
    if (variance != nullptr) *variance = v;
    for (std::size_t j = 0; j < d; ++j) {
      sums[j] = sums[j] / total / v;
      sums[d + j] = (sums[d + j] / n - noise_) / v;
    }
    std::size_t k = 2 * d;
    for (std::size_t i = 0; layout_.second_order && i < d; ++i)
      for (std::size_t j = i + 1; j < d; ++j, ++k) sums[k] = sums[k] / total / v - sums[i] - sums[j];
    return sums;
  }

 private:
  void add_pairs(double w, double ab_product, double const* ab, double const* ba, double* sums) const {
    for (std::size_t i = 0; i < layout_.factors; ++i)
      for (std::size_t j = i + 1; j < layout_.factors; ++j) *sums++ += w * (ba[i] * ab[j] - ab_product);
  }

  SaltelliOutputs const& layout_;
  Rows const& rows_;
  double noise_;
};

}  // namespace

SobolIndices sobol_indices(SaltelliOutputs const& outputs, Resampler const& resampler, double noise) {
  SIM_CHECK(outputs.factors > 0 && outputs.y.size() % outputs.width() == 0);
  Rows const rows = whole_rows(outputs);
  std::size_t const d = outputs.factors;
  SobolIndices all;
  all.rows = rows.count;
  all.dropped = rows.dropped;
  all.mean = rows.mean;
  all.first.resize(d);
  all.total.resize(d);
  for (std::size_t i = 0; outputs.second_order && i < d; ++i)
    for (std::size_t j = i + 1; j < d; ++j) all.second.push_back({i, j, {}});
  if (rows.count < 2) return all;
  Estimator const estimate(outputs, rows, noise);
  auto const values = estimate(std::vector<double>(rows.count, 1.0), &all.variance);
  if (!(all.variance > 0)) return all;
  std::vector<std::vector<double>> resampled(values.size());
  for (std::size_t b = 0; b < resamples; ++b) {
    auto const again = estimate(resampler.weights(b, rows.count));
    for (std::size_t k = 0; k < again.size(); ++k) resampled[k].push_back(std::isfinite(again[k]) ? again[k] : undefined);
  }
  auto const index = [&](std::size_t k) { return percentile_index(values[k], resampled[k], rows.count); };
  for (std::size_t j = 0; j < d; ++j) all.first[j] = index(j);
  for (std::size_t j = 0; j < d; ++j) all.total[j] = index(d + j);
  for (std::size_t k = 0; k < all.second.size(); ++k) all.second[k].index = index(2 * d + k);
  return all;
}

}  // namespace analysis
