// The chain of one incident: from its first causes to what it did and what was done about it.
#pragma once

#include "sim/app/explain/story.hpp"

namespace app {

/// Steps in the order of time; the first is a first cause. Empty if the history has none of the incident.
std::vector<StoryStep> chain_of(std::uint64_t incident, std::size_t nation, world::Narrator const& narrator, ObservedHistory const& history);

/// One happening as a step of its own.
StoryStep step_of(std::size_t i, world::Narrator const& narrator, ObservedHistory const& history);

}  // namespace app
