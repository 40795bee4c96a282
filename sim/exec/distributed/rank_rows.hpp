// Rows of several ranks, put into event order for every one of them.
#pragma once

#include "sim/exec/conservative/partition.hpp"
#include "sim/exec/distributed/ranks.hpp"
#include "sim/kernel/row.hpp"

namespace sim {

/// Hands what all ranks have logged to `sink`, in event order, and clears the own log; all call it, and all receive the
/// same. All that is still to come must be later in that order.
void deliver_all(WindowLog& own, WorldTable const& table, Ranks& ranks, RowSink& sink);

}  // namespace sim
