// Times PHOLD on an executor beside the yardstick.
#pragma once

#include "models/phold/bench.hpp"
#include "sim/kernel/executor.hpp"

namespace sim {

/// Runs the load on `executor`, then the yardstick, and times both from the first event on (building and init are left
/// out on both sides where they can be told apart).
phold::BenchResult bench_phold(phold::BenchOptions const& options, Executor& executor);

}  // namespace sim
