// Runs all missing replications of a study on all cores and hands each to a sink.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/campaign/progress.hpp"
#include "sim/campaign/run_replication.hpp"
#include "sim/campaign/scenario.hpp"
#include "sim/campaign/sink.hpp"

namespace sim {

struct CampaignOptions {
  unsigned jobs = 0;                                // replications at a time; 0: one per core
  std::uint64_t event_limit = 50'000'000;           // committed events after which a replication is censored
  std::atomic<StopRequest> const* stop = nullptr;   // may be null
  std::function<void(Progress const&)> on_progress;  // after each replication, one call at a time; may be empty
};

/// A failed or censored replication and why.
struct Mishap {
  ReplicationKey key;
  ReplicationStatus status = ReplicationStatus::failed;
  std::string message;
};

struct CampaignSummary {
  Progress progress;             // counts at the end
  WorkDone work;                 // of this run
  std::vector<Mishap> mishaps;   // of this run, at most 100, in the order of their keys
  bool stopped = false;          // something is left to do because a stop was requested
};

/// Runs every replication that is not in `already_done`, in the order of WorkOrder, with at most `jobs` executors.
/// The records do not depend on jobs, executor, order or interruptions. Memory: `jobs` replications and at most
/// jobs + 1 prepared futures at a time, one bit per replication besides. Throws what the sink throws.
CampaignSummary run_campaign(Scenario const& scenario, RecordSink& sink, ExecutorFactory const& make_executor,
                             CampaignOptions const& options, std::vector<ReplicationKey> const& already_done);

}  // namespace sim
