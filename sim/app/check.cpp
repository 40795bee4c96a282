#include <fmt/format.h>

#include "models/world/scenario.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/campaign/study.hpp"

namespace app {

Exit check(CheckOptions const& options) {
  sim::StudyCheck const found =
      sim::check_study(sim::read_study_file(options.study), options.overrides, world::vocabulary());
  for (std::string const& issue : found.issues) complain(issue + "\n");
  if (!found.study) {
    complain(fmt::format("{}: {} problem{}\n", options.study, found.issues.size(), found.issues.size() == 1 ? "" : "s"));
    return Exit::bad_input;
  }
  (void)world::make_scenario(*found.study);  // the model may object to what the study combines
  print(fmt::format("{}: good\n{}{}", options.study, found.summary, found.summary.ends_with('\n') ? "" : "\n"));
  return Exit::done;
}

}  // namespace app
