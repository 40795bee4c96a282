// One measurement of PHOLD: what is run and what came of it.
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

/// What a run of the load gave; `seconds` are wall-clock.
struct BenchResult {
  std::uint64_t events = 0;
  double seconds = 0;
  std::uint64_t digest = 0;
  std::uint64_t yardstick_events = 0;
  double yardstick_seconds = 0;

  double events_per_second() const { return static_cast<double>(events) / seconds; }
  /// Events per second over the yardstick's.
  double ratio_to_yardstick() const {
    return events_per_second() / (static_cast<double>(yardstick_events) / yardstick_seconds);
  }
};

}  // namespace phold
