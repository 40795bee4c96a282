// The same relative change of every factor, so that their leverage can be compared whatever their priors.
#pragma once

#include "analysis/estimators/mean.hpp"
#include "sim/base/fields.hpp"

namespace analysis {

/// What the step is a tenth of.
enum class StepOf { median, range };

struct EqualChange {
  double step = undefined;  // in the unit of the factor, above 0; undefined where both are 0
  StepOf of = StepOf::median;
};

/// A tenth of the size of the median of the factor's prior; where that is 0, a tenth of the width of its central 90 %. Both are taken within
/// the range that the model accepts.
EqualChange equal_change(sim::ParameterInfo const& factor);

}  // namespace analysis
