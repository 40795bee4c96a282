// A short pilot of a campaign: what a history costs in time, memory and bytes, measured and not kept.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/campaign/scenario.hpp"
#include "sim/campaign/stop_request.hpp"

namespace app {

struct PilotOptions {
  unsigned jobs = 1;                 // histories at a time
  std::uint32_t histories = 0;       // 0: as many as the time allows, at most 64
  double wall_seconds = 10;          // no history begins later, one under way ends at its second replication; only with histories = 0
  std::uint64_t event_limit = 0;     // of a replication
  sim::Time branch_at = sim::end_of_time;  // see sim::History
};

/// Time that some work took: by the clock, and of a core; the first is longer where others use the machine too.
struct Spent {
  double wall_seconds = 0, core_seconds = 0;
};

/// What the pilot measured. A history is all treatments with the same random numbers.
struct PilotRun {
  std::vector<Spent> histories;         // each history, without its future's tables
  std::uint64_t extrapolated = 0;       // of them cut short after two or more replications, the others taken to cost the same
  std::vector<Spent> setups;            // the tables of each future
  std::vector<double> journal_bytes;    // of each replication
  double results_bytes = 0;             // of a replication in the results file, mean
  Spent partial;                        // on histories cut short after one replication
  std::uint64_t partial_replications = 0;
  std::uint64_t failed = 0;             // replications that failed or were censored
  std::string first_failure;
  double base_memory = 0, worker_memory = 0;  // [bytes] resident before, and more for each history at a time
  unsigned jobs = 1;
  double wall_seconds = 0;
  bool interrupted = false;             // by a signal
  std::vector<sim::ReplicationRecord> watched;  // what a stopping rule would see: the number of the history in place of the future, replication 0
};

/// Runs histories of `scenario` on sequential executors, in futures spread evenly, replication 0 of each first. Writes nothing.
PilotRun run_pilot(sim::Scenario const& scenario, PilotOptions const& options, std::atomic<sim::StopRequest> const& stop);

/// Future and replication of the pilot's history number `index`; after all futures the next replication.
sim::ReplicationKey pilot_history(sim::ResultSchema const& schema, std::uint32_t histories, std::uint32_t index);

}  // namespace app
