// Rows of several ranks, put into event order for every one of them.
#pragma once

#include "sim/exec/committed_rows.hpp"
#include "sim/exec/distributed/ranks.hpp"
#include "sim/kernel/row.hpp"

namespace sim {

/// Hands what all ranks have logged before `end`, before which nothing more will come, to `sink` in event order, and leaves
/// the rest in the own log; all call it, and all receive the same.
void deliver_all(CommittedRows& own, Time end, WorldTable const& table, Ranks& ranks, RowSink& sink);

}  // namespace sim
