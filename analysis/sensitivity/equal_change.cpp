#include "analysis/sensitivity/equal_change.hpp"

#include <algorithm>
#include <cmath>

#include "sim/rng/distribution.hpp"

namespace analysis {

EqualChange equal_change(sim::ParameterInfo const& factor) {
  auto const at = [&](double u) { return std::clamp(sim::quantile(factor.prior, u), factor.minimum, factor.maximum); };
  double const median = std::fabs(at(0.5)), range = at(0.95) - at(0.05);
  if (median > 0) return {median / 10, StepOf::median};
  if (range > 0) return {range / 10, StepOf::range};
  return {};
}

}  // namespace analysis
