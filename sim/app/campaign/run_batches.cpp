#include "sim/app/campaign/run_batches.hpp"

#include <unistd.h>

#include <algorithm>
#include <deque>

#include "sim/app/campaign/branch_option.hpp"
#include "sim/app/campaign/journal_sink.hpp"
#include "sim/app/campaign/run_ranks.hpp"
#include "sim/app/campaign/wall_duration.hpp"
#include "sim/app/world_study.hpp"
#include "sim/base/error.hpp"
#include "sim/exec/distributed/launched_ranks.hpp"
#include "sim/exec/distributed/mpi_session.hpp"
#include "sim/exec/executors.hpp"
#include "sim/io/output.hpp"

namespace app {

namespace {

/// Largest number of histories given at once, and the share of a rank's fair part that is: late in a campaign batches are small.
constexpr std::uint64_t histories_max = 32, parts_per_rank = 8;

/// What the first rank gives, kept until it is asked for.
class RemoteWork final : public sim::WorkSource {
 public:
  RemoteWork(sim::Journal const& journal, StopSignals const& signals) : journal_(journal), signals_(signals) {}

  sim::BatchReport report() const {
    sim::StatusCounts const now = journal_.counts();
    return {now.done - before_.done, now.failed - before_.failed, now.censored - before_.censored, 0};
  }

  std::vector<sim::ReplicationKey> next_history(std::size_t most) override {
    if (signals_.request() != sim::StopRequest::none) return {};
    if (given_.empty()) {
      auto const batch = sim::ask_for_batch(report());
      given_.assign(batch.begin(), batch.end());
    }
    std::vector<sim::ReplicationKey> keys;
    while (!given_.empty() && keys.size() < most) {
      sim::ReplicationKey const key = given_.front();
      if (!keys.empty() && (key.future != keys.front().future || key.replication != keys.front().replication)) break;
      keys.push_back(key);
      given_.pop_front();
    }
    return keys;
  }

 private:
  sim::Journal const& journal_;
  StopSignals const& signals_;
  sim::StatusCounts const before_ = journal_.counts();
  std::deque<sim::ReplicationKey> given_;
};

unsigned jobs_of_this_rank(RunOptions const& options) {
  return options.jobs > 0 ? options.jobs : std::max(1U, cores_of_this_rank() / std::max(1U, options.threads));
}

}  // namespace

bool hands_out_batches(RunOptions const& options) { return sim::rank_count() > 1 && options.executor != "distributed"; }

unsigned cores_of_this_rank() {
  unsigned const usable = std::max(1U, std::thread::hardware_concurrency());
  unsigned const given = sim::number_in_environment("SLURM_CPUS_PER_TASK");
  if (std::getenv("SLURM_CPUS_PER_TASK") != nullptr) return std::min(usable, given);
  auto const online = static_cast<unsigned>(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN)));
  return std::clamp(online / sim::launched_ranks_here(), 1U, usable);
}

WallLimits limits_of(RunOptions const& options) {
  WallLimits limits{.grace_s = wall_seconds(options.grace, "--grace", true)};
  if (!options.max_wallclock.empty()) limits.whole_s = wall_seconds(options.max_wallclock, "--max-wallclock");
  return limits;
}

Exit work_in_batches(RunOptions const& options) {
  StopSignals signals;
  StopTimer const timer(signals, limits_of(options));
  std::vector<std::byte> invitation;
  sim::take_from_first_rank(invitation);
  if (invitation.empty()) return Exit::done;
  auto const study = open_study(options.study, options.overrides);
  if (!study) return Exit::bad_input;
  RunOptions settled = options;
  settled.branch_at = branch_of(options.branch_at, study->study);
  sim::Journal journal = sim::Journal::open(
      sim::parts_directory(options.out), sim::make_manifest(sim::build_info(), study->scenario->schema()),
      {.shard = {sim::this_rank(), sim::rank_count()}, .dynamic = true, .only_own = true});
  settled.jobs = jobs_of_this_rank(options);
  settled.threads = std::max(1U, options.threads);
  if (settled.executor == "auto") settled.executor = "sequential";
  SessionNotes notes(journal, settled, journal.name());
  JournalSink sink(journal);
  RemoteWork work(journal, signals);
  sim::CampaignOptions const how{.jobs = settled.jobs,
                                 .event_limit = study->study.event_limit,
                                 .branch_at = branch_time(settled.branch_at),
                                 .stop = &signals.request()};
  auto summary = sim::run_campaign(
      *study->scenario, sink, [&] { return sim::make_executor(settled.executor, settled.threads); }, how, work,
      {sim::replication_count(study->study), 0});
  summary.stopped = signals.request() != sim::StopRequest::none || summary.out_of_memory;
  notes.end(summary, summary.stopped ? "interrupted" : "finished");
  journal.close();
  sim::report_last(work.report());
  return Exit::done;
}

