#include "sim/app/subcommands.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <map>
#include <memory>

#include "sim/app/automatic_executor.hpp"
#include "sim/app/override_options.hpp"
#include "sim/app/ranks.hpp"
#include "sim/app/results/export_tables.hpp"
#include "sim/base/names.hpp"
#include "sim/exec/executors.hpp"

namespace app {

namespace {

constexpr std::uint32_t count_max = 0x7fffffff;

std::map<std::string, ProgressMode> const progress_modes{{"auto", ProgressMode::automatic},
                                                         {"bar", ProgressMode::bar},
                                                         {"plain", ProgressMode::plain},
                                                         {"none", ProgressMode::none}};

std::map<std::string, phold::Load> const loads{{"uniform", phold::Load::uniform},
                                               {"hot-spot", phold::Load::hot_spot},
                                               {"bursts", phold::Load::bursts},
                                               {"uneven", phold::Load::uneven},
                                               {"regions", phold::Load::regions}};

/// "auto, sequential, conservative, ...".
std::string executor_list() { return fmt::format("{}, {}", automatic, sim::listed(sim::executor_names())); }

template <class Options>
std::string_view executor_of(Options const& options) {
  if constexpr (requires { options.executor; }) return options.executor;
  else return {};
}

/// Adds a sub-command whose options live as long as the parser; `act` runs after parsing.
template <class Options>
CLI::App* add(CLI::App& parser, std::function<Exit()>& chosen, std::string const& name, std::string const& meaning,
              std::string const& examples, std::shared_ptr<Options> const& options, Exit (*act)(Options const&)) {
  CLI::App* const sub = parser.add_subcommand(name, meaning);
  sub->footer("Examples:\n" + examples);
  sub->callback([&chosen, options, act] {
    chosen = [options, act] {
      if (std::is_same_v<Options, RunOptions> && executor_of(*options) != "distributed") join_launched_ranks();
      else join_ranks(executor_of(*options));
      return act(*options);
    };
  });
  return sub;
}

/// For options whose empty value would otherwise be taken for none, as where a script's variable is not set.
CLI::Validator not_empty() {
  return {[](std::string const& value) { return value.empty() ? std::string("an empty value") : std::string(); }, ""};
}

void add_run(CLI::App& parser, std::function<Exit()>& chosen, std::string const& command) {
  auto const options = std::make_shared<RunOptions>();
  options->command = command;
  CLI::App* const sub = add(parser, chosen, "run", "run a study; the same command continues an interrupted run",
                            "  berylia run configs/smoke/japan_ccdcoe.toml -o japan.h5\n"
                            "  berylia run configs/studies/japan_ccdcoe.toml -o japan.h5 --jobs 8 --futures 200\n"
                            "  berylia run study.toml -o out.h5 --set mechanisms.M5=false\n"
                            "Exit codes: 0 done, 2 bad input, 3 some replications failed, 5 stopped early: give the\n"
                            "same command to continue.",
                            options, &run);
  sub->add_option("study", options->study, "study to run, a TOML file")->required()->type_name("STUDY");
  sub->add_option("-o,--output", options->out, "results file to make, HDF5")->required()->type_name("OUT.h5");
  add_study_overrides(sub, options->overrides);
  sub->add_option("--jobs", options->jobs, "replications at a time [default: cores / threads]")
      ->type_name("J")
      ->check(CLI::Range(1, 4096));
  sub->add_option("--executor", options->executor, executor_list() + "; the results are the same [default: auto]")
      ->type_name("E");
  sub->add_option("--threads", options->threads, "threads of each replication's executor [default: 1, or what auto chooses]")
      ->type_name("T")
      ->check(CLI::Range(1, 4096));
  sub->add_option_function<std::string>(
         "--progress", [options](std::string const& mode) { options->progress = progress_modes.at(mode); },
         "a bar, plain lines or none [default: a bar on a terminal, plain lines elsewhere]")
      ->check(CLI::IsMember({"auto", "bar", "plain", "none"}));
  sub->add_option("--shard", options->shard,
                  "this worker's share: number i of n, from 0; none: everything [default: what Slurm says of an array job or a step]")
      ->type_name("i/n")
      ->check(not_empty());
  sub->add_option("--max-wallclock", options->max_wallclock, "end within this time with exit code 5, e.g. 45m, 3h, 1-12:00:00")
      ->type_name("TIME")
      ->check(not_empty());
  sub->add_option("--grace", options->grace, "after a request to stop, what runs may finish for so long, then it is dropped")
      ->type_name("TIME")
      ->capture_default_str();
  sub->add_option("--branch-at", options->branch_at,
                  "treatments of a history share what comes before this date; none: nothing; the results are the same "
                  "[default: the study's branch_at, else the first date on which they differ]")
      ->type_name("DATE|none")
      ->check(not_empty());
  sub->add_option("--max-failures", options->failures_max, "end if more replications have failed [default: never]")
      ->type_name("N")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{count_max}));
}

