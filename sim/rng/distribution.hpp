// Distributions given as data: checked once, then drawn by inversion.
#pragma once

#include "sim/base/fields.hpp"

namespace sim {

/// Throws Error, with the value and what to change, where the parameters do not make a distribution.
void check(Distribution const& distribution);

/// The value below which `distribution` lies with probability u, 0 < u < 1; not decreasing in u.
/// `distribution` has passed `check`; otherwise the result is NaN or meaningless.
double quantile(Distribution const& distribution, double u);

}  // namespace sim
