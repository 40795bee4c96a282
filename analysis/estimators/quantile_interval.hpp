// Intervals of quantiles and of their paired differences, without a density; futures as clusters.
#pragma once

#include "analysis/estimators/mean.hpp"

namespace analysis {

/// Quantile of all histories of `arm` (type 7, quantile.hpp) with the interval of Woodruff (1952): the order statistics
/// at which the share of histories below leaves probability +- t * standard error, rounded outwards. The standard error
/// is that of the share of histories up to the quantile, with its design effect (proportion.hpp). A bound beyond the
/// largest or smallest value is undefined: there are too few histories for it.
Estimate quantile_interval(Arm const& arm, double probability, double level = interval_level);

/// Quantile of `treatment` less that of `reference`, over the pairs that both have. The two intervals are joined by the
/// method of variance estimates recovery (Zou and Donner 2008), with the correlation of the futures' shares of
/// histories up to each quantile: common random numbers make the interval narrower. Undefined where a bound of one of
/// them is.
Estimate quantile_difference(Arm const& treatment, Arm const& reference, double probability,
                             double level = interval_level);

}  // namespace analysis
