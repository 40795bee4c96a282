// States of logical processes on their way between ranks.
#pragma once

#include "sim/exec/conservative/lp_ranges.hpp"
#include "sim/exec/distributed/ranks.hpp"
#include "sim/kernel/lp_block.hpp"

namespace sim {

/// Brings the blocks of every rank's logical processes to all others; all call it.
void exchange_blocks(WorldTable const& table, LpRanges const& ranges, Ranks& ranks);

}  // namespace sim
