// The numbers that a stopping rule may watch, each with its interval at any level, and whether that interval is
// evidence yet.
#pragma once

#include <string_view>

#include "analysis/estimators/mean.hpp"
#include "analysis/estimators/tail.hpp"

namespace analysis {

enum class Statistic { mean, quantile, cvar, proportion };

/// A number that a stopping rule watches, of one response.
struct Watched {
  Statistic statistic = Statistic::mean;
  double probability = 0.5;     // quantile
  double threshold = 0;         // proportion of histories with a value >= threshold
  Worse worse = Worse::higher;  // cvar
};

/// Estimate and two-sided interval of `level` of the statistic in `treatment`; with a reference (not null) of its
/// paired difference treatment minus reference, over the pairs that both have. Undefined bounds (NaN): too few futures,
/// or too few histories beyond a quantile. At level 0.95 mean and CVaR are to the bit those of the analysis.
Estimate watched_interval(Watched const& watched, Arm const& treatment, Arm const* reference, double level);

/// Units below which nothing stops a campaign (assumed: a tenth of the futures that is unlike the others is then missed
/// in 4 of 100 campaigns, and no interval can know of what was not drawn).
inline constexpr std::size_t least_units = 30;

/// Units whose value must differ from the most common one before a spread is believed (assumed: a spread estimated from
/// ten is within about half of the truth).
inline constexpr std::size_t least_differing = 10;

/// Units needed for each square of their sample skewness before the interval of a mean is believed. Cochran
/// (1977, 2.15) has 25 for one look at 95 %; looks again and again need more (assumed: the least that covers in the
/// populations of docs/methods/stopping.md with something to spare).
inline constexpr double units_per_square_skewness = 40;

/// The same for CVaR95, whose influences are skewed by construction: 19 of 20 are equal (assumed: the least that covers
/// in the populations of docs/methods/stopping.md).
inline constexpr double cvar_units_per_square_skewness = 15;

/// Why an interval must not stop a campaign yet, however narrow it is.
enum class Doubt {
  none,
  few_units,     // fewer than least_units
  equal_values,  // fewer than least_differing differ from the most common value: equal values so far are no evidence
  skewed,        // too few for their skewness
};

/// The first doubt that holds. Units: the futures' means of the values, of the pairs' differences with a reference, or
/// of the influences on CVaR95; the replications if a single future has data. Quantiles mind no skewness; proportions,
/// and the quantile of one arm, mind equal values neither: their intervals allow for what was not seen.
Doubt doubt_about(Watched const& watched, Arm const& treatment, Arm const* reference);

/// Whether there is any doubt: the campaign then goes on, to its maximum if need be.
bool is_degenerate(Watched const& watched, Arm const& treatment, Arm const* reference);

/// What to tell the user, in words: "fewer than 30 futures", ... Empty for none.
std::string_view words_of(Doubt doubt);

}  // namespace analysis
