// What `bench` measures: a world for the executors, and the same by hand for the yardstick.
#pragma once

#include <cstdint>
#include <functional>

#include "models/network/bench.hpp"
#include "models/phold/bench.hpp"
#include "sim/kernel/executor.hpp"

namespace sim {

/// Runs a load by hand, calls `when_built` before the first event, and returns the number of events.
using ByHand = std::function<std::uint64_t(std::function<void()> const& when_built)>;

/// A load, from time 0 to `end`. The parameters live as long as the load.
struct BenchLoad {
  std::function<World()> build;
  Duration end;
  ByHand yardstick;
};

/// Throw Error for values that make no load.
BenchLoad bench_load(phold::BenchOptions const& options);
BenchLoad bench_load(network::BenchOptions const& options);

/// One run; `seconds` are wall-clock, from the first event on: building and init are left out.
struct TimedRun {
  std::uint64_t events = 0;
  double seconds = 0;
  std::uint64_t digest = 0;  // 0 by hand
  double events_per_second() const { return static_cast<double>(events) / seconds; }
};

TimedRun time_executor(BenchLoad const& load, Executor& executor);
TimedRun time_by_hand(ByHand const& by_hand);

/// What a load gave on an executor and by hand.
struct BenchResult : TimedRun {
  std::uint64_t yardstick_events = 0;
  double yardstick_seconds = 0;

  /// Events per second over the yardstick's.
  double ratio_to_yardstick() const {
    return events_per_second() / (static_cast<double>(yardstick_events) / yardstick_seconds);
  }
};

/// Runs the load on `executor`, then by hand; on several ranks by hand only on the first one, undisturbed by the others.
BenchResult bench(BenchLoad const& load, Executor& executor);

}  // namespace sim
