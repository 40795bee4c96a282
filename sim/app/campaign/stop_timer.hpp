// Stops a run in good time: before its wall-clock time is over, and when what runs does not finish within the grace.
#pragma once

#include <condition_variable>
#include <limits>
#include <mutex>
#include <thread>

#include "sim/app/stop_signals.hpp"

namespace app {

/// Wall-clock limits of a run [s], counted on a clock that never jumps.
struct WallLimits {
  double whole_s = std::numeric_limits<double>::infinity();  // from now to the end of the process
  double grace_s = 30;  // within it what runs when a stop is asked for may finish; then it is dropped
};

/// While it lives: asks to stop `grace_s` before the whole time is over, and to drop what runs `grace_s` after a stop was
/// asked for, by whomever.
class StopTimer {
 public:
  /// Throws sim::Error if the grace leaves no time to work.
  StopTimer(StopSignals& signals, WallLimits const& limits);
  ~StopTimer();
  StopTimer(StopTimer const&) = delete;
  StopTimer& operator=(StopTimer const&) = delete;

 private:
  void watch();

  StopSignals& signals_;
  WallLimits limits_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool over_ = false;
  std::jthread watcher_;
};

}  // namespace app
