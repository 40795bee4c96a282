// Draws the uncertain factors of every future.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/fields.hpp"
#include "sim/campaign/sampling/factor_design.hpp"
#include "sim/campaign/study.hpp"

namespace sim {

/// Values of all factors in all futures [futures x factors], row-major, drawn at random, each from its own stream.
/// Each value is a pure function of (seed, future, name of the factor, prior): adding, removing or reordering factors,
/// treatments or futures changes no other value. A prior that reaches beyond [minimum, maximum] is clamped to it.
std::vector<double> draw_factors(std::uint64_t seed, std::uint32_t futures, std::vector<ParameterInfo> const& factors);

/// The futures of a study as its [sampling] asks for them; with none the values of draw_factors. Where the type is no
/// random draw, values depend on the list of factors that vary and on the number of futures (docs/methods/sampling.md).
FactorDesign draw_futures(Study const& study);

/// The future whose random numbers a model takes for all that it draws beside the factors: the future itself, but in a row of Saltelli's
/// layout and along a trajectory of Morris's the first one of them. What differs there is then the factors' doing alone: common random numbers.
std::uint32_t future_of_draws(SamplingInfo const& sampling, std::uint32_t future);

}  // namespace sim
