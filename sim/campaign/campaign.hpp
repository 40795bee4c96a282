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
#include "sim/campaign/work_source.hpp"

namespace sim {

struct CampaignOptions {
  unsigned jobs = 0;                                // replications at a time; 0: one per core
  std::uint64_t event_limit = 50'000'000;           // committed events after which a replication is censored
  Time branch_at = end_of_time;                     // see History
  std::uint64_t failures_max = UINT64_MAX;          // more failed replications end the campaign
  std::uint64_t failed_before = 0;                  // of them, those of earlier runs
  std::uint64_t censored_before = 0;                // likewise, for Progress
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
  std::uint64_t computed = 0;    // replications, by this process
  std::vector<Mishap> mishaps;   // of this run, at most 100, in the order of their keys
  bool stopped = false;          // something is left to do: a stop was requested, memory ran out, too much failed
  bool out_of_memory = false;    // what needed more is left undone, as if never begun
  bool too_many_failures = false;
};

/// How much a campaign has before it: replications that fall to this process, and those of them already done.
struct WorkLoad {
  std::uint64_t planned = 0;
  std::uint64_t done_before = 0;
};

/// Runs every replication that `source` hands out, with at most `jobs` executors. The records do not depend on jobs,
/// executor, order or interruptions. Memory: `jobs` replications and at most jobs + 1 prepared futures at a time. Throws
/// what the sink and the source throw.
CampaignSummary run_campaign(Scenario const& scenario, RecordSink& sink, ExecutorFactory const& make_executor,
                             CampaignOptions const& options, WorkSource& source, WorkLoad const& load);

/// The same for all that is missing of the campaign, in the order of WorkOrder.
CampaignSummary run_campaign(Scenario const& scenario, RecordSink& sink, ExecutorFactory const& make_executor,
                             CampaignOptions const& options, std::vector<ReplicationKey> const& already_done);

}  // namespace sim
