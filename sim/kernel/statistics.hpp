// What a run has done so far.
#pragma once

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
};

}  // namespace sim
