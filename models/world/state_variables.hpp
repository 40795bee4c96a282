// What every agent of the world remembers: one line per variable of its state.
#pragma once

#include <vector>

#include "sim/campaign/study_vocabulary.hpp"

namespace world {

/// Agents in the order in which worlds are built; a variable of a state that is not described here does not compile.
std::vector<sim::AgentName> const& agent_names();

/// What every event means; an event that is not described here does not compile.
std::vector<sim::AgentEvents> const& event_meanings();

}  // namespace world
