// What executors have done for one or many histories; told at the end of a run, never part of a result.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "sim/kernel/executor.hpp"

namespace sim {

/// A sum over runs of executors.
struct WorkDone {
  std::uint64_t events = 0;  // committed, a common beginning counted once
  std::uint64_t ties = 0;    // see RunStatistics; a common beginning counted once
  Duration shortest_delay{std::numeric_limits<std::int64_t>::max()};  // the largest lookahead they would all have allowed
  ExecutionStatistics execution;

  /// Adds what `executor` has done since it started, or since it resumed a snapshot with the statistics `before`.
  void add(Executor const& executor, RunStatistics const& before) {
    RunStatistics const now = executor.statistics();
    events += now.events - before.events;
    ties += now.ties - before.ties;
    shortest_delay = std::min(shortest_delay, now.shortest_delay);
    execution += executor.execution();
  }

  WorkDone& operator+=(WorkDone const& other) {
    events += other.events;
    ties += other.ties;
    shortest_delay = std::min(shortest_delay, other.shortest_delay);
    execution += other.execution;
    return *this;
  }
};

}  // namespace sim
