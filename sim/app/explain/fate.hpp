// What became of one incident in one history.
#pragma once

#include "sim/app/explain/story.hpp"

namespace app {

/// The fate of an incident; `happened` is false where the history has none of it.
IncidentFate fate_of(std::uint64_t incident, world::Narrator const& narrator, ObservedHistory const& history);

/// Why an incident that happened in `here` did not in `there`, as far as events tell.
std::string why_not(std::uint64_t incident, world::Narrator const& narrator, ObservedHistory const& here, ObservedHistory const& there);

}  // namespace app