void add_merge(CLI::App& parser, std::function<Exit()>& chosen) {
  auto const options = std::make_shared<MergeOptions>();
  CLI::App* const sub = add(parser, chosen, "merge", "make the results file of a campaign whose shards are finished",
                            "  berylia merge out.h5\n"
                            "  berylia merge out.h5 /other/machine/out.h5.parts\n"
                            "  berylia merge out.h5 --partial so_far.h5\n"
                            "Exit codes: 0 done, 2 bad input, 3 some replications failed, 5 some are missing.",
                            options, &merge);
  sub->add_option("out", options->out, "results file to make; the journals lie in OUT.h5.parts")->required()->type_name("OUT.h5");
  sub->add_option("others", options->others, "more directories with journals of the same campaign; they are left as they are")
      ->type_name("PARTS");
  sub->add_option("--partial", options->partial, "write what is there so far to this file; the campaign goes on")->type_name("FILE.h5")->check(not_empty());
  sub->add_option("--jobs", options->jobs, "threads that pack [default: one per core]")->type_name("J")->check(CLI::Range(1, 4096));
}

void add_status(CLI::App& parser, std::function<Exit()>& chosen) {
  auto const options = std::make_shared<StatusOptions>();
  CLI::App* const sub = add(parser, chosen, "status", "how far a campaign is, also while it runs",
                            "  berylia status out.h5\n  berylia status out.h5 --json\n"
                            "Exit codes: 0 the results file is there, 2 bad input, 5 something is left to do.",
                            options, &status);
  sub->add_option("out", options->out, "results file, made or to be made")->required()->type_name("OUT.h5");
  sub->add_flag("--json", options->json, "for programs (docs/formats/status.md)");
}

void add_check(CLI::App& parser, std::function<Exit()>& chosen) {
  auto const options = std::make_shared<CheckOptions>();
  CLI::App* const sub = add(parser, chosen, "check", "say everything that is wrong with a study, without running it",
                            "  berylia check configs/studies/delay.toml", options, &check);
  sub->add_option("study", options->study, "study to check, a TOML file")->required()->type_name("STUDY");
  add_set(sub, options->overrides);
}

void add_new(CLI::App& parser, std::function<Exit()>& chosen) {
  CLI::App* const group = parser.add_subcommand("new", "write a first version of a file");
  group->require_subcommand(0, 1);
  group->footer("Examples:\n  berylia new study --nation JPN --join 2019-04-01 -o early.toml");
  auto const options = std::make_shared<NewOptions>();
  CLI::App* const sub = add(*group, chosen, "study", "a study of one nation that joins, against never joining",
                            "  berylia new study --nation JPN --join 2019-04-01 > early.toml\n"
                            "  berylia new study --nation Ireland --join 2019-11-01 -o ireland.toml\n"
                            "  berylia new study --world berylia --nation Berylia --join 2022-01-01 -o berylia.toml",
                            options, &new_study);
  sub->add_option("--nation", options->nation, "code (ISO 3166 alpha-3 in the default world) or English name")->required();
  sub->add_option("--join", options->join, "day of joining, YYYY-MM-DD")->required()->type_name("DATE");
  sub->add_option("--organisation", options->organisation, "what it joins [default: the centre of the world, CCDCOE]");
  sub->add_option("--world", options->world, "world or berylia, a fictional one for teaching [default: world]");
  sub->add_option("-o,--output", options->out, "file to write [default: standard output]")->type_name("FILE");
}

