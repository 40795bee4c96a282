// What a run has done so far.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "sim/base/time.hpp"

namespace sim {

enum class RunOutcome {
  complete,  // every event before the end asked for has been committed
  censored,  // RunLimits::events have been committed and more were due
};

/// What has happened since the start of the history.
struct RunStatistics {
  std::uint64_t events = 0;  // committed
  std::uint64_t ties = 0;    // committed events at the time of the event before them at the same logical process
  RunOutcome outcome = RunOutcome::complete;
  /// Shortest delay of a send to another logical process: the largest lookahead this run would have allowed.
  Duration shortest_delay{std::numeric_limits<std::int64_t>::max()};

  /// Adds what another part of the logical processes has done, or the same ones later; the outcome stays.
  RunStatistics& operator+=(RunStatistics const& other) {
    events += other.events;
    ties += other.ties;
    shortest_delay = std::min(shortest_delay, other.shortest_delay);
    return *this;
  }
};

}  // namespace sim
