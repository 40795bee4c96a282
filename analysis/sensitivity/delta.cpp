#include "analysis/sensitivity/delta.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/estimators/quantile.hpp"
#include "analysis/sensitivity/density_distance.hpp"
#include "sim/base/contracts.hpp"
#include "sim/base/math.hpp"

namespace analysis {
namespace {

constexpr std::size_t permutations = 200, permutation_resamples = 10;
constexpr std::size_t most_resamples = 200, least_resamples = 50;
constexpr double resampled_points = 2e5;  // about as many points are drawn in all resamples of a factor

std::size_t resamples_for(std::size_t points) {
  return std::clamp(static_cast<std::size_t>(resampled_points / static_cast<double>(points)), least_resamples, most_resamples);
}

struct Chance {
  double level = undefined, of_largest = undefined;
};

// The same estimate of factors that have nothing to do with the output: classes of these sizes, dealt at random.
Chance chance_level(DensityDistance const& distance, Classes classes, std::size_t factors, Resampler const& resampler) {
  std::size_t const n = classes.of.size();
  std::vector<double> const ones(n, 1.0);
  std::vector<double> values;
  auto const ordered = classes.of;
  for (std::size_t p = 0; p < permutations; ++p) {
    auto const order = resampler.permutation(p, n);
    for (std::size_t i = 0; i < n; ++i) classes.of[i] = ordered[order[i]];
    double mean = 0;
    for (std::size_t b = 0; b < permutation_resamples; ++b)
      mean += distance(classes, resampler.weights(most_resamples + p * permutation_resamples + b, n)) / permutation_resamples;
    values.push_back(2 * distance(classes, ones) - mean);
  }
  auto const m = moments(values);
  double const z = sim::math::normal_quantile(sim::math::pow(interval_level, 1 / static_cast<double>(factors)));
  double const level = quantile(sorted(values), interval_level);
  return {level, std::max(level, m.mean + z * std::sqrt(m.variance))};
}

}  // namespace

std::vector<Delta> deltas(std::vector<std::vector<double>> const& x, std::span<double const> y, Resampler const& resampler) {
  std::size_t const n = y.size();
  std::vector<Delta> all(x.size());
  if (n < 2 || *std::min_element(y.begin(), y.end()) == *std::max_element(y.begin(), y.end())) return all;
  DensityDistance const distance(y);
  std::vector<Classes> classes;
  for (auto const& column : x) {
    SIM_CHECK(column.size() == n);
    classes.push_back(classes_of(column, class_count(n)));
  }
  std::vector<std::vector<double>> resampled(x.size());
  for (std::size_t b = 0; b < resamples_for(n); ++b) {
    auto const weights = resampler.weights(b, n);
    for (std::size_t j = 0; j < x.size(); ++j)
      if (classes[j].count > 1) resampled[j].push_back(distance(classes[j], weights));
  }
  std::map<std::vector<std::size_t>, Chance> chances;
  std::vector<double> const ones(n, 1.0);
  for (std::size_t j = 0; j < x.size(); ++j) {
    if (classes[j].count < 2) continue;
    all[j].index = bias_reduced_index(distance(classes[j], ones), resampled[j], n);
    auto const [entry, is_new] = chances.try_emplace(class_sizes(classes[j]));
    if (is_new) entry->second = chance_level(distance, classes[j], x.size(), resampler);
    all[j].chance = entry->second.level;
    all[j].chance_of_largest = entry->second.of_largest;
  }
  return all;
}

double plain_delta(std::span<double const> x, std::span<double const> y) {
  return DensityDistance(y)(classes_of(x, class_count(y.size())), std::vector<double>(y.size(), 1.0));
}

}  // namespace analysis
