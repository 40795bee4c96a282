#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

#include "models/theory/comparison.hpp"
#include "sim/app/subcommands.hpp"

namespace app {

namespace {

void add_output(CLI::App* sub, std::shared_ptr<TheoryOptions> const& options) {
  sub->add_flag_callback(
      "--json", [options] { options->format = "json"; }, "as JSON (docs/guide/theory.md)");
}

/// The sub-command of one theory: an option for each of its parameters.
void add_one(CLI::App* group, std::function<Exit()>& chosen, theory::Theory const& theory,
             std::shared_ptr<TheoryOptions> const& options) {
  CLI::App* const sub = group->add_subcommand(theory.name, theory.title);
  std::string example;
  for (theory::Parameter const& parameter : theory.parameters) {
    sub->add_option_function<std::string>(
           theory::option_of(parameter),
           [options, name = parameter.name](std::string const& text) { options->parameters.emplace_back(name, text); },
           fmt::format("{}: {} [default: {}]", parameter.meaning, theory::range_of(parameter), parameter.standard))
        ->type_name(parameter.unit == "1" ? "VALUE" : parameter.unit);
    if (example.empty()) example = theory::option_of(parameter) + " " + parameter.standard;
  }
  sub->add_option("--replications", options->replications,
                  fmt::format("worlds simulated [default: {}, doubled until half-widths are at most {:g} %]",
                              theory.replications, 100 * theory::precision))
      ->type_name("N")
      ->check(CLI::Range(2, 1000000));
  sub->add_option("--seed", options->seed, "seed of all random numbers [default: 1]")
      ->type_name("N")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{0x7fff'ffff'ffff'ffff}));
  add_output(sub, options);
  sub->footer(fmt::format("Law: {}\nHolds where: {}\nSource: {}\nExamples:\n  berylia theory {} {} --json", theory.law,
                          theory.condition, theory.source, theory.name, example));
  sub->callback([&chosen, options, name = theory.name] {
    options->name = name;
    chosen = [options] { return app::theory(*options); };
  });
}

}  // namespace

void add_theory(CLI::App& parser, std::function<Exit()>& chosen) {
  auto const options = std::make_shared<TheoryOptions>();
  CLI::App* const group =
      parser.add_subcommand("theory", "a closed form beside what simulated agents reach, with its interval");
  group->require_subcommand(0, 1);
  group->footer(
      "Examples:\n  berylia theory --list\n"
      "  berylia theory axelrod-iliev --stakes exponential --persistence 0.9 --stealth 0.1 --discount 0.9 --json");
  group->add_flag("--list", options->list,
                  "name the theories with their parameters, units, ranges, defaults and sources");
  add_output(group, options);
  group->add_flag_callback(
      "--markdown", [options] { options->format = "md"; }, "the list as Markdown");
  for (theory::Theory const& theory : theory::theories()) add_one(group, chosen, theory, options);
  group->callback([&chosen, options] {
    if (options->list) chosen = [options] { return app::theory(*options); };
  });
}

}  // namespace app
