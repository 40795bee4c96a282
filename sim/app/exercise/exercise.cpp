#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/app/exercise/exercise_list.hpp"
#include "sim/app/exercise/exercise_sheet.hpp"
#include "sim/base/error.hpp"
#include "sim/config/document.hpp"
#include "sim/exec/executors.hpp"

namespace app {

namespace {

void deliver(ExerciseOptions const& options, std::string const& text) {
  if (options.out.empty()) print(text);
  else write_new_file(options.out, text);
}

/// The scenario with these changes, or nothing: all issues have been said.
std::optional<exercise::Scenario> read_scenario(ExerciseOptions const& options,
                                                std::vector<sim::Override> const& overrides) {
  bool const is_standard = options.scenario.empty();
  std::string const file = is_standard ? "standard scenario" : options.scenario;
  std::string const text =
      is_standard ? exercise::as_toml(exercise::standard_scenario()) : sim::read_text_file(options.scenario);
  auto check = exercise::check_scenario(file, text, overrides);
  for (std::string const& issue : check.issues) complain(issue + "\n");
  std::size_t const count = check.issues.size();
  if (count == 0) return std::move(check.scenario);
  complain(fmt::format("{}: {} problem{}\n", file, count, count == 1 ? "" : "s"));
  return {};
}

/// The scenario with what `--compare` changes on top.
std::optional<exercise::Scenario> read_other(ExerciseOptions const& options, exercise::Scenario const& scenario) {
  auto overrides = options.overrides;
  overrides.insert(overrides.end(), options.compare.begin(), options.compare.end());
  auto other = read_scenario(options, overrides);
  if (other && (other->rules.replications != scenario.rules.replications || other->rules.seed != scenario.rules.seed)) {
    throw sim::Error(
        "--compare changes seed or replications (only histories with the same attacks and luck can be paired) give "
        "them with --seed and --replications");
  }
  return other;
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
  auto const scenario = read_scenario(options, options.overrides);
  if (!scenario) return Exit::bad_input;
  auto const executor = sim::make_executor("sequential");
  std::optional<ExerciseComparison> comparison;
  if (!options.compare.empty()) {
    auto const other = read_other(options, *scenario);
    if (!other) return Exit::bad_input;
    comparison = ExerciseComparison{{}, exercise::compare(*other, *scenario, *executor)};
    for (sim::Override const& change : options.compare) comparison->changes.push_back(change.assignment);
  }
  auto const results = exercise::play_all(*scenario, *executor);
  auto const write = options.format == "json" ? exercise_json : exercise_text;
  deliver(options, write(*scenario, results, comparison));
  return Exit::done;
}

}  // namespace app
