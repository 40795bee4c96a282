#include "sim/app/campaign/campaign_status.hpp"

#include <fcntl.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>

#include "analysis/report/stopping_words.hpp"
#include "sim/app/campaign/stopping_watch.hpp"
#include "sim/app/campaign/unfinished_campaign.hpp"
#include "sim/base/error.hpp"
#include "sim/io/journal_index.hpp"
#include "sim/io/output.hpp"
#include "sim/io/posix_file.hpp"
#include "sim/io/results_file.hpp"
#include "sim/io/run_info.hpp"

namespace app {

namespace {

bool is_held(std::filesystem::path const& journal) {
  return sim::PosixFile(journal, O_RDONLY).probe_lock(sim::LockKind::shared) == sim::LockState::held_by_another;
}

/// Fewest and most replications of a treatment, from the points of all.
template <class PointOf>
std::pair<std::uint64_t, std::uint64_t> balance(std::size_t size, std::uint32_t points, PointOf point_of) {
  std::vector<std::uint64_t> found(std::max(1U, points), 0);
  for (std::size_t i = 0; i < size; ++i) ++found[point_of(i)];
  auto const [fewest, most] = std::minmax_element(found.begin(), found.end());
  return {*fewest, *most};
}

void add_looks(CampaignStatus& status, sim::ResultSchema const& schema) {
  status.has_rule = schema.stopping.is_rule();
  status.looks = sim::last_looks(schema.stopping);
  for (auto const& row : status.looks) status.looks_text += "  " + analysis::stopping_line(schema, row) + "\n";
}

/// What the journals say of the campaign's stopping rule, if it has one; forgets replications that turned out needless.
void apply_rule(CampaignStatus& status, sim::Manifest const& manifest, sim::JournalIndex& index) {
  if (manifest.resolved_study.find("\n[stopping]\n") == std::string::npos) return;
  UnfinishedCampaign const campaign = open_unfinished(status.out);
  sim::ResultSchema schema = campaign.study.scenario->schema();
  auto const rule = rule_after(schema, index);
  schema.stopping = rule->info();
  status.planned = rule->planned();
  index.leave_out(schema.stopping);
  add_looks(status, schema);
}

CampaignStatus of_results(std::string const& out) {
  sim::ResultsFile const file(out);
  CampaignStatus status{.out = out, .study = file.schema().study};
  status.build = file.build().version + " " + file.build().commit;
  status.planned = sim::planned_replications(file.schema());
  for (auto const one : file.status()) status.counts.add(one);
  status.state = status.counts.total() == status.planned ? CampaignState::complete : CampaignState::partial;
  std::tie(status.fewest, status.most) =
      balance(file.rows(), sim::shape_of(file.schema()).points, [&](std::size_t i) { return file.keys()[i].point; });
  status.interruptions = sim::read_run_info(out).interruptions();
  add_looks(status, file.schema());
  return status;
}

/// Seconds of a worker for one replication: of the sessions that have ended, else of those that run.
double pace_of(sim::JournalIndex const& index, std::vector<sim::RunSession> const& sessions) {
  double seconds = 0, computed = 0;
  for (auto const& session : sessions) {
    if (session.computed == 0) continue;
    seconds += session.wall_s;
    computed += static_cast<double>(session.computed);
  }
  if (computed > 0) return seconds / computed;
  for (auto const& content : index.contents()) {
    std::uint64_t before = 0;
    std::optional<double> since;
    for (auto const& note : index.notes()) {
      if (note.journal == content.journal) before = note.frames_before;
    }
    for (auto const& session : sessions) {
      if (session.worker == content.journal.filename() && session.ended_by == "running") since = sim::wall_seconds_since(session);
    }
    if (!since || content.frames <= before) continue;
    seconds += *since;
    computed += static_cast<double>(content.frames - before);
  }
  return computed > 0 ? seconds / computed : 0;
}

CampaignStatus of_journals(std::string const& out) {
  std::filesystem::path const parts = require_parts(out);
  sim::Manifest const manifest = sim::read_manifest(parts);
  auto index = sim::JournalIndex::scan(parts, manifest);
  CampaignStatus status{.out = out, .study = manifest.study, .build = manifest.build, .planned = manifest.shape.size()};
  apply_rule(status, manifest, index);
  auto const sessions = sim::sessions_of(index.notes(), is_held);
  for (auto const& content : index.contents()) {
    WorkerStatus worker{.journal = content.journal.filename().string(), .at_work = is_held(content.journal), .done = content.done,
                        .failed = content.failed, .censored = content.censored};
    for (auto const& session : sessions) {
      if (session.worker != worker.journal) continue;
      worker.host = session.host;
      ++worker.sessions;
    }
    status.workers.push_back(std::move(worker));
  }
  for (std::size_t i = 0; i < index.size(); ++i) status.counts.add(index.status(i));
  for (auto const& session : sessions) status.interruptions += session.ended_by != "finished" && session.ended_by != "running";
  std::tie(status.fewest, status.most) = balance(index.size(), index.shape().points, [&](std::size_t i) { return index.key(i).point; });
  status.state = status.at_work() > 0                          ? CampaignState::running
                 : status.counts.total() == status.planned ? CampaignState::unmerged
                                                           : CampaignState::stopped;
  status.duplicates = index.report().duplicates;
  status.damaged_bytes = index.report().damaged_bytes;
  // The end of a journal that is being written is not damaged.
  if (status.state != CampaignState::running || status.damaged_bytes > 0) status.notes = index.report().notes;
  status.seconds_each = pace_of(index, sessions);
  return status;
}

}  // namespace

std::string name_of(CampaignState state) {
  switch (state) {
    case CampaignState::running: return "running";
    case CampaignState::stopped: return "stopped";
    case CampaignState::unmerged: return "unmerged";
    case CampaignState::complete: return "complete";
    case CampaignState::partial: return "partial";
  }
  return {};
}

std::uint64_t CampaignStatus::at_work() const {
  return static_cast<std::uint64_t>(std::count_if(workers.begin(), workers.end(), [](auto const& worker) { return worker.at_work; }));
}

std::optional<double> CampaignStatus::wall_seconds_left() const {
  if (at_work() == 0 || seconds_each <= 0) return {};
  return seconds_each * static_cast<double>(left()) / static_cast<double>(at_work());
}

CampaignStatus status_of(std::string const& out) {
  // A campaign may end, and its journals go, while they are read.
  for (int attempt = 0;; ++attempt) {
    try {
      return std::filesystem::exists(out) ? of_results(out) : of_journals(out);
    } catch (sim::Error const&) {
      constexpr int attempts = 5;
      bool const is_there = std::filesystem::exists(out) || std::filesystem::exists(sim::parts_directory(out));
      if (!is_there || attempt == attempts) throw;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
}

}  // namespace app