void add_describe(CLI::App& parser, std::function<Exit()>& chosen) {
  auto const options = std::make_shared<DescribeOptions>();
  CLI::App* const sub = add(parser, chosen, "describe", "list what a study may name, and the agents of the model",
                            "  berylia describe\n  berylia describe --world berylia\n  berylia describe --format md > model.md", options, &describe);
  sub->add_option("--format", options->format, "text, md or json [default: text]")
      ->check(CLI::IsMember({"text", "md", "json"}));
  sub->add_option("--world", options->world, "world or berylia, a fictional one for teaching [default: world]");
}

void add_beside(CLI::App* sub, std::vector<std::string>& files) {
  sub->add_option("--beside", files, "results of the same study under another prior set, to be shown beside; may be repeated")->type_name("OTHER.h5");
}

void add_analyze(CLI::App& parser, std::function<Exit()>& chosen) {
  auto const options = std::make_shared<AnalyzeOptions>();
  CLI::App* const sub = add(parser, chosen, "analyze", "paired differences, effects and intervals of a results file",
                            "  berylia analyze japan.h5\n"
                            "  berylia analyze japan.h5 --json | python3 -m json.tool | less\n"
                            "  berylia analyze japan.h5 --response resilience_loss --nation JPN\n"
                            "  berylia analyze flat.h5 --beside sceptical.h5 --beside wide.h5",
                            options, &analyze);
  sub->add_option("results", options->results, "results file")->required()->type_name("OUT.h5");
  sub->add_flag("--json", options->json, "as JSON (docs/formats/analysis.md)");
  sub->add_option("--response", options->response, "only this response");
  sub->add_option("--nation", options->nation, "this nation instead of the focal ones, ISO code");
  sub->add_option("--treatment", options->treatment, "the treatment of the headline");
  add_beside(sub, options->beside);
  sub->add_option("--threshold", options->threshold, "level of the headline response that is good enough, in its unit");
  sub->add_flag("--no-controls", options->no_controls, "do not adjust by the control variates of the study");
}

void add_report(CLI::App& parser, std::function<Exit()>& chosen) {
  auto const options = std::make_shared<ReportOptions>();
  CLI::App* const sub = add(parser, chosen, "report", "one self-contained HTML page of a results file",
                            "  berylia report japan.h5 -o japan.html\n"
                            "  berylia report japan.h5 -o dwell.html --response dwell_time", options, &report);
  sub->add_option("results", options->results, "results file")->required()->type_name("OUT.h5");
  sub->add_option("-o,--output", options->out, "page to write; a report that is there already is replaced, nothing else")->required()->type_name("OUT.html");
  sub->add_option("--response", options->response, "the response of the headline; the page shows the others too");
  sub->add_option("--nation", options->nation, "the nation of the headline, ISO code; the page shows the focal ones too");
  sub->add_option("--treatment", options->treatment, "the treatment of the headline");
  add_beside(sub, options->beside);
  sub->add_option("--threshold", options->threshold, "level of the headline response that is good enough, in its unit");
  sub->add_flag("--no-replay", options->no_replay, "leave out why the worst pair came out as it did, for which two histories are run again");
}

