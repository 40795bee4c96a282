// Intervals of quantiles and of their paired differences, without a density; futures as clusters.
#pragma once

#include "analysis/estimators/mean.hpp"

namespace analysis {

/// Quantile of all histories of `arm` (type 7, quantile.hpp) with the interval of Woodruff (1952): the order statistics
/// at which the share of histories below leaves probability +- t * standard error, rounded outwards. The standard error
/// is that of the share of histories up to the quantile, with its design effect (proportion.hpp). A bound beyond the
/// largest or smallest value is undefined: there are too few histories for it.
Estimate quantile_interval(Arm const& arm, double probability, double level = interval_level);

/// Quantile of `treatment` less that of `reference`, over the pairs that both have: half-widths h of the two intervals
/// joined as standard errors, root of h^2 + h'^2 - 2 r h h', with r the correlation of the futures' shares of histories
/// up to each quantile, which is that of the two quantiles (Bahadur 1966). Common random numbers make it narrower.
/// t^2/2 futures without correlation are added, so that few pairs which all agree do not make it vanish. Undefined
/// where a bound of one of them is.
Estimate quantile_difference(Arm const& treatment, Arm const& reference, double probability,
                             double level = interval_level);

}  // namespace analysis
