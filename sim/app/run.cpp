#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "sim/app/automatic_executor.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/app/execution_report.hpp"
#include "sim/app/progress_printer.hpp"
#include "sim/app/run_ranks.hpp"
#include "sim/app/stop_signals.hpp"
#include "sim/app/world_cost.hpp"
#include "sim/app/world_study.hpp"
#include "sim/base/error.hpp"
#include "sim/campaign/campaign.hpp"
#include "sim/exec/distributed/launched_ranks.hpp"
#include "sim/exec/distributed/mpi_session.hpp"
#include "sim/exec/executors.hpp"
#include "sim/io/consolidate.hpp"
#include "sim/io/journal.hpp"
#include "sim/io/output.hpp"
#include "sim/io/results_file.hpp"
#include "sim/io/run_info.hpp"

namespace app {

namespace {

class JournalSink final : public sim::RecordSink {
 public:
  explicit JournalSink(sim::Journal& journal) : journal_(journal) {}
  void append(sim::ReplicationRecord&& record) override { journal_.append(record); }

 private:
  sim::Journal& journal_;
};

/// The notes beside the results: when, where and how; written at the start and at every end.
class RunNotes {
 public:
  RunNotes(RunOptions const& options, std::uint64_t planned)
      : out_(options.out), info_(sim::read_run_info(options.out)) {
    info_.planned = planned;
    sim::RunSession& session = sim::begin_session(info_);
    session.command = options.command;
    session.executor = options.executor;
    session.chosen_because = options.chosen_because;
    session.jobs = options.jobs;
    session.threads = options.threads;
    if (options.executor == "distributed") session.ranks = sim::launched_ranks_by_environment();
    sim::write_run_info(out_, info_);
  }

  void end(sim::CampaignSummary const& summary, std::string const& how) {
    sim::Progress const& progress = summary.progress;
    if (summary.work.events > 0) info_.sessions.back().execution = execution_of(summary.work, progress.wall_seconds);
    info_.sessions.back().computed = progress.finished() - progress.finished_before;
    info_.sessions.back().wall_s = progress.wall_seconds;
    sim::end_session(info_, how);
    sim::write_run_info(out_, info_);
  }

  void count(sim::ConsolidateReport const& report) {
    info_.done = report.done;
    info_.failed = report.failed;
    info_.censored = report.censored;
  }

