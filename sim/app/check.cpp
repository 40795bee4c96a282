#include <fmt/format.h>

#include "models/world/scenario.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/app/world_cost.hpp"
#include "sim/app/world_study.hpp"

namespace app {

Exit check(CheckOptions const& options) {
  sim::StudyCheck const found = check_aloud(options.study, options.overrides);
  if (!found.study) return Exit::bad_input;
  WorldCost const cost = cost_of(*found.study);
  require_room(cost, 1);
  (void)world::make_scenario(*found.study);  // the model may object to what the study combines
  print(fmt::format("{}: good\n{}{}world: {}\n", options.study, found.summary, found.summary.ends_with('\n') ? "" : "\n", text_of(cost, 1)));
  return Exit::done;
}

}  // namespace app
