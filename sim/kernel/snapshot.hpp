// A history paused between two events, from which it goes on any number of times.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/base/time.hpp"
#include "sim/kernel/event.hpp"
#include "sim/kernel/statistics.hpp"

namespace sim {

/// All that decides the rest of a history but the world's agents and its interventions still to come.
struct Snapshot {
  Time time;                         // every event before it is committed, none from it on
  EventKey last;                     // of the last committed event
  RunStatistics statistics;          // up to here
  std::uint32_t stride = 0;          // of a record [bytes]
  std::vector<std::byte> blocks;     // of all logical processes, as in the world's arena
  std::vector<std::byte> events;     // pending records in event order, without interventions
};

}  // namespace sim
