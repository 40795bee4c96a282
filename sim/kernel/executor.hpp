// The interface of everything that runs a world.
#pragma once

#include <cstdint>
#include <limits>

#include "sim/base/time.hpp"
#include "sim/kernel/row.hpp"
#include "sim/kernel/world.hpp"

namespace sim {

/// Bounds on a run.
struct RunLimits {
  std::uint64_t events = std::numeric_limits<std::uint64_t>::max();  // largest number of committed events
};

enum class RunOutcome {
  complete,  // every event before the end asked for has been committed
  censored,  // RunLimits::events have been committed and more were due
};

/// What has happened since the start.
struct RunStatistics {
  std::uint64_t events = 0;  // committed
  std::uint64_t ties = 0;    // committed events with the time of their predecessor
  RunOutcome outcome = RunOutcome::complete;
  /// Shortest delay of a send to another logical process: the largest lookahead this run would have allowed.
  Duration shortest_delay{std::numeric_limits<std::int64_t>::max()};
};

/// Runs one world at a time. Results depend on world and limits only, never on the executor.
/// An exception of a handler becomes ReplicationFailure; the run cannot be continued after it.
class Executor {
 public:
  virtual ~Executor() = default;
  /// Starts `world` (which stays where it is until the run is over) at `start`: init of every LP in order of LpId.
  virtual void start(World& world, RowSink& rows, Time start, RunLimits limits = {}) = 0;
  /// Commits every event with time < end. Calling it piece by piece equals one call.
  virtual void run_until(Time end) = 0;
  virtual RunStatistics statistics() const = 0;
};

}  // namespace sim
