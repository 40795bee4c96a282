// The conservative executor: windows of the lookahead, run batch by batch by one or more workers.
#pragma once

#include <cstdint>
#include <memory>

#include "sim/kernel/executor.hpp"

namespace sim {

/// Within a window as long as the world's lookahead no logical process can act on another (K. M. Chandy, J. Misra 1979;
/// B. D. Lubachevsky 1989), so each runs its own events of the window in their order, whatever the others do: neighbours
/// together, on `threads` workers that meet between windows. A window with fewer than `small_window` events per worker
/// is run by one of them, because meeting would cost more than it saves. Same results as the sequential executor.
std::unique_ptr<Executor> make_conservative(unsigned threads, std::uint64_t small_window = 48);

}  // namespace sim
