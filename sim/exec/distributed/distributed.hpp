// The distributed executor: one world on several MPI ranks, in conservative windows.
#pragma once

#include <memory>

#include "sim/kernel/executor.hpp"

namespace sim {

/// Every rank builds the same world, runs the events of its own range of logical processes window by window, as the
/// conservative executor does, and holds the whole world again whenever run_until returns: states, statistics, rows and
/// errors are then the same on all. All ranks make the same calls in the same order. Begins MPI if need be; Error if the
/// program was built without. Same results as the sequential executor.
std::unique_ptr<Executor> make_distributed();

}  // namespace sim
