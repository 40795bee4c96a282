// The values of all uncertain factors in all futures, as a study's [sampling] asks for them.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/fields.hpp"
#include "sim/base/results.hpp"
#include "sim/campaign/sampling/sampling.hpp"

namespace sim {

/// Everything that a design is made from. `factors` are all factors of the study, in the order of the values.
struct FactorDesignRequest {
  std::uint64_t seed = 0;
  std::uint32_t futures = 0;  // ignored where the design itself decides
  std::vector<ParameterInfo> const& factors;
  Sampling const& sampling;
};

/// The design and what an analysis must know of it.
struct FactorDesign {
  std::uint32_t futures = 0;
  std::vector<double> values;  // [futures x factors], row-major, within each factor's accepted range
  SamplingInfo info;
};

/// Throws SamplingError where the conditions leave nothing or too little, or few points cannot have the correlations.
/// Type random without conditions and correlations gives the values of `draw_factors`, bit for bit.
FactorDesign factor_design(FactorDesignRequest const& request);

/// The value of a factor at probability u of its prior, inside (0, 1), moved into its accepted range.
double factor_value(ParameterInfo const& factor, double u);

/// Points of a structured type before its conditions; at most 2^63. Allocates little.
std::uint64_t planned_points(std::vector<ParameterInfo> const& factors, Sampling const& sampling);

/// Levels of each varied factor of a full factorial as probabilities: the quantiles (k + 1/2) / levels; each value of a
/// discrete prior.
std::vector<std::vector<double>> factorial_levels(std::vector<ParameterInfo> const& factors, Sampling const& sampling);

}  // namespace sim
