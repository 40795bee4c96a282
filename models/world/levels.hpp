// The levels of which a study of the world may declare a rare event.
#pragma once

#include <vector>

#include "models/world/tally.hpp"
#include "sim/campaign/study_vocabulary.hpp"

namespace world {

/// What rises; the order is that of level_names().
enum class Level { service_lost, escalation, cascades };

/// Names, units and definitions, in the order of Level.
std::vector<sim::LevelName> const& level_names();

/// The level that a nation has reached by what was counted in the window of the rare event.
double level_of(Level level, Tally const& tally);

}  // namespace world
