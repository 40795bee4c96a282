#include "sim/app/bench/world_histories.hpp"

#include <chrono>

namespace app {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point wall_start) {
  return std::chrono::duration<double>(Clock::now() - wall_start).count();
}

}  // namespace

HistoriesRun run_histories(sim::Scenario const& scenario, std::uint32_t futures, sim::Executor& executor) {
  HistoriesRun all;
  for (std::uint32_t future = 0; future < futures; ++future) {
    auto const tables = scenario.prepare(future);
    auto const wall_build = Clock::now();
    auto const replication = scenario.build(tables, {0, future, 0});
    executor.start(replication->world(), replication->rows(), scenario.start());
    all.build_s += seconds_since(wall_build);
    auto const wall_run = Clock::now();
    executor.run_until(scenario.end());
    all.run_s += seconds_since(wall_run);
    all.events += executor.statistics().events;
    all.work.add(executor, {});
    all.lps = replication->world().lp_count();
    all.digest ^= replication->world().digest();
  }
  return all;
}

}  // namespace app
