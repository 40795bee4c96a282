// Draws the uncertain factors of every future, each from its own stream.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/fields.hpp"

namespace sim {

/// Values of all factors in all futures [futures x factors], row-major.
/// Each value is a pure function of (seed, future, name of the factor, prior): adding, removing or reordering factors,
/// treatments or futures changes no other value. A prior that reaches beyond [minimum, maximum] is clamped to it.
std::vector<double> draw_factors(std::uint64_t seed, std::uint32_t futures, std::vector<ParameterInfo> const& factors);

}  // namespace sim
