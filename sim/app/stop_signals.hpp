// Turns Ctrl-C and its relatives into a request to stop that keeps everything finished.
#pragma once

#include <signal.h>

#include <array>
#include <atomic>

#include "sim/campaign/stop_request.hpp"

namespace app {

/// Listens to SIGINT, SIGTERM, SIGHUP and SIGUSR1 while it lives: the first asks to stop after the running replications,
/// the second to drop them, the third ends the process. At most one object at a time.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(StopSignals const&) = delete;
  StopSignals& operator=(StopSignals const&) = delete;

  /// What has been asked for so far.
  std::atomic<sim::StopRequest> const& request() const;

 private:
  std::array<struct sigaction, 4> before_;
};

}  // namespace app
