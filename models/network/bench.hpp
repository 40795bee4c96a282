// One measurement of the closed network of queues: what is run.
#pragma once

#include <cstdint>

#include "models/network/network.hpp"

namespace network {

/// A load; the mean service is 1. The names are PHOLD's.
struct BenchOptions {
  std::uint32_t lps = 1024;         // stations
  std::uint32_t events_per_lp = 1;  // jobs per station
  double lookahead = 0.1;           // a job's way to its next station [mean services], rounded up to a whole microsecond
  double end = 1000;                // [mean services]
  std::uint64_t seed = 1;
};

/// Throws sim::Error for values that make no load.
Parameters bench_parameters(BenchOptions const& options);
/// The simulated span of the load.
sim::Duration bench_end(BenchOptions const& options);

}  // namespace network