void add_replay(CLI::App& parser, std::function<Exit()>& chosen) {
  auto const options = std::make_shared<ReplayOptions>();
  CLI::App* const sub =
      add(parser, chosen, "replay", "run one replication of a results file again and compare, to the bit",
          "  berylia replay japan.h5 --point 3 --future 17 --replication 0\n"
          "  berylia replay japan.h5 --point 3 --future 17 --replication 0 --trace trace.tsv\n"
          "Exit codes: 0 the same, 4 different.",
          options, &replay);
  sub->add_option("results", options->results, "results file")->required()->type_name("OUT.h5");
  auto const index = CLI::Range(std::uint32_t{0}, count_max);
  sub->add_option("--point", options->point, "treatment, from 0")->required()->type_name("P")->check(index);
  sub->add_option("--future", options->future, "from 0")->required()->type_name("F")->check(index);
  sub->add_option("--replication", options->replication, "from 0")->required()->type_name("R")->check(index);
  sub->add_option("--executor", options->executor, executor_list() + " [default: sequential]")->type_name("E");
  sub->add_option("--trace", options->trace, "write every event and row to this file, tab-separated")
      ->type_name("FILE");
}

void add_explain(CLI::App& parser, std::function<Exit()>& chosen) {
  auto const options = std::make_shared<ExplainOptions>();
  CLI::App* const sub =
      add(parser, chosen, "explain", "why a history came out as it did: the causal chain, and where its pair parts from it",
          "  berylia explain japan.h5\n"
          "  berylia explain japan.h5 --point ccdcoe --nation JPN --worst --svg why.svg\n"
          "  berylia explain japan.h5 --point 3 --future 17 --replication 0 --nation JPN --against 0 --json\n"
          "Exit codes: 0 explained, 4 this build makes another history than the file records.",
          options, &explain);
  sub->add_option("results", options->results, "results file, or one that is still being made")->required()->type_name("OUT.h5");
  sub->add_option("--point", options->point, "treatment, by name or number [default: that of the headline]")->type_name("POINT");
  sub->add_option("--future", options->future, "number of the future, with --replication")->check(CLI::Range(std::uint32_t{0}, count_max));
  sub->add_option("--replication", options->replication, "number of the replication, with --future")->check(CLI::Range(std::uint32_t{0}, count_max));
  sub->add_option("--nation", options->nation, "ISO code [default: the first in focus]");
  sub->add_option("--response", options->response, "whose outcome is explained [default: that of the headline]");
  sub->add_flag("--worst", options->worst, "the future and replication in which the treatment makes the most worse; of the reference, in which it is worst [default without --future]");
  sub->add_option("--against", options->against, "treatment to compare with, by name or number [default: the reference]")->type_name("POINT");
  sub->add_flag("--json", options->json, "as JSON (docs/formats/explain.md)");
  sub->add_option("--svg", options->svg, "draw the chain to this new file")->type_name("FILE");
}

void add_verify(CLI::App& parser, std::function<Exit()>& chosen) {
  auto const options = std::make_shared<VerifyOptions>();
  CLI::App* const sub = add(parser, chosen, "verify", "compare results, or the journals of a campaign, with their checksums and with replications run again",
                            "  berylia verify japan.h5\n  berylia verify japan.h5 --replications 20\n  berylia verify japan.h5 --all\n"
                            "Exit codes: 0 as it was written, 2 damaged, 4 a replication differs.",
                            options, &verify);
  sub->add_option("results", options->results, "results file")->required()->type_name("OUT.h5");
  auto* const some = sub->add_option("--replications", options->replications, "run so many again, spread evenly [default: none]")
                         ->type_name("N");
  sub->add_flag("--all", options->all, "run all again")->excludes(some);
  sub->add_option("--jobs", options->jobs, "replications at a time [default: one per core]")->type_name("J")->check(CLI::Range(1, 4096));
}

