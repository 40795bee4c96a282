// Runs one replication from start to end and says what came of it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "sim/campaign/scenario.hpp"
#include "sim/campaign/stop_request.hpp"
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

}  // namespace sim
