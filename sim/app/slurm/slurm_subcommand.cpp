#include <CLI/CLI.hpp>

#include <memory>

#include "sim/app/override_options.hpp"
#include "sim/app/subcommands.hpp"

namespace app {

namespace {

using Options = std::shared_ptr<SlurmOptions>;

void add_study(CLI::App* sub, Options const& options) {
  sub->add_option("study", options->study, "study to run, a TOML file")->required()->type_name("STUDY");
  sub->add_option("-o,--output", options->out, "folder of the campaign, made if need be")->required()->type_name("DIR");
  add_study_overrides(sub, options->overrides);
}

void add_job(CLI::App* sub, Options const& options) {
  sub->add_option("--tasks", options->tasks, "independent workers: elements of the array job")->required()->type_name("N");
  sub->add_option("--time", options->time, "of each worker, as Slurm writes it: MINUTES, H:MM:SS, D-HH, D-HH:MM:SS")
      ->required()
      ->type_name("T");
  sub->add_option("--cpus-per-task", options->cpus_per_task, "cores of each worker, a replication on each")
      ->type_name("C")
      ->capture_default_str();
  sub->add_option("--mem", options->mem, "memory of each worker, as Slurm writes it: 4G, 512M [default: the cluster's]")
      ->type_name("M");
  sub->add_option("--partition", options->partition, "[default: the cluster's]")->type_name("NAME");
  sub->add_option("--account", options->account, "[default: yours]")->type_name("NAME");
  sub->add_option("--qos", options->qos, "[default: the cluster's]")->type_name("NAME");
  sub->add_option("--job-name", options->job_name, "shown by squeue")->type_name("NAME")->capture_default_str();
  sub->add_option("--max-array-running", options->array_running_max, "workers at a time [default: no limit]")->type_name("K");
}

}  // namespace

void add_slurm(CLI::App& parser, std::function<Exit()>& chosen) {
  auto const options = std::make_shared<SlurmOptions>();
  CLI::App* const sub = parser.add_subcommand("slurm", "write the job scripts of a campaign for a Slurm cluster, and submit them");
  sub->footer(
      "Examples:\n"
      "  berylia slurm configs/studies/japan_ccdcoe.toml -o campaign --tasks 100 --time 2:00:00\n"
      "  berylia slurm study.toml -o campaign --tasks 40 --time 1-00 --cpus-per-task 4 --mem 8G --partition long --submit\n"
      "Stopped, killed or pre-empted workers are put back into the queue. The same command with --submit continues a\n"
      "campaign at any time (docs/guide/cluster.md).");
  add_study(sub, options);
  add_job(sub, options);
  sub->add_option("--notice", options->notice_s, "seconds before the end of their time at which workers begin to stop")
      ->type_name("SECONDS")
      ->capture_default_str();
  sub->add_option("--max-requeues", options->requeues_max, "times that a worker is put back into the queue")
      ->type_name("R")
      ->capture_default_str();
  sub->add_flag("--report", options->report, "the merge job writes DIR/results.html too");
  sub->add_flag("--submit", options->submit, "submit the jobs [default: say how]");
  sub->callback([&chosen, options] {
    chosen = [options] { return slurm(*options); };
  });
}

}  // namespace app
