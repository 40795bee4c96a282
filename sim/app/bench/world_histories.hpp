// Runs histories of a study's world and times them.
#pragma once

#include <cstdint>

#include "sim/campaign/scenario.hpp"
#include "sim/campaign/work_done.hpp"
#include "sim/kernel/executor.hpp"

namespace app {

/// What some histories gave together; wall-clock times apart for building and init, and for running.
struct HistoriesRun {
  double build_s = 0, run_s = 0;
  std::uint64_t events = 0, digest = 0;
  std::uint32_t lps = 0;
  sim::WorkDone work;
};

/// One history of treatment 0 in each of the first futures, one after the other.
HistoriesRun run_histories(sim::Scenario const& scenario, std::uint32_t futures, sim::Executor& executor);

}  // namespace app
