// How large a study's world is before it is built: agents, events and bytes, so that nobody waits for what cannot be.
#pragma once

#include "sim/campaign/study.hpp"

namespace world {

/// Expectations; events to a third, bytes to a fifth for worlds of 10^5 assets and more.
struct WorldSize {
  double agents = 0;
  double events = 0;           // of one history
  double shared_bytes = 0;     // tables that all histories of a future share
  double history_bytes = 0;    // of one history under way
  double snapshot_bytes = 0;   // of the common beginning that treatments branch from
  double whole_snapshot_bytes = 0;  // the same with the agents that are no assets
};

WorldSize expected_size(sim::Study const& study);

}  // namespace world