/// What this rank's workers take from the common order.
class BatchOffice::OwnShare final : public sim::WorkSource {
 public:
  explicit OwnShare(BatchOffice& office) : office_(office) {}
  std::vector<sim::ReplicationKey> next_history(std::size_t most) override { return office_.take(most); }
  std::uint64_t left_out() const override { return office_.order_->left_out(); }

 private:
  BatchOffice& office_;
};

BatchOffice::BatchOffice(StopSignals const& signals, RunOptions const& options)
    : signals_(signals), failures_max_(options.failures_max), ranks_(sim::rank_count()), jobs_(jobs_of_this_rank(options)),
      reports_(ranks_) {}

BatchOffice::~BatchOffice() { abandoned_ = true; }

std::unique_ptr<sim::WorkSource> BatchOffice::open(sim::WorkOrder& order, std::uint64_t failed_before) {
  order_ = &order;
  left_ = order.planned() - order.done_before();
  failed_before_ = failed_before;
  server_ = std::jthread([this] {
    sim::serve_batches([this](unsigned rank, sim::BatchReport const& report) { return give(rank, report); }, abandoned_);
  });
  return std::make_unique<OwnShare>(*this);
}

std::vector<sim::ReplicationKey> BatchOffice::take(std::size_t most) {
  std::scoped_lock const hold(mutex_);
  if (too_many_failures()) return {};
  auto keys = order_->next_history(most);
  left_ -= std::min<std::uint64_t>(left_, keys.size());
  return keys;
}

std::vector<sim::ReplicationKey> BatchOffice::give(unsigned rank, sim::BatchReport const& report) {
  std::scoped_lock const hold(mutex_);
  reports_[rank] = report;
  std::vector<sim::ReplicationKey> batch;
  if (report.is_last != 0 || signals_.request() != sim::StopRequest::none || too_many_failures()) return batch;
  std::uint64_t const workers = std::uint64_t{ranks_} * jobs_;
  std::uint64_t const fair = left_ / (parts_per_rank * workers);
  std::uint64_t const treatments = order_->treatments();
  // Whole histories, or parts of them when there is little left.
  std::uint64_t const most = std::clamp<std::uint64_t>(fair, 1, treatments);
  std::uint64_t const times = std::clamp<std::uint64_t>(fair / treatments, 1, histories_max);
  for (std::uint64_t i = 0; i < times; ++i) {
    auto const keys = order_->next_history(most);
    batch.insert(batch.end(), keys.begin(), keys.end());
  }
  left_ -= std::min<std::uint64_t>(left_, batch.size());
  return batch;
}

sim::BatchReport BatchOffice::others() const {
  sim::BatchReport sum;
  for (sim::BatchReport const& report : reports_) {
    sum.done += report.done;
    sum.failed += report.failed;
    sum.censored += report.censored;
  }
  return sum;
}

bool BatchOffice::too_many_failures() const { return failed_before_ + own_failed_ + others().failed > failures_max_; }

sim::Progress BatchOffice::note(sim::Progress progress) {
  std::scoped_lock const hold(mutex_);
  own_failed_ = progress.failed;
  sim::BatchReport const sum = others();
  progress.done += sum.done;
  progress.failed += sum.failed;
  progress.censored += sum.censored;
  return progress;
}

void BatchOffice::close(sim::CampaignSummary& summary) {
  if (server_.joinable()) server_.join();
  summary.progress = note(summary.progress);
  summary.progress.planned = order_->planned() - order_->left_out();
  summary.stopped = summary.progress.finished() < summary.progress.planned;
  summary.too_many_failures = summary.too_many_failures || (summary.stopped && too_many_failures());
}

}  // namespace app
