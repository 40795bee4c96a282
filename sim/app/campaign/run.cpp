#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "sim/app/automatic_executor.hpp"
#include "sim/app/campaign/branch_option.hpp"
#include "sim/app/campaign/journal_sink.hpp"
#include "sim/app/campaign/progress_printer.hpp"
#include "sim/app/campaign/run_batches.hpp"
#include "sim/app/campaign/run_ranks.hpp"
#include "sim/app/campaign/run_words.hpp"
#include "sim/app/campaign/stop_timer.hpp"
#include "sim/app/campaign/stopping_watch.hpp"
#include "sim/app/campaign/wall_duration.hpp"
#include "sim/app/campaign/worker_place.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/app/stop_signals.hpp"
#include "sim/app/world_cost.hpp"
#include "sim/app/world_study.hpp"
#include "sim/base/error.hpp"
#include "sim/campaign/campaign.hpp"
#include "sim/campaign/work_order.hpp"
#include "sim/exec/distributed/mpi_session.hpp"
#include "sim/exec/executors.hpp"
#include "sim/io/consolidate.hpp"
#include "sim/io/journal.hpp"
#include "sim/io/output.hpp"
#include "sim/io/run_info.hpp"

namespace app {

namespace {

/// A new campaign writes over the notes of an earlier one, and over nothing else.
void require_own_notes(std::string const& out) {
  std::filesystem::path const path = sim::run_info_path(out);
  if (!sim::is_run_info(out)) require_absent(path.string());
}

// Thrown out of writing the results file when a signal asks to drop what runs.
struct Dropped {};

sim::ConsolidateReport write_results(RunOptions const& options, sim::Journal& journal, sim::ResultSchema schema,
                                     StopSignals const& signals) {
  schema.study_text = journal.manifest().study_text;  // a comment may have changed since, or differ between workers
  return sim::consolidate(journal, schema, options.out,
                          {.between_parts =
                               [&] {
                                 if (signals.request() == sim::StopRequest::now) throw Dropped{};
                               },
                           .before_naming = [&](auto const& report) { write_run_info_of(report, options.out); }});
}

/// Everything that computing needs, once it is known that there is something to compute.
struct Campaign {
  RunOptions const& options;
  WorldStudy const& study;
  sim::Journal& journal;
  WorkerPlace const& place;
  StoppingWatch& watch;
  sim::WorkOrder& order;
  AgreedStop& stop;
};

/// `office` is null unless there are other ranks to give work to.
sim::CampaignSummary compute(Campaign const& campaign, BatchOffice* office) {
  RunOptions const& options = campaign.options;
  JournalSink sink(campaign.journal, campaign.watch.rule());
  ProgressPrinter printer(options.progress);
  sim::StatusCounts const before = campaign.journal.counts();
  sim::CampaignOptions const how{
      .jobs = options.jobs,
      .event_limit = campaign.study.study.event_limit,
      .branch_at = branch_time(options.branch_at),
      .failures_max = options.failures_max,
      .failed_before = before.failed,
      .censored_before = before.censored,
      .stop = &campaign.stop.request(),
      .on_progress = [&](sim::Progress const& progress) { printer.update(office ? office->note(progress) : progress); }};
  sim::ExecutorFactory const factory = [&] { return campaign.stop.make_executor(options.executor, options.threads); };
  sim::WorkLoad const load{campaign.order.planned(), campaign.order.done_before()};
  sim::CampaignSummary summary;
  if (office == nullptr) {
    summary = sim::run_campaign(*campaign.study.scenario, sink, factory, how, campaign.order, load);
  } else {
    auto const own = office->open(campaign.order, before.failed);
    summary = sim::run_campaign(*campaign.study.scenario, sink, factory, how, *own, load);
    office->close(summary);
  }
  printer.finish(summary.progress);
  return summary;
}

void say_what_was_found(sim::Journal const& journal, sim::WorkOrder const& order) {
  if (auto const kept = order.done_before(); kept > 0) complain(fmt::format("continuing: {} are finished\n", kept));
  for (std::string const& note : journal.report().notes) complain(note + "\n");
  if (journal.lacks_locks())
    complain(fmt::format("no locks on the file system of {}: make sure that no other worker has the same share\n",
                         journal.parts().string()));
}

/// Replications at a time: the ranks of a distributed run do one after the other, together.
unsigned jobs_of(RunOptions const& options) {
  if (options.executor != "distributed")
    return options.jobs > 0 ? options.jobs : std::max(1U, cores_of_this_rank() / options.threads);
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

Exit finish(Campaign const& campaign, sim::CampaignSummary& summary, SessionNotes& notes, StopSignals const& signals) {
  RunOptions const& options = campaign.options;
  if (campaign.watch.rule() != nullptr) {
    campaign.watch.read_journals();
    if (campaign.order.is_settled() && !summary.too_many_failures) summary.stopped = false;
  }
  notes.end(summary, summary.stopped ? "interrupted" : "finished");
  if (summary.stopped || campaign.place.shard.count > 1) {
    campaign.journal.close();
    return summary.stopped ? say_stopped(options, summary) : say_share_finished(options, campaign.place, summary);
  }
  try {
    auto const schema = campaign.watch.with_outcome(campaign.study.scenario->schema());
    auto const report = write_results(options, campaign.journal, schema, signals);
    say_mishaps(summary.mishaps, options.out);
    say_work(options, summary);
    print(text_of_outcome(schema));
    say_rare_event(options.out, schema);
    return say_results(options.out, report);
  } catch (Dropped) {
    campaign.journal.close();
    return say_stopped(options, summary);
  }
}

/// Ranks that share a replication know no other records than those they compute.
void require_looks_possible(RunOptions const& options, sim::ResultSchema const& schema) {
  if (!schema.stopping.is_rule() || options.executor != "distributed") return;
  throw sim::Error("a stopping rule with the distributed executor (its ranks cannot tell what earlier runs found) leave --executor away: "
                   "ranks then share out whole replications");
}

/// The command line with what is left open made definite; an unknown executor ends here.
RunOptions settled(RunOptions const& given) {
  RunOptions options = given;
  if (sim::rank_count() > 1) options.command = fmt::format("mpirun -n {} {}", sim::rank_count(), given.command);
  if (options.executor == automatic) return options;
  options.threads = std::max(1U, given.threads);
  options.jobs = jobs_of(options);
  (void)sim::make_executor(options.executor, options.threads);
  return options;
}

/// Where this process writes: its shard's journal, or its rank's.
sim::JournalOptions journal_options(WorkerPlace const& place, bool has_office) {
  if (!has_office) return {.shard = place.shard};
  return {.shard = {0, sim::rank_count()}, .dynamic = true};
}

/// Ranks share the work by themselves; otherwise the user or a scheduler says what falls to this process.
WorkerPlace place_of(RunOptions const& options) {
  if (sim::rank_count() == 1) return place_of_worker(options.shard);
  if (!options.shard.empty() && options.shard != "none")
    throw sim::Error("--shard with several MPI ranks (they share the work by themselves) leave it away, or start without mpirun");
  return {};
}

}  // namespace

Exit run(RunOptions const& given) {
  bool const has_office = hands_out_batches(given);
  if (sim::this_rank() != 0) return has_office ? work_in_batches(given) : follow_first_rank(given);
  Invitation invitation;
  StopSignals signals;
  StopTimer const timer(signals, limits_of(given));
  WorkerPlace const place = place_of(given);
  RunOptions options = settled(given);
  require_writable_folder(options.out);
  auto const opened = open_affordable_study(given);
  if (!opened) return Exit::bad_input;
  WorldStudy const& study = *opened;
  options.branch_at = settled_branch(given.branch_at, study.study);
  sim::ResultSchema const& schema = study.scenario->schema();
  require_looks_possible(options, schema);
  require_splitting(schema, options.executor);
  auto const fingerprint = sim::fingerprint_of(sim::build_info(), schema);
  auto const state = sim::inspect_output(options.out, fingerprint, sim::estimate_bytes(schema));
  if (state == sim::OutputState::complete) return say_already_complete(options.out);
  if (state == sim::OutputState::absent) require_own_notes(options.out);
  if (!place.source.empty()) complain(text_of(place) + "\n");

  sim::Journal journal = sim::Journal::open(sim::parts_directory(options.out), sim::make_manifest(sim::build_info(), schema),
                                            journal_options(place, has_office));
  StoppingWatch watch(schema, journal.parts(), journal.manifest());
  std::function<void()> fetch;
  if (place.shard.count > 1 || has_office) fetch = [&] { watch.read_journals_now_and_then(); };
  sim::WorkOrder order(journal.done(), place.shard, watch.rule(), fetch);
  say_what_was_found(journal, order);
  if (options.executor == automatic) settle(options, *study.scenario, (order.planned() - order.done_before()) / sim::rank_count());
  if (given.jobs == 0) options.jobs = fitting_jobs(cost_of(study.study), options.jobs);
  AgreedStop stop(signals, !has_office);
  Campaign const campaign{options, study, journal, place, watch, order, stop};
  SessionNotes notes(journal, options, journal.name());
  invitation.give(has_office || sim::rank_count() == 1 ? std::vector<sim::ReplicationKey>{} : journal.done().keys());
  try {
    std::optional<BatchOffice> office;
    if (has_office) office.emplace(signals, options);
    sim::CampaignSummary summary = compute(campaign, office ? &*office : nullptr);
    return finish(campaign, summary, notes, signals);
  } catch (sim::Error const& error) {
    complain(fmt::format("finished replications are kept in {}; to continue: {}\n",
                         sim::parts_directory(options.out).string(), options.command));
    notes.end({}, std::string("error: ") + error.what());
    throw;
  }
}

}  // namespace app
