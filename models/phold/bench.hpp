// One measurement of PHOLD: what is run.
#pragma once

#include <cstdint>

#include "models/phold/phold.hpp"

namespace phold {

/// A load; the mean increment is 1.
struct BenchOptions {
  std::uint32_t lps = 1024;
  std::uint32_t events_per_lp = 1;
  double lookahead = 0.1;  // [mean increments], rounded up to a whole microsecond
  double remote = 0.5;     // probability
  double end = 1000;       // [mean increments]
  std::uint64_t seed = 1;
  Load load = Load::uniform;
};

/// Throws sim::Error for values that make no load.
Parameters bench_parameters(BenchOptions const& options);
/// The simulated span of the load.
sim::Duration bench_end(BenchOptions const& options);

}  // namespace phold
