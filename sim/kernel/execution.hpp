// How a run was executed: work done, work undone, time lost in meetings. Never part of a result.
#pragma once

#include <cstdint>

namespace sim {

/// What an executor has done since it started or resumed its world; 0 where it has no such thing. Depends on timing:
/// it is shown at the end of a run and kept beside the results, never in them.
struct ExecutionStatistics {
  std::uint64_t handled = 0;        // events whose handler ran, those rolled back later included
  std::uint64_t windows = 0;        // windows of simulated time that held events
  std::uint64_t windows_alone = 0;  // of these: run by one worker while the others waited
  std::uint64_t meetings = 0;       // times that the workers waited for each other between windows
  double waiting_s = 0;             // wall time in barriers, sum over the workers [s]
  std::uint64_t rollbacks = 0;      // stragglers and anti-messages that undid something
  std::uint64_t rolled_back = 0;    // events undone
  std::uint64_t anti_messages = 0;  // sent
  std::uint64_t gvt_rounds = 0;     // agreements on the least time that can still be rolled back to

  /// Share of the handled events that were not undone; 1 if none was handled.
  double efficiency() const {
    return handled == 0 ? 1 : 1 - static_cast<double>(rolled_back) / static_cast<double>(handled);
  }
  /// Adds up what several executors did.
  ExecutionStatistics& operator+=(ExecutionStatistics const& other) {
    handled += other.handled;
    windows += other.windows;
    windows_alone += other.windows_alone;
    meetings += other.meetings;
    waiting_s += other.waiting_s;
    rollbacks += other.rollbacks;
    rolled_back += other.rolled_back;
    anti_messages += other.anti_messages;
    gvt_rounds += other.gvt_rounds;
    return *this;
  }
};

}  // namespace sim
