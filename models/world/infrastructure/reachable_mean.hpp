// How many providers an asset can have on average: few have entered when the first assets choose theirs.
#pragma once

#include "models/world/data/atlas.hpp"
#include "models/world/infrastructure/asset_options.hpp"

namespace world {

/// Expected number of providers of an asset of an AssetGraph. An asset of rank r finds r assets, counted from 0, in each sector that its own
/// depends on, and one more where that sector enters before its own; it has no more providers than these.
double reachable_mean(Atlas const& atlas, AssetOptions const& options);

/// Throws sim::Error if the graph would have over 2 % fewer edges than the options ask for; it names the smallest `per_sector` that
/// will do, if any does, and the largest `dependencies`.
void require_reachable(Atlas const& atlas, AssetOptions const& options);

}  // namespace world
