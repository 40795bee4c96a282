#include "sim/app/campaign/journal_sink.hpp"

#include "sim/app/execution_report.hpp"
#include "sim/base/error.hpp"
#include "sim/exec/distributed/launched_ranks.hpp"

namespace app {

SessionNotes::SessionNotes(sim::Journal& journal, RunOptions const& options, std::string const& worker)
    : journal_(journal), session_(sim::begin_session()) {
  session_.worker = worker;
  session_.command = options.command;
  session_.executor = options.executor;
  session_.chosen_because = options.chosen_because;
  session_.jobs = options.jobs;
  session_.threads = options.threads;
  session_.branch_at = options.branch_at;
  if (options.executor == "distributed") session_.ranks = sim::launched_ranks_by_environment();
  journal_.add_note(static_cast<std::uint32_t>(sim::SessionNote::begin), sim::note_text(session_));
}

void SessionNotes::end(sim::CampaignSummary const& summary, std::string const& how) {
  sim::Progress const& progress = summary.progress;
  if (summary.work.events > 0) session_.execution = execution_of(summary.work, progress.wall_seconds);
  session_.computed = summary.computed;
  session_.events_in_all = progress.events;
  session_.branching_gain = sim::branching_gain(progress);
  session_.wall_s = progress.wall_seconds;
  sim::end_session(session_, how);
  try {
    journal_.add_note(static_cast<std::uint32_t>(sim::SessionNote::end), sim::note_text(session_));
  } catch (sim::Error const&) {
    // The disk is full or failing, which has been said already; the session will count as killed.
  }
}

void write_run_info_of(sim::ConsolidateReport const& report, std::string const& out) {
  sim::RunInfo info{.planned = report.planned, .done = report.done, .failed = report.failed, .censored = report.censored};
  info.sessions = sim::sessions_of(report.notes, [](auto const&) { return false; });
  sim::write_run_info(out, info);
}

}  // namespace app
