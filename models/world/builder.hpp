// Builds the agents of one replication: the same logical processes with the same ids in every treatment.
#pragma once

#include <string>
#include <vector>

#include "models/world/directory.hpp"
#include "models/world/infrastructure/inoperability.hpp"

namespace world {

/// Names and stream ids of all logical processes of a future, in the order in which they are built.
struct Roster {
  std::vector<std::string> names;
  std::vector<std::uint64_t> stream_ids;
};

/// Made once per future, since hashing thousands of names per replication would cost more than building them.
Roster make_roster(Setting const& setting);

/// Adds all agents to `world` and fills `directory`, which must stay where it is while the world lives.
void build_agents(sim::World& world, Directory& directory, Roster const& roster, Inoperability const& economy);

}  // namespace world
