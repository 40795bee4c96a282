// The ratio of two means on the log scale, paired by futures.
#pragma once

#include <span>

#include "analysis/estimators/mean.hpp"

namespace analysis {

/// log(mean of treatment / mean of reference) over the futures in which both have a mean, both arms over the same pairs. Interval by
/// the delta method: the t-interval of the futures' influences y/mean - x/mean', which pairs treatment and reference. [futures] each.
/// Undefined unless both means are positive; the interval below two futures.
Estimate log_ratio(std::span<Moments const> treatment, std::span<Moments const> reference, double level = interval_level);

}  // namespace analysis
