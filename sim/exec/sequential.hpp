// The sequential executor: one event after the other in the strict total order; the reference for all others.
#pragma once

#include <memory>

#include "sim/kernel/executor.hpp"

namespace sim {

/// Fastest on one thread for any lookahead.
std::unique_ptr<Executor> make_sequential();

}  // namespace sim
