// Shares of histories with intervals that do not believe in 0 or 1 because nothing else was seen yet; futures as
// clusters.
#pragma once

#include "analysis/estimators/mean.hpp"

namespace analysis {

/// The arm whose units are independent: `arm` itself, or, if a single future has data and no other shares its draws, its replications (of an
/// antithetic study its pairs) as units (an interval that holds for that future alone).
Arm independent_units(Arm const& arm);

/// Design effect of the mean of `indicators` (0, 1, -1 or NaN): its variance between independent units over that of as many
/// independent histories, at least 1, at most the mean number of histories of a unit (Kish 1965, 8.2). Where nothing
/// varies, the most, so that units count and not histories. Undefined below two units.
double design_effect(Arm const& indicators);

/// Mean of `indicators` over futures with the interval of Korn and Graubard (1998): that of Clopper and Pearson (1934),
/// which is exact for independent histories, for n / design effect histories times (t / t')^2, t and t' the quantiles
/// of histories - 1 and futures - 1 degrees of freedom. Values: 0, 1 or NaN. No interval below two units.
Estimate proportion_interval(Arm const& indicators, double level = interval_level);

/// Mean of the pairs' differences (-1, 0, 1 or NaN) over futures with the interval of Agresti and Min (2005), who add 2
/// pairs of which one differs: here t^2/2 pairs, so that it is theirs at 95 %, to as many pairs as count as independent
/// by the same rule.
Estimate proportion_difference(Arm const& differences, double level = interval_level);

}  // namespace analysis
