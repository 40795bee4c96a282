// The yardstick that engines are compared with: PHOLD by hand on std::priority_queue, with nothing else.
#pragma once

#include <cstdint>
#include <functional>

#include "models/phold/phold.hpp"

namespace phold {

/// Runs PHOLD on a binary heap of 32-byte events with splitmix64 numbers until `end` after the start; returns the
/// number of events. No agents, no streams, no digest: what an hour of plain C++ gives. `when_built` is called before the
/// first event, for a clock that leaves out building.
std::uint64_t run_yardstick(Parameters const& parameters, sim::Duration end, std::uint64_t seed,
                            std::function<void()> const& when_built = [] {});

/// The bound: the same hops in windows of the lookahead whose events are run as they lie, in no order at all, with the next
/// processes prefetched; returns the number of events. No simulation could do less. A delay of over 14 means is cut.
std::uint64_t run_bound(Parameters const& parameters, sim::Duration end, std::uint64_t seed,
                        std::function<void()> const& when_built = [] {});

}  // namespace phold
