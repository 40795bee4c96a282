// The parts of the report's data that are more than the analysis: maps, distributions, curves, factors.
#pragma once

#include "analysis/report/analysis.hpp"

namespace analysis {

/// Effect of one treatment on every nation. Arrays are [nations].
struct MapLayer {
  std::size_t response = 0;
  std::size_t treatment = 0;
  std::vector<double> mean, lo, hi, relative;
};

/// Up to so many futures are shown one by one; more are shown by their quantiles.
constexpr std::size_t most_single_values = 50;

/// Quantiles of a response, or of its difference.
struct QuantileCurve {
  Subject subject;
  std::vector<double> quantiles;  // [distribution_probabilities]
  std::vector<double> values;     // ascending; only where they are at most most_single_values
};

/// Mean and quantile band of a series over the histories of one treatment. Arrays are [dates].
struct TimeCurve {
  std::size_t series = 0;
  std::size_t nation = 0;
  std::size_t treatment = 0;
  std::vector<double> mean, q05, q25, q50, q75, q95;
};

/// Curves and the dates they share, each the end of the span its point averages over.
struct TimeCurves {
  std::vector<std::string> dates;
  std::vector<TimeCurve> curves;
};

/// .01, .025, .05, ... .95, .975, .99: 41 probabilities.
std::vector<double> distribution_probabilities();

/// Maps of the headline response and the next per-nation ones, at most six responses, all treatments but the reference.
std::vector<MapLayer> map_layers(ResultsSource const& source, Histories const& histories, Analysis const& analysis);

/// Distribution of every response over all histories of each treatment, and of its paired difference over the futures.
struct Distributions {
  std::vector<QuantileCurve> values;
  std::vector<QuantileCurve> differences;
};
Distributions distributions(ResultsSource const& source, Histories const& histories, Analysis const& analysis);

/// All series of the focal nations. At most 200 dates, fewer when there are many curves, so that the whole stays under
/// about 120,000 numbers; neighbouring intervals of the grid are averaged, weighted by their length.
TimeCurves time_curves(ResultsSource const& source, Histories const& histories, Analysis const& analysis);

/// Spearman's correlation of each factor with the headline difference over futures; NaN where undefined. [factors]
std::vector<double> factor_correlations(ResultsSource const& source, Histories const& histories, Analysis const& analysis);

}  // namespace analysis
