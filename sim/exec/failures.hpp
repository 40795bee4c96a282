// Turns what a handler throws into a ReplicationFailure that says where and when.
#pragma once

#include "sim/kernel/failure.hpp"
#include "sim/kernel/world.hpp"

namespace sim {

/// Call inside a catch block: rethrows the current exception as ReplicationFailure; std::bad_alloc passes through,
/// because lack of memory is the machine's fault.
[[noreturn]] void rethrow_handler_failure(World const& world, EventHeader const& event);
/// The same for init at `start`.
[[noreturn]] void rethrow_init_failure(World const& world, LpId lp, Time start);

}  // namespace sim
