// Refuses tables of dependencies that agents could not hold, or in which an outage could keep itself alive.
#pragma once

#include "models/world/data/atlas.hpp"

namespace world {

/// Factors up to which the priors of dependency_scale and cross_border_scale reach.
inline constexpr double largest_dependency_scale = 1.5, largest_cross_border_scale = 1.5;

/// Checks the dependencies of sectors, inside a nation and across borders; sim::Error if a value is out of range, a nation has more
/// than max_providers_abroad providers, a sector provides for more than max_nations_served nations, a nation has more than all
/// it uses from abroad, or the product of D x share over some cycle could reach 1: then nothing would dampen an outage that comes back.
void check_dependencies(Atlas const& atlas);

}  // namespace world
