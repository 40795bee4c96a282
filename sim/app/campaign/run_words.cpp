#include "sim/app/campaign/run_words.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "analysis/report/file_source.hpp"
#include "analysis/report/rare_event.hpp"
#include "sim/app/campaign/branch_option.hpp"
#include "sim/app/console.hpp"
#include "sim/app/execution_report.hpp"
#include "sim/base/error.hpp"
#include "sim/io/output.hpp"
#include "sim/io/results_file.hpp"
#include "sim/io/run_info.hpp"

namespace app {

namespace {

std::string next_steps(std::string const& out) {
  std::string page = out.ends_with(".h5") ? out.substr(0, out.size() - 3) : out;
  page += ".html";
  return fmt::format("next:      berylia analyze {0}\n           berylia report {0} -o {1}\n", shell_quoted(out),
                     shell_quoted(page));
}

sim::StatusCounts counts_of(std::vector<sim::ReplicationStatus> const& statuses) {
  sim::StatusCounts counts;
  for (sim::ReplicationStatus const status : statuses) counts.add(status);
  return counts;
}

/// What sharing the beginning of a history saved; nothing to say where nothing was simulated.
std::string branching_line(std::string const& branch_at, sim::Progress const& progress) {
  if (progress.events_simulated == 0) return "";
  if (branch_at == unbranched) return "branching: none, every treatment was simulated from the start\n";
  return fmt::format("branching: on {}; what treatments have in common, once: {:.3g} events simulated, {:.3g} times fewer\n", branch_at,
                     progress.events_simulated, sim::branching_gain(progress));
}

}  // namespace

Exit say_already_complete(std::string const& out) {
  sim::ResultsFile const results(out);
  try {
    results.verify();
  } catch (sim::Error const& damage) {
    throw sim::Error(std::string(damage.what()) + "; the campaign was complete: move " + shell_quoted(out) +
                     " away and repeat the command to compute it again");
  }
  sim::StatusCounts const counts = counts_of(results.status());
  print(fmt::format("already complete: {} holds all replications of this study, seed and build\n"
                    "replications: {} done, {} failed, {} censored\n{}",
                    out, counts.done, counts.failed, counts.censored, next_steps(out)));
  return counts.failed + counts.censored > 0 ? Exit::some_failed : Exit::done;
}

Exit say_results(std::string const& out, sim::ConsolidateReport const& report) {
  std::string const notes = std::filesystem::exists(sim::run_info_path(out)) ? ", " + sim::run_info_path(out).string() : "";
  print(fmt::format("results:   {} ({:.1f} MB){}\nplanned {}, done {}, failed {}, censored {}\n{}", out,
                    static_cast<double>(report.file_bytes) / 1e6, notes, report.planned, report.done, report.failed,
                    report.censored, next_steps(out)));
  return report.failed + report.censored > 0 ? Exit::some_failed : Exit::done;
}

void say_work(RunOptions const& options, sim::CampaignSummary const& summary) {
  sim::Progress const& progress = summary.progress;
  sim::RunExecution const execution = execution_of(summary.work, progress.wall_seconds);
  print(fmt::format("this run:  {} replications, {:.3g} events in all, in {:.1f} s: {:.3g} events/s\n"
                    "execution: {} executor, {} thread(s) each, {} at a time; {}\n{}",
                    progress.finished() - progress.finished_before, progress.events, progress.wall_seconds,
                    execution.events_per_s, options.executor, options.threads, options.jobs, text_of(execution),
                    branching_line(options.branch_at, progress)));
}

void say_rare_event(std::string const& out, sim::ResultSchema const& schema) {
  if (!schema.rare_event.is_set()) return;
  auto const source = analysis::open_results(out);
  print(analysis::text_of(schema, analysis::rare_events(*source, analysis::Histories(source->schema(), source->replications()))) + "\n");
}

void say_mishaps(std::vector<sim::Mishap> const& mishaps, std::string const& out) {
  constexpr std::size_t shown = 5;
  for (std::size_t i = 0; i < mishaps.size() && i < shown; ++i) {
    auto const& [key, status, message] = mishaps[i];
    complain(fmt::format("{}: {}\n  berylia replay {} --point {} --future {} --replication {}\n",
                         status == sim::ReplicationStatus::failed ? "failed" : "censored", message, shell_quoted(out),
                         key.point, key.future, key.replication));
  }
  if (mishaps.size() > shown) complain("and more; the results file lists them all\n");
}

Exit say_stopped(RunOptions const& options, sim::CampaignSummary const& summary) {
  sim::Progress const& progress = summary.progress;
  std::string const kept = fmt::format("{} of {} replications are kept in {}", progress.finished(), progress.planned,
                                       sim::parts_directory(options.out).string());
  if (summary.too_many_failures) {
    say_mishaps(summary.mishaps, options.out);
    complain(fmt::format("stopped: {} failed replications are more than --max-failures {}; {}\n"
                         "to continue: mend the study, or raise the limit in: {}\n",
                         progress.failed_before + progress.failed, options.failures_max, kept, options.command));
    return Exit::some_failed;
  }
  if (summary.out_of_memory) {
    complain("out of memory: what needed more is not done yet (use fewer --jobs, or a machine with more)\n");
  }
  complain(fmt::format("stopped early: {}\nto continue: {}\n", kept, options.command));
  return Exit::stopped_early;
}

Exit say_share_finished(RunOptions const& options, WorkerPlace const& place, sim::CampaignSummary const& summary) {
  sim::Progress const& progress = summary.progress;
  say_mishaps(summary.mishaps, options.out);
  std::uint64_t const failed = progress.failed_before + progress.failed;
  std::uint64_t const censored = progress.censored_before + progress.censored;
  print(fmt::format("finished:  {}: planned {}, done {}, failed {}, censored {}\n"
                    "next:      berylia status {}\n           berylia merge {}   (when all shards are finished)\n",
                    text_of(place), progress.planned, progress.finished() - failed - censored, failed, censored,
                    shell_quoted(options.out), shell_quoted(options.out)));
  return failed + censored > 0 ? Exit::some_failed : Exit::done;
}

}  // namespace app
