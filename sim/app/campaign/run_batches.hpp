// A campaign over MPI ranks: each runs replications of its own, the first one hands them out in batches.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "sim/app/campaign/stop_timer.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/stop_signals.hpp"
#include "sim/campaign/campaign.hpp"
#include "sim/campaign/work_order.hpp"
#include "sim/exec/distributed/batch_exchange.hpp"

namespace app {

/// True if several ranks were started and each shall run whole replications.
bool hands_out_batches(RunOptions const& options);

/// Cores that this process should use: those it may run on, shared with the ranks beside it, or what Slurm gave the task.
unsigned cores_of_this_rank();

/// The limits on wall-clock time that `options` asks for; throws sim::Error for what is no duration.
WallLimits limits_of(RunOptions const& options);

/// What another rank does: waits for the invitation, computes what it is given, and keeps it in its own journal.
Exit work_in_batches(RunOptions const& options);

/// The first rank's side: gives from one order to the other ranks, on a thread of its own, and to this rank's workers.
class BatchOffice {
 public:
  BatchOffice(StopSignals const& signals, RunOptions const& options);
  /// Leaves the other ranks without an answer if they still ask.
  ~BatchOffice();
  BatchOffice(BatchOffice const&) = delete;
  BatchOffice& operator=(BatchOffice const&) = delete;

  /// Begins to hand out; the work for this rank. `order` must live until close().
  std::unique_ptr<sim::WorkSource> open(sim::WorkOrder& order, std::uint64_t failed_before);
  /// Takes note of this rank's progress; the progress of all.
  sim::Progress note(sim::Progress progress);
  /// Waits until all ranks have kept what they had, and adds what they did to `summary`.
  void close(sim::CampaignSummary& summary);

 private:
  class OwnShare;
  std::vector<sim::ReplicationKey> give(unsigned rank, sim::BatchReport const& report);
  std::vector<sim::ReplicationKey> take(std::size_t most);
  sim::BatchReport others() const;
  bool too_many_failures() const;

  StopSignals const& signals_;
  std::uint64_t failures_max_, failed_before_ = 0;
  unsigned ranks_, jobs_;
  std::mutex mutex_;  // guards order_, left_, reports_ and own_failed_
  sim::WorkOrder* order_ = nullptr;
  std::uint64_t left_ = 0;
  std::vector<sim::BatchReport> reports_;  // of each rank
  std::uint64_t own_failed_ = 0;
  std::atomic<bool> abandoned_{false};
  std::jthread server_;
};

}  // namespace app
