#include "sim/app/campaign/stop_timer.hpp"

#include <fmt/format.h>

#include <chrono>
#include <optional>

#include "sim/app/console.hpp"
#include "sim/base/error.hpp"
#include "sim/campaign/progress.hpp"

namespace app {

namespace {

using WallClock = std::chrono::steady_clock;
constexpr auto wall_glance = std::chrono::milliseconds(100);  // a signal is seen so late at most

double wall_since(WallClock::time_point begin) { return std::chrono::duration<double>(WallClock::now() - begin).count(); }

}  // namespace

StopTimer::StopTimer(StopSignals& signals, WallLimits const& limits) : signals_(signals), limits_(limits) {
  if (limits.whole_s <= limits.grace_s) {
    throw sim::Error(fmt::format("--max-wallclock leaves no time to work ({} in all, of which the last {} are the grace) "
                                 "raise it, or lower --grace",
                                 sim::wall_time_text(limits.whole_s), sim::wall_time_text(limits.grace_s)));
  }
  watcher_ = std::jthread([this] { watch(); });
}

StopTimer::~StopTimer() {
  {
    std::scoped_lock const hold(mutex_);
    over_ = true;
  }
  wake_.notify_all();
}

void StopTimer::watch() {
  auto const begin = WallClock::now();
  std::optional<WallClock::time_point> asked;
  std::unique_lock hold(mutex_);
  while (!wake_.wait_for(hold, wall_glance, [this] { return over_; })) {
    auto const request = signals_.request().load();
    if (request == sim::StopRequest::now) return;
    if (request == sim::StopRequest::none && wall_since(begin) >= limits_.whole_s - limits_.grace_s) {
      complain("stopping: --max-wallclock is nearly over; what runs may finish within the grace\n");
      signals_.ask(sim::StopRequest::after_running);
    }
    if (!asked && signals_.request().load() != sim::StopRequest::none) asked = WallClock::now();
    if (asked && wall_since(*asked) >= limits_.grace_s) {
      complain("the grace is over: what still runs is dropped\n");
      signals_.ask(sim::StopRequest::now);
      return;
    }
  }
}

}  // namespace app
