// Fixed-effort multilevel splitting: the probability of a rare event from one run of many short histories.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/campaign/scenario.hpp"
#include "sim/campaign/stop_request.hpp"
#include "sim/campaign/work_done.hpp"
#include "sim/kernel/executor.hpp"

namespace sim {

/// Starts from each of `entrances` such that there are `effort` in all: as many from each, and the rest from some of them, drawn
/// with equal chances without replacement by `rng`. [entrances]
std::vector<std::uint32_t> spread(std::size_t entrances, std::uint32_t effort, RngStream rng);

/// How a splitting run is carried out; the record depends on `event_limit` only.
struct SplittingRun {
  Executor& executor;                             // one that runs one event after the other (Error if not)
  std::uint64_t event_limit;                      // events of one history, its common beginning included
  std::atomic<StopRequest> const* stop;           // may be null
  WorkDone& work;                                 // of all histories is added here
};

/// Replication `key` of a study with a rare event: `effort` histories run until they reach the first level or end; from the
/// states in which they reached it, as many again until the second, and so on (Garvels and Kroese 1998). The product of the
/// shares that got through is unbiased for the probability of each level (L'Ecuyer, Demers and Tuffin 2007).
/// Memory: up to `effort` snapshots. False if `stop` asked to drop it. Throws Error if the level falls, and what the model throws.
bool run_splitting(Scenario const& scenario, std::shared_ptr<Future const> future, SplittingRun const& run, ReplicationRecord& record);

}  // namespace sim
