#include "sim/campaign/splitting/level_watch.hpp"

#include "sim/base/error.hpp"
#include "sim/base/names.hpp"
#include "sim/base/time.hpp"

namespace sim {

bool LevelWatch::wants_pause() {
  double const now = splittable_.level();
  if (!(now >= level_)) [[unlikely]] {
    throw Error("the level of the rare event fell from " + shown(level_) + " to " + shown(now) + " at " + to_string(time_) +
                " (splitting needs a level that never falls on the path, such as the greatest value so far) let the model "
                "declare one");
  }
  level_ = now;
  is_told_ = true;
  return is_at_goal() || splittable_.is_over();
}

void LevelWatch::refuse_executor() {
  throw Error("the history goes on beyond its level (splitting needs an executor that runs one event after the other) use the "
              "sequential executor");
}

}  // namespace sim