void add_export(CLI::App& parser, std::function<Exit()>& chosen) {
  auto const options = std::make_shared<ExportOptions>();
  CLI::App* const sub = add(parser, chosen, "export", "a table of a results file as CSV, one observation per row",
                            "  berylia export japan.h5 > responses.csv\n"
                            "  berylia export japan.h5 --table responses --response resilience_loss --nation JPN -o loss.csv\n"
                            "  berylia export japan.h5 --table factors -o futures.csv",
                            options, &export_table);
  sub->add_option("results", options->results, "results file")->required()->type_name("OUT.h5");
  sub->add_option("--table", options->table, "treatments, factors, replications, responses, series or incidents")
      ->check(CLI::IsMember(export_tables()))
      ->capture_default_str();
  sub->add_option("--response", options->response, "only this response, or this series")->check(not_empty());
  sub->add_option("--nation", options->nation, "only this nation, ISO code")->check(not_empty());
  sub->add_option("-o,--output", options->out, "file to write [default: standard output]")->type_name("FILE.csv")->check(not_empty());
}

template <class Options>
void add_executor(CLI::App* sub, Options& options) {
  sub->add_option("--executor", options->executor, executor_list())->capture_default_str();
  sub->add_option("--threads", options->threads, "of the conservative or the optimistic executor [default: 1, or what auto chooses]")
      ->type_name("T")
      ->check(CLI::Range(1, 4096));
  sub->add_flag("--json", options->json, "for programs");
}

/// What PHOLD and the network have in common.
template <class Options>
void add_load(CLI::App* sub, Options& options, std::string const& unit) {
  sub->add_option("--lps", options->lps, "logical processes")->capture_default_str();
  sub->add_option("--events-per-lp", options->events_per_lp, "events at the start")->capture_default_str();
  sub->add_option("--lookahead", options->lookahead, "in " + unit)->capture_default_str();
  sub->add_option("--end", options->end, "in " + unit)->capture_default_str();
  sub->add_option("--seed", options->seed, "of all random numbers")->capture_default_str();
}

void add_bench_phold(CLI::App& group, std::function<Exit()>& chosen) {
  auto const options = std::make_shared<BenchPholdOptions>();
  CLI::App* const sub = add(group, chosen, "phold", "PHOLD, beside a hand-written yardstick of the same load",
                            "  berylia bench phold\n  berylia bench phold --lps 65536 --end 100\n  berylia bench phold --load hot-spot",
                            options, &bench_phold);
  add_load(sub, options, "mean increments");
  sub->add_option("--remote", options->remote, "probability of a remote receiver")->capture_default_str();
  sub->add_option("--load", options->load,
                  "uniform; hot-spot: a tenth of the processes receives nine tenths; bursts: arrivals gather; uneven: every tenth process "
                  "works a hundred times as long; regions: two halves with long ways between them")
      ->type_name("LOAD")
      ->transform(CLI::CheckedTransformer(loads));
  add_executor(sub, options);
}

void add_bench_network(CLI::App& group, std::function<Exit()>& chosen) {
  auto const options = std::make_shared<BenchNetworkOptions>();
  CLI::App* const sub = add(group, chosen, "network", "a closed network of queues, beside a hand-written yardstick",
                            "  berylia bench network --lps 4096 --events-per-lp 4", options, &bench_network);
  add_load(sub, options, "mean services");
  add_executor(sub, options);
}

void add_bench_suite(CLI::App& group, std::function<Exit()>& chosen) {
  auto const options = std::make_shared<BenchSuiteOptions>();
  CLI::App* const sub = add(group, chosen, "suite", "every executor on many loads, as ratios, with what is to be reached; takes about a quarter of an hour",
                            "  berylia bench suite\n  berylia bench suite --only hot\n  berylia bench suite --quick --rounds 1 --out /tmp/suite",
                            options, &bench_suite);
  sub->add_option("--out", options->out, "folder for suite.json, suite.md and suite.svg")->type_name("DIR")->capture_default_str();
  sub->add_option("--rounds", options->rounds, "of which the median is taken")->check(CLI::Range(1, 1000))->capture_default_str();
  sub->add_option("--study", options->study, "whose world is measured too")->type_name("STUDY")->capture_default_str();
  sub->add_option("--only", options->only, "loads whose name holds this, e.g. \"65,536\", \"sizes\", \"memory\"")->type_name("NAME");
  sub->add_flag("--quick", options->quick, "small and short loads: shows that all works, measures nothing");
  sub->add_flag("--json", options->json, "print suite.json instead of the tables");
}

