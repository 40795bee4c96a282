// Takes a snapshot, whatever way an executor keeps its pending events.
#pragma once

#include <memory>
#include <vector>

#include "sim/exec/pending_entry.hpp"
#include "sim/kernel/snapshot.hpp"
#include "sim/kernel/world.hpp"

namespace sim {

/// `pending`: all events still to come, in order; interventions among them are left out.
std::shared_ptr<Snapshot const> make_snapshot(World const& world, Time time, EventKey last,
                                              RunStatistics const& statistics, std::vector<PendingEntry> const& pending);

/// Throws Error: there is no history to take a snapshot of.
[[noreturn]] void refuse_snapshot();

}  // namespace sim
