#include "analysis/sensitivity/shapley.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "analysis/estimators/rank.hpp"
#include "sim/base/contracts.hpp"

namespace analysis {
namespace {

constexpr std::size_t resamples = 500, least_points = 20, neighbours = 3;  // a point and its two nearest ones

// Variances of y around one query point given each subset of the factors, by a walk over all subsets that adds one factor at a time.
class LocalVariances {
 public:
  LocalVariances(std::vector<std::vector<double>> ranks, std::span<double const> y) : ranks_(std::move(ranks)), y_(y), distance_(ranks_.size() + 1, std::vector<double>(y.size())) {}

  /// [2^factors]; the empty subset is left alone.
  void at(std::size_t query, std::vector<double>& variances) {
    std::fill(distance_[0].begin(), distance_[0].end(), 0.0);
    visit(query, 0, 0, 0, variances);
  }

 private:
  void visit(std::size_t query, std::size_t subset, std::size_t depth, std::size_t from, std::vector<double>& variances) {
    for (std::size_t j = from; j < ranks_.size(); ++j) {
      auto const& x = ranks_[j];
      auto const& before = distance_[depth];
      double const here = x[query];
      auto& now = distance_[depth + 1];
      for (std::size_t i = 0; i < x.size(); ++i) now[i] = before[i] + (x[i] - here) * (x[i] - here);
      std::size_t const larger = subset | std::size_t{1} << j;
      variances[larger] = local_variance(query, now);
      visit(query, larger, depth + 1, j + 1, variances);
    }
  }

  // Points are in random order, and the search starts behind the query: among points at the same distance chance decides.
  double local_variance(std::size_t query, std::vector<double> const& distance) const {
    std::array<double, 2> nearest{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
    std::array<std::size_t, 2> who{query, query};
    auto const look = [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i < last; ++i) {
        if (!(distance[i] < nearest[1])) continue;
        bool const best = distance[i] < nearest[0];
        nearest[1] = best ? nearest[0] : distance[i];
        who[1] = best ? who[0] : i;
        if (best) nearest[0] = distance[i], who[0] = i;
      }
    };
    look(query + 1, distance.size());
    look(0, query);
    double const a = y_[query], b = y_[who[0]], c = y_[who[1]], mean = (a + b + c) / neighbours;
    return ((a - mean) * (a - mean) + (b - mean) * (b - mean) + (c - mean) * (c - mean)) / (neighbours - 1);
  }

  std::vector<std::vector<double>> ranks_;
  std::span<double const> y_;
  std::vector<std::vector<double>> distance_;  // [depth][points] squared, in the factors chosen so far
};

// Weight of adding a factor to a subset of each size: size! (d - 1 - size)! / d!.
std::vector<double> subset_weights(std::size_t d) {
  std::vector<double> weights{1 / static_cast<double>(d)};
  for (std::size_t size = 1; size < d; ++size) weights.push_back(weights.back() * static_cast<double>(size) / static_cast<double>(d - size));
  return weights;
}

// Adds the Shapley values of the game whose losses (variance left) are given for every subset.
void shapley_values(std::vector<double> const& left, std::vector<double> const& weights, double* values) {
  for (std::size_t subset = 0; subset < left.size(); ++subset) {
    auto const size = static_cast<std::size_t>(__builtin_popcountll(subset));
    for (std::size_t j = 0; j < weights.size(); ++j) {
      if ((subset >> j & 1U) != 0) continue;
      values[j] += weights[size] * (left[subset] - left[subset | std::size_t{1} << j]);
    }
  }
}

}  // namespace

ShapleyEffects shapley_effects(std::vector<std::vector<double>> const& x, std::span<double const> y, double unexplained, Resampler const& resampler,
                               ShapleyBudget budget) {
  std::size_t const d = x.size(), n = std::min(y.size(), budget.points), queries = std::min(n, budget.queries);
  SIM_CHECK(d <= shapley_factors_max);
  ShapleyEffects all;
  all.effects.resize(d);
  if (d == 0 || n < least_points) return all;
  auto const order = resampler.permutation(0, y.size());
  std::vector<double> shuffled(n);
  for (std::size_t i = 0; i < n; ++i) shuffled[i] = y[order[i]];
  auto const spread = moments(shuffled);
  if (!(spread.variance > 0)) return all;
  std::vector<std::vector<double>> columns;
  for (auto const& column : x) {
    SIM_CHECK(column.size() == y.size());
    auto const rank = ranks(column);
    columns.emplace_back(n);
    for (std::size_t i = 0; i < n; ++i) columns.back()[i] = rank[order[i]];
  }
  LocalVariances local(std::move(columns), shuffled);
  auto const weights = subset_weights(d);
  std::vector<double> left(std::size_t{1} << d), shares(queries * d, 0), squares(queries);
  double explained = 0, total = 0;
  for (std::size_t q = 0; q < queries; ++q) {
    local.at(q, left);
    squares[q] = left[0] = (shuffled[q] - spread.mean) * (shuffled[q] - spread.mean) * static_cast<double>(n) / static_cast<double>(n - 1);
    if (!std::isnan(unexplained)) left.back() = unexplained;
    shapley_values(left, weights, shares.data() + q * d);
    explained += left[0] - left.back();
    total += squares[q];
  }
  all.explained = explained / total;
  auto const shares_of = [&](std::vector<double> const& count) {
    std::vector<double> sums(d, 0);
    double sum = 0;
    for (std::size_t q = 0; q < queries; ++q) {
      for (std::size_t j = 0; j < d; ++j) sums[j] += count[q] * shares[q * d + j];
      sum += count[q] * squares[q];
    }
    for (double& s : sums) s /= sum;
    return sums;
  };
  std::vector<std::vector<double>> resampled(d);
  for (std::size_t b = 0; b < resamples; ++b) {
    auto const again = shares_of(resampler.weights(b, queries));
    for (std::size_t j = 0; j < d; ++j) resampled[j].push_back(std::isfinite(again[j]) ? again[j] : undefined);
  }
  auto const values = shares_of(std::vector<double>(queries, 1.0));
  for (std::size_t j = 0; j < d; ++j) all.effects[j] = percentile_index(values[j], resampled[j], queries);
  return all;
}

}  // namespace analysis