void add_bench_world(CLI::App& group, std::function<Exit()>& chosen) {
  auto const options = std::make_shared<BenchWorldOptions>();
  CLI::App* const sub = add(group, chosen, "world", "the world of a study: time of an event on one executor",
                            "  berylia bench world configs/studies/japan_ccdcoe.toml", options, &bench_world);
  sub->add_option("study", options->study, "the study, a TOML file")->required()->type_name("STUDY");
  add_set(sub, options->overrides);
  sub->add_option("--futures", options->futures, "histories: one of the first treatment in each")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  add_executor(sub, options);
}

void add_bench_campaign(CLI::App& group, std::function<Exit()>& chosen) {
  auto const options = std::make_shared<BenchCampaignOptions>();
  CLI::App* const sub = add(group, chosen, "campaign", "what keeping results costs: a campaign of short histories of a queue",
                            "  berylia bench campaign\n  berylia bench campaign --replications 1000000 --served 20", options, &bench_campaign);
  sub->add_option("--replications", options->replications, "in all")->check(CLI::Range(1, 10'000'000))->capture_default_str();
  sub->add_option("--responses", options->responses, "of each")->check(CLI::Range(1, 1000))->capture_default_str();
  sub->add_option("--served", options->served_s, "simulated time of a history [s]; about three events to a second")
      ->check(CLI::Range(1.0, 1e9))
      ->capture_default_str();
  sub->add_option("--jobs", options->jobs, "replications at a time [default: one per core]")->type_name("J")->check(CLI::Range(1, 4096));
  sub->add_option("-o,--output", options->out, "results file, removed at the end")->type_name("OUT.h5")->capture_default_str();
  sub->add_flag("--keep", options->keep, "keep the results file");
  sub->add_flag("--json", options->json, "for programs");
}

void add_bench(CLI::App& parser, std::function<Exit()>& chosen) {
  CLI::App* const group = parser.add_subcommand("bench", "measure the speed of the kernel");
  group->require_subcommand(0, 1);
  group->footer("Examples:\n  berylia bench phold --lps 4096\n  berylia bench world configs/studies/japan_ccdcoe.toml");
  add_bench_phold(*group, chosen);
  add_bench_network(*group, chosen);
  add_bench_world(*group, chosen);
  add_bench_campaign(*group, chosen);
  add_bench_suite(*group, chosen);
  add_bench_precision(*group, chosen);
}

}  // namespace

void add_subcommands(CLI::App& parser, std::function<Exit()>& chosen, std::string const& command) {
  parser.footer("Examples:\n"
                "  berylia check configs/smoke/japan_ccdcoe.toml\n"
                "  berylia run configs/smoke/japan_ccdcoe.toml -o japan.h5\n"
                "  berylia analyze japan.h5\n"
                "Each command has its own --help.");
  add_run(parser, chosen, command);
  add_merge(parser, chosen);
  add_status(parser, chosen);
  add_check(parser, chosen);
  add_design(parser, chosen);
  add_new(parser, chosen);
  add_describe(parser, chosen);
  add_analyze(parser, chosen);
  add_report(parser, chosen);
  add_replay(parser, chosen);
  add_explain(parser, chosen);
  add_verify(parser, chosen);
  add_export(parser, chosen);
  add_bench(parser, chosen);
  add_theory(parser, chosen);
  add_exercise(parser, chosen);
  add_slurm(parser, chosen);
}

}  // namespace app
