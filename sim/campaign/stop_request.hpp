// How a campaign is asked to stop.
#pragma once

namespace sim {

/// A request to stop, set by a signal handler or another thread.
enum class StopRequest : int {
  none = 0,
  after_running = 1,  // start nothing new, finish what runs
  now = 2,            // drop what runs as well
};

}  // namespace sim
