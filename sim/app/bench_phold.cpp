#include "sim/app/bench_phold.hpp"

#include <chrono>

#include "models/phold/yardstick.hpp"
#include "sim/exec/mpi_session.hpp"

namespace sim {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point wall_start) {
  return std::chrono::duration<double>(Clock::now() - wall_start).count();
}

}  // namespace

phold::BenchResult bench_phold(phold::BenchOptions const& options, Executor& executor) {
  phold::Parameters const parameters = phold::bench_parameters(options);
  phold::BenchResult result;
  {
    World world = phold::build(parameters, options.seed);
    NoRows rows;
    executor.start(world, rows, Time{});
    auto const wall_start = Clock::now();
    executor.run_until(Time{} + phold::bench_end(options));
    result.seconds = seconds_since(wall_start);
    result.events = executor.statistics().events;
    result.digest = world.digest();
  }
  if (this_rank() != 0) return result;  // one yardstick, undisturbed by others
  auto const wall_start = Clock::now();
  result.yardstick_events = phold::run_yardstick(parameters, phold::bench_end(options), options.seed);
  result.yardstick_seconds = seconds_since(wall_start);
  return result;
}

}  // namespace sim
