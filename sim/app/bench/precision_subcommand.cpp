#include <CLI/CLI.hpp>

#include <memory>

#include "sim/app/override_options.hpp"
#include "sim/app/ranks.hpp"
#include "sim/app/subcommands.hpp"

namespace app {

void add_bench_precision(CLI::App& group, std::function<Exit()>& chosen) {
  auto const options = std::make_shared<BenchPrecisionOptions>();
  CLI::Validator const not_empty{[](std::string const& value) { return value.empty() ? std::string("an empty value") : std::string(); }, ""};
  CLI::App* const sub =
      group.add_subcommand("precision", "time to a given error of what a treatment changes, by each way to reduce it; takes a few minutes");
  sub->footer("Examples:\n"
              "  berylia bench precision\n  berylia bench precision --futures 400 --out /tmp/precision\n"
              "  berylia bench precision configs/smoke/japan_ccdcoe.toml --futures 20 --check 0 --treatment membership");
  sub->callback([&chosen, options] {
    chosen = [options] {
      join_ranks("");
      return bench_precision(*options);
    };
  });
  sub->add_option("study", options->study, "of which the reference and one treatment are taken")->type_name("STUDY")->capture_default_str();
  add_set(sub, options->overrides);
  sub->add_option("--response", options->response, "what is estimated")->check(not_empty)->capture_default_str();
  sub->add_option("--nation", options->nation, "of which nation, ISO code [default: the first in focus]")->check(not_empty);
  sub->add_option("--treatment", options->treatment, "against the reference [default: the one with the most interventions]")->check(not_empty);
  sub->add_option("--futures", options->futures, "units of each method; fewer than eight say nothing of a variance")
      ->check(CLI::Range(8, 100000))
      ->capture_default_str();
  sub->add_option("--target", options->target, "half-width of the 95 % interval, as a share of the difference")
      ->check(CLI::Range(1e-6, 10.0))
      ->capture_default_str();
  sub->add_option("--check", options->check, "half-width that is really run to, as a share of the reference's mean; 0: none")
      ->check(CLI::Range(0.0, 10.0))
      ->capture_default_str();
  sub->add_option("--jobs", options->jobs, "units at a time [default: one per core]")->type_name("J")->check(CLI::Range(1, 4096));
  sub->add_option("-o,--out", options->out, "folder for precision.json, precision.md and precision.svg")->type_name("DIR")->capture_default_str();
  sub->add_flag("--json", options->json, "print precision.json instead of the table");
}

}  // namespace app
