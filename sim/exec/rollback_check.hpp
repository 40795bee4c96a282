// The rollback-check executor: catches models that keep anything outside their state.
#pragma once

#include <memory>

#include "sim/kernel/executor.hpp"

namespace sim {

/// Executes every handler, rolls it back (state, counters, digest, sends, rows), executes it again and compares
/// everything bit by bit, the agent's own parameters included. A difference is a ReplicationFailure. Same results as
/// the sequential executor (the idea is from Devastator and ROSS). About four times slower.
std::unique_ptr<Executor> make_rollback_check();

}  // namespace sim
