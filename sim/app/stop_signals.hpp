// Turns Ctrl-C and its relatives into a request to stop that keeps everything finished.
#pragma once

#include <atomic>

#include "sim/campaign/stop_request.hpp"

namespace app {

/// Listens to SIGINT, SIGTERM, SIGHUP and SIGUSR1 while it lives: the first asks to finish what runs and start nothing
/// new, the second to drop what runs, the third ends the process. Ignores them afterwards: what was asked for is done,
/// and the process ends with the exit code that says so. On several MPI ranks only the first one speaks, and SIGTERM,
/// which mpirun sends to all when it ends a run and soon follows by SIGKILL, asks to drop what runs at once. One object in
/// the life of a process.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(StopSignals const&) = delete;
  StopSignals& operator=(StopSignals const&) = delete;

  /// What has been asked for so far.
  std::atomic<sim::StopRequest> const& request() const;
  /// Asks for it as a signal would; a stronger request stays. Any thread.
  void ask(sim::StopRequest request);
};

}  // namespace app
