// The world of an exercise, and where its agents are.
#pragma once

#include <memory>
#include <vector>

#include "models/exercise/blue.hpp"
#include "models/exercise/channel.hpp"
#include "models/exercise/desk.hpp"
#include "models/exercise/red.hpp"
#include "models/exercise/services.hpp"
#include "models/exercise/system.hpp"
#include "models/exercise/white.hpp"
#include "sim/kernel/world.hpp"

namespace exercise {

/// A world and what is needed to read it. The agents point into `camps`, which stay where they are when it is moved.
struct Exercise {
  sim::World world;
  std::unique_ptr<std::vector<Camp>> camps;  // in the order of the teams
  sim::LpRef<Red> red;
  sim::LpRef<White> white;
  sim::Time end;
};

/// The start of every exercise.
inline constexpr sim::Time opening{};

/// All agents of a checked scenario with at least one team. A team's random numbers are keyed by its name, those of the
/// plan by nobody's: neither depends on which other teams there are, nor on their order.
Exercise build(Scenario const& scenario, sim::ReplicationStream const& stream);

}  // namespace exercise
