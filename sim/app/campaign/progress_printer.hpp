// Shows a campaign's progress on standard error: a bar on a terminal, plain lines elsewhere.
#pragma once

#include <chrono>

#include "sim/app/commands.hpp"
#include "sim/campaign/progress.hpp"

namespace app {

/// Prints a bar at most ten times a second, or a plain line every ten seconds. One thread at a time.
class ProgressPrinter {
 public:
  explicit ProgressPrinter(ProgressMode mode);

  /// Shows `progress` if it is time to.
  void update(sim::Progress const& progress);
  /// Shows the last state and ends the bar's line.
  void finish(sim::Progress const& progress);

 private:
  using WallClock = std::chrono::steady_clock;
  void show(sim::Progress const& progress);

  ProgressMode mode_;
  WallClock::duration wall_interval_;
  WallClock::time_point wall_last_;
};

}  // namespace app
