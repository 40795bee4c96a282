// The interface of everything that runs a world.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>

#include "sim/base/time.hpp"
#include "sim/kernel/execution.hpp"
#include "sim/kernel/row.hpp"
#include "sim/kernel/snapshot.hpp"
#include "sim/kernel/world.hpp"

namespace sim {

/// Bounds on a run.
struct RunLimits {
  std::uint64_t events = std::numeric_limits<std::uint64_t>::max();  // largest number of committed events
};

/// Runs one world at a time. Results depend on world and limits only, never on the executor.
/// An exception of a handler becomes ReplicationFailure; the run cannot be continued after it. A new one may be started or
/// resumed after any end.
class Executor {
 public:
  virtual ~Executor() = default;
  /// Starts `world` (which stays where it is until the run is over) at `start`: init of every LP in order of LpId.
  virtual void start(World& world, RowSink& rows, Time start, RunLimits limits = {}) = 0;
  /// Commits every event with time < end. Calling it piece by piece equals one call.
  virtual void run_until(Time end) = 0;
  virtual RunStatistics statistics() const = 0;
  /// How it was executed since the start or resumption; not between a failure and the next start.
  virtual ExecutionStatistics execution() const = 0;
  /// The history as it stands after run_until; not after a censored run or a failure (Error).
  virtual std::shared_ptr<Snapshot const> snapshot() const = 0;
  /// Goes on from `snapshot`, whichever executor took it, instead of starting: `world` has the same agents as the one it
  /// was taken of (Error if not) and has not started. Of its interventions those from the snapshot's time on take place;
  /// it must have had the same ones before. Going on equals never having stopped, to the bit.
  virtual void resume(World& world, RowSink& rows, std::shared_ptr<Snapshot const> snapshot, RunLimits limits = {}) = 0;
};

}  // namespace sim
