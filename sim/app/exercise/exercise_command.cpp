#include <CLI/CLI.hpp>

#include <memory>

#include "models/exercise/scenario.hpp"
#include "sim/app/subcommands.hpp"

namespace app {

namespace {

void add_override(CLI::App* sub, std::shared_ptr<ExerciseOptions> const& options, std::string const& name,
                  std::string const& meaning) {
  std::string const flag = "--" + name, key = "exercise." + name;
  sub->add_option_function<std::string>(
         flag,
         [options, flag, key](std::string const& value) {
           options->overrides.emplace_back(key + "=" + value, flag + " " + value);
         },
         meaning)
      ->type_name("N");
}

void add_changes(CLI::App* sub, std::vector<sim::Override>& changes, std::string const& flag,
                 std::string const& meaning) {
  sub->add_option_function<std::vector<std::string>>(
         flag,
         [&changes, flag](std::vector<std::string> const& given) {
           for (std::string const& each : given) changes.emplace_back(each, flag + " " + each);
         },
         meaning)
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
}

}  // namespace

void add_exercise(CLI::App& parser, std::function<Exit()>& chosen) {
  auto const options = std::make_shared<ExerciseOptions>();
  CLI::App* const sub =
      parser.add_subcommand("exercise", "a cyber defence exercise: blue teams against one red team, with a score sheet");
  sub->add_option("scenario", options->scenario, "scenario, a TOML file [default: the standard one, see --template]")
      ->type_name("SCENARIO");
  add_changes(sub, options->overrides, "--set",
              "change one key, e.g. --set red.attacks=300 --set team.blue-01.analysts=30; may be repeated");
  add_changes(sub, options->compare, "--compare",
              "change one key, and say what the change gains each team; may be repeated: all changes together");
  add_override(sub, options, "replications", "worlds simulated, 2 or more");
  add_override(sub, options, "seed", "seed of all random numbers");
  sub->add_option("-o,--output", options->out, "file to write, not there yet [default: standard output]")
      ->type_name("FILE");
  auto* const json = sub->add_flag_callback(
      "--json", [options] { options->format = "json"; }, "as JSON (docs/formats/exercise.md)");
  auto* const describe =
      sub->add_flag("--describe", options->describe, "list every key of a scenario and every item of the sheet instead");
  sub->add_flag_callback(
         "--markdown", [options] { options->format = "md"; }, "the list as Markdown")
      ->needs(describe)
      ->excludes(json);
  sub->add_flag("--template", options->make_template, "print the standard scenario, all keys commented, instead")
      ->excludes(describe)
      ->excludes(json);
  std::string keys = "Tables of a scenario; --describe lists their keys with unit, range, standard and source:\n";
  for (auto const& [name, about] : exercise::tables()) keys += "  [" + name + "] " + about + "\n";
  sub->footer(
      keys + "  [[team]] one for each blue team\nExamples:\n  berylia exercise configs/exercises/two_weeks.toml\n"
      "  berylia exercise --set exercise.days=2 --set red.attacks=90 --replications 20\n"
      "  berylia exercise --set channel.sharing=false --json -o sheet.json\n"
      "  berylia exercise --compare team.blue-01.analysts=28\n"
      "  berylia exercise --describe");
  sub->callback([&chosen, options] { chosen = [options] { return app::exercise(*options); }; });
}

}  // namespace app
