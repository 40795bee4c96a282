#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/app/exercise_list.hpp"
#include "sim/app/exercise_sheet.hpp"
#include "sim/config/document.hpp"
#include "sim/exec/executors.hpp"

namespace app {

namespace {

void deliver(ExerciseOptions const& options, std::string const& text) {
  if (options.out.empty()) print(text);
  else write_new_file(options.out, text);
}

}  // namespace

Exit exercise(ExerciseOptions const& options) {
  if (!options.out.empty()) {
    require_absent(options.out);
    require_writable_folder(options.out);
  }
  if (options.describe || options.make_template) {
    deliver(options, options.describe ? exercise_list(options.format) : exercise::as_toml(exercise::standard_scenario()));
    return Exit::done;
  }
  bool const is_standard = options.scenario.empty();
  std::string const file = is_standard ? "standard scenario" : options.scenario;
  std::string const text =
      is_standard ? exercise::as_toml(exercise::standard_scenario()) : sim::read_text_file(options.scenario);
  auto const check = exercise::check_scenario(file, text, options.overrides);
  for (std::string const& issue : check.issues) complain(issue + "\n");
  if (std::size_t const count = check.issues.size(); count > 0) {
    complain(fmt::format("{}: {} problem{}\n", file, count, count == 1 ? "" : "s"));
    return Exit::bad_input;
  }
  auto const executor = sim::make_executor("sequential");
  auto const results = exercise::play_all(check.scenario, *executor);
  deliver(options, options.format == "json" ? exercise_json(check.scenario, results)
                                            : exercise_text(check.scenario, results));
  return Exit::done;
}

}  // namespace app
