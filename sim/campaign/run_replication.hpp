// Runs one replication, or all treatments of one history, from start to end and says what came of it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "sim/campaign/scenario.hpp"
#include "sim/campaign/stop_request.hpp"
#include "sim/campaign/work_done.hpp"
#include "sim/kernel/executor.hpp"

namespace sim {

/// Makes an executor; called from several threads at once.
using ExecutorFactory = std::function<std::unique_ptr<Executor>()>;

/// Runs replication `key` in a prepared future and measures it.
/// A model's exception or broken contract gives status failed with its message, more than `event_limit` committed events
/// gives status censored; neither depends on executor or threads. Empty if `stop` (may be null) asked to drop it.
/// std::bad_alloc passes through: lack of memory is the machine's fault, not the replication's.
std::optional<ReplicationRecord> run_replication(Scenario const& scenario, std::shared_ptr<Future const> future,
                                                 ReplicationKey key, Executor& executor, std::uint64_t event_limit,
                                                 std::atomic<StopRequest> const* stop);

/// The replications of one history that differ only in the treatment.
struct History {
  std::vector<ReplicationKey> keys;  // same future and replication, different points
  Time branch_at = end_of_time;      // they share at most what comes before; the start of the history: nothing
  WorkDone work;                     // of all that did not fail; less than the sum of theirs where they share a beginning
};

/// Runs every replication of `history` and hands its record to `deliver`. What the treatments have in common, up to
/// `branch_at` and never beyond Scenario::first_difference, is simulated once and branched; the records are those of run_replication, to the bit.
/// If `stop` (may be null) asks for it, what has not been delivered is left out.
void run_history(Scenario const& scenario, std::shared_ptr<Future const> future, History& history, Executor& executor,
                 std::uint64_t event_limit, std::atomic<StopRequest> const* stop,
                 std::function<void(ReplicationRecord&&)> const& deliver);

}  // namespace sim