 private:
  std::string out_;
  sim::RunInfo info_;
};

std::string next_steps(std::string const& out) {
  std::string page = out.ends_with(".h5") ? out.substr(0, out.size() - 3) : out;
  page += ".html";
  return fmt::format("next:      berylia analyze {0}\n           berylia report {0} -o {1}\n", shell_quoted(out),
                     shell_quoted(page));
}

/// A new campaign writes over the notes of an earlier one, and over nothing else.
void require_own_notes(std::string const& out) {
  std::filesystem::path const path = sim::run_info_path(out);
  if (!sim::is_run_info(out)) require_absent(path.string());
}

Exit say_already_complete(std::string const& out) {
  sim::ResultsFile const results(out);
  try {
    results.verify();
  } catch (sim::Error const& damage) {
    throw sim::Error(std::string(damage.what()) + "; the campaign was complete: move " + shell_quoted(out) +
                     " away and repeat the command to compute it again");
  }
  std::size_t done = 0, failed = 0, censored = 0;
  for (sim::ReplicationStatus const status : results.status()) {
    done += status == sim::ReplicationStatus::done;
    failed += status == sim::ReplicationStatus::failed;
    censored += status == sim::ReplicationStatus::censored;
  }
  print(fmt::format("already complete: {} holds all replications of this study, seed and build\n"
                    "replications: {} done, {} failed, {} censored\n{}",
                    out, done, failed, censored, next_steps(out)));
  return Exit::done;
}

void print_mishaps(std::vector<sim::Mishap> const& mishaps, std::string const& out) {
  constexpr std::size_t shown = 5;
  for (std::size_t i = 0; i < mishaps.size() && i < shown; ++i) {
    auto const& [key, status, message] = mishaps[i];
    complain(fmt::format("{}: {}\n  berylia replay {} --point {} --future {} --replication {}\n",
                         status == sim::ReplicationStatus::failed ? "failed" : "censored", message, shell_quoted(out),
                         key.point, key.future, key.replication));
  }
  if (mishaps.size() > shown) complain("and more; the results file lists them all\n");
}

Exit stop_early(RunOptions const& options, sim::CampaignSummary const& summary, sim::Journal& journal,
                RunNotes& notes) {
  journal.close();
  notes.end(summary, "interrupted");
  complain(fmt::format("stopped early: {} of {} replications are kept in {}\nto continue: {}\n",
                       summary.progress.finished(), summary.progress.planned,
                       sim::parts_directory(options.out).string(), options.command));
  return Exit::stopped_early;
}

// Thrown out of writing the results file when a signal asks to drop what runs.
struct Dropped {};

sim::ConsolidateReport write_results(RunOptions const& options, sim::Journal& journal, sim::ResultSchema const& schema,
                                     StopSignals const& signals) {
  return sim::consolidate(journal, schema, options.out, {.between_parts = [&] {
                            if (signals.request() == sim::StopRequest::now) throw Dropped{};
                          }});
}

Exit say_finished(RunOptions const& options, sim::CampaignSummary const& summary, sim::ConsolidateReport const& report,
                  RunNotes& notes) {
  notes.count(report);
  notes.end(summary, "finished");
  print_mishaps(summary.mishaps, options.out);
  sim::Progress const& progress = summary.progress;
  sim::RunExecution const execution = execution_of(summary.work, progress.wall_seconds);
  std::string const branched =
      progress.events_simulated < progress.events
          ? fmt::format(", {:.3g} simulated (what treatments have in common, once)", progress.events_simulated)
          : "";
  print(fmt::format("results:   {} ({:.1f} MB), {}\n"
                    "planned {}, done {}, failed {}, censored {}\n"
                    "this run:  {} replications, {:.3g} events in all{}, in {:.1f} s: {:.3g} events/s\n"
                    "execution: {} executor, {} thread(s) each, {} at a time; {}\n{}",
                    options.out, static_cast<double>(report.file_bytes) / 1e6,
                    sim::run_info_path(options.out).string(), report.planned, report.done, report.failed,
                    report.censored, progress.finished() - progress.finished_before, progress.events, branched,
                    progress.wall_seconds, execution.events_per_s, options.executor, options.threads, options.jobs,
                    text_of(execution), next_steps(options.out)));
  return report.failed + report.censored > 0 ? Exit::some_failed : Exit::done;
}

sim::CampaignSummary compute(RunOptions const& options, WorldStudy const& study, sim::Journal& journal,
                             AgreedStop& stop) {
  JournalSink sink(journal);
  ProgressPrinter printer(options.progress);
  sim::CampaignOptions const how{.jobs = options.jobs,
                                 .event_limit = study.study.event_limit,
                                 .stop = &stop.request(),
                                 .on_progress = [&](sim::Progress const& progress) { printer.update(progress); }};
  sim::ExecutorFactory const factory = [&] { return stop.make_executor(options.executor, options.threads); };
  sim::CampaignSummary summary = sim::run_campaign(*study.scenario, sink, factory, how, journal.done());
  printer.finish(summary.progress);
  return summary;
}

void say_what_was_found(sim::Journal const& journal) {
  if (auto const kept = journal.done().size(); kept > 0) complain(fmt::format("continuing: {} are finished\n", kept));
  for (std::string const& note : journal.report().notes) complain(note + "\n");
}

/// Replications at a time: the ranks of a distributed run do one after the other, together.
unsigned jobs_of(RunOptions const& options) {
  if (options.executor != "distributed")
    return options.jobs > 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency() / options.threads);
  if (options.jobs > 1)
    throw sim::Error(std::to_string(options.jobs) + " jobs with the distributed executor (its ranks run one replication at a "
                     "time, all together) leave --jobs away, or choose another executor");
  return 1;
}

/// The study and its model, which is made only if so many jobs, or one where they are left open (0), fit into memory.
std::optional<WorldStudy> open_affordable_study(RunOptions const& given) {
  sim::StudyCheck found = check_aloud(given.study, given.overrides);
  if (!found.study) return {};
  WorldCost const cost = cost_of(*found.study);
  unsigned const jobs = std::max(1U, given.jobs);
  require_room(cost, jobs);
  complain(fmt::format("world: {}\n", text_of(cost, jobs)));
  return with_scenario(std::move(*found.study));
}

}  // namespace

Exit run(RunOptions const& given) {
  if (sim::this_rank() != 0) return follow_first_rank(given);
  Invitation invitation;
  StopSignals const signals;
  RunOptions options = given;
  if (sim::rank_count() > 1) options.command = fmt::format("mpirun -n {} {}", sim::rank_count(), given.command);
  if (options.executor != automatic) {
    options.threads = std::max(1U, given.threads);
    options.jobs = jobs_of(options);
    (void)sim::make_executor(options.executor, options.threads);  // an unknown name ends here
  }
  require_writable_folder(options.out);
  auto const opened = open_affordable_study(given);
  if (!opened) return Exit::bad_input;
  WorldStudy const& study = *opened;
  sim::ResultSchema const& schema = study.scenario->schema();
  auto const fingerprint = sim::fingerprint_of(sim::build_info(), schema);
  auto const state = sim::inspect_output(options.out, fingerprint, sim::estimate_bytes(schema));
  if (state == sim::OutputState::complete) return say_already_complete(options.out);

  if (state == sim::OutputState::absent) require_own_notes(options.out);

  sim::Journal journal =
      sim::Journal::open(sim::parts_directory(options.out), sim::make_manifest(sim::build_info(), schema));
  say_what_was_found(journal);
  if (options.executor == automatic) settle(options, *study.scenario, sim::replication_count(study.study) - journal.done().size());
  if (given.jobs == 0) options.jobs = fitting_jobs(cost_of(study.study), options.jobs);
  RunNotes notes(options, sim::replication_count(study.study));
  AgreedStop stop(signals);
  invitation.give(journal.done());
  try {
    sim::CampaignSummary const summary = compute(options, study, journal, stop);
    if (summary.stopped) return stop_early(options, summary, journal, notes);
    try {
      return say_finished(options, summary, write_results(options, journal, schema, signals), notes);
    } catch (Dropped) {
      return stop_early(options, summary, journal, notes);
    }
  } catch (sim::Error const& error) {
    complain(fmt::format("finished replications are kept in {}; to continue: {}\n",
                         sim::parts_directory(options.out).string(), options.command));
    notes.end({}, std::string("error: ") + error.what());
    throw;
  }
}

}  // namespace app
