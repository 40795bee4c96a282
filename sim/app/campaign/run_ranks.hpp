// A campaign on several MPI ranks: the first one plans, writes and speaks, all run every replication together.
#pragma once

#include <atomic>
#include <vector>

#include "sim/app/commands.hpp"
#include "sim/app/stop_signals.hpp"
#include "sim/base/results.hpp"
#include "sim/campaign/run_replication.hpp"

namespace app {

/// The first rank's word to the others, which wait for it, that there is something to compute. If it is not given, for
/// whatever reason, they are told so at the end.
class Invitation {
 public:
  Invitation() = default;
  ~Invitation();
  Invitation(Invitation const&) = delete;
  Invitation& operator=(Invitation const&) = delete;

  void give(std::vector<sim::ReplicationKey> const& already_done);

 private:
  bool is_given_ = false;
};

/// What another rank does: waits for the invitation, then runs the campaign in step with the first and keeps nothing.
Exit follow_first_rank(RunOptions const& options);

/// What all ranks have been asked to do, the same on all of them: agreed on in every run_until of the executors that
/// `make_executor` makes. On one rank, or if they do not run each replication together, simply what `signals` says.
class AgreedStop {
 public:
  AgreedStop(StopSignals const& signals, bool together);
  std::atomic<sim::StopRequest> const& request() const;
  std::unique_ptr<sim::Executor> make_executor(std::string const& name, unsigned threads);

 private:
  StopSignals const& signals_;
  bool together_;
  std::atomic<sim::StopRequest> agreed_{sim::StopRequest::none};
};

}  // namespace app
