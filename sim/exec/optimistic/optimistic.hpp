// The optimistic executor: workers run ahead of each other and roll back what came too early (Time Warp).
#pragma once

#include <cstdint>
#include <memory>

#include "sim/kernel/executor.hpp"

namespace sim {

/// For tests; a good run needs none of them.
struct OptimisticOptions {
  std::uint64_t small_round = 48;                   // events per worker and round below which one worker runs them all
  Duration window{0};                               // how far to run ahead; 0: found by itself
  std::size_t memory_max = std::size_t{64} << 20;   // of saved states and outputs, per worker [bytes]
};

/// Time Warp (D. R. Jefferson, ACM TOPLAS 7(3), 1985) with state saving by copy, for `threads` workers that meet after
/// each window of simulated time to agree on GVT. Needs no lookahead: one tick does. Only what is committed takes
/// effect. Same results as the sequential executor.
std::unique_ptr<Executor> make_optimistic(unsigned threads, OptimisticOptions const& options = {});

}  // namespace sim
