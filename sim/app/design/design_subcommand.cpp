#include <CLI/CLI.hpp>

#include <memory>

#include "sim/app/override_options.hpp"
#include "sim/app/ranks.hpp"
#include "sim/app/subcommands.hpp"

namespace app {

void add_design(CLI::App& parser, std::function<Exit()>& chosen) {
  auto const options = std::make_shared<DesignOptions>();
  CLI::App* const sub = parser.add_subcommand("design", "say what a study runs and what it will cost, from a short pilot");
  sub->footer("Examples:\n"
              "  berylia design configs/smoke/join_dates.toml\n"
              "  berylia design study.toml --no-pilot --csv points.csv\n"
              "  berylia design study.toml --jobs 32 --tasks 100 --json\n"
              "Nothing is written without --csv. Exit codes: 0 done, 2 bad input, 5 the pilot was interrupted.");
  sub->add_option("study", options->study, "the study, a TOML file")->required()->type_name("STUDY");
  add_study_overrides(sub, options->overrides);
  sub->add_option("--csv", options->csv, "write every point, a row per treatment and future; an earlier such file is replaced, nothing else")->type_name("FILE");
  auto* const pilot = sub->add_option("--pilot", options->pilot, "histories to run, however long they take [default: as many as 10 s allow]")->type_name("N")->check(CLI::Range(1, 100000));
  sub->add_flag("--no-pilot", options->no_pilot, "run nothing, expect nothing")->excludes(pilot);
  sub->add_option("--jobs", options->jobs, "replications at a time, of the pilot and of the campaign [default: cores]")->type_name("J")->check(CLI::Range(1, 4096));
  sub->add_option("--tasks", options->tasks, "tasks that share the campaign, each with so many jobs [default: 1]")->type_name("N")->check(CLI::Range(1, 1000000));
  sub->add_flag("--json", options->json, "for programs");
  sub->callback([&chosen, options] {
    chosen = [options] {
      join_ranks({});
      return design(*options);
    };
  });
}

}  // namespace app
