#include "sim/campaign/campaign.hpp"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <new>
#include <thread>

#include "sim/campaign/work_order.hpp"

namespace sim {

namespace {

using WallClock = std::chrono::steady_clock;

/// Tables of one future, or why they could not be made.
struct PreparedFuture {
  std::uint32_t index = 0;
  std::shared_ptr<Future const> tables;
  std::string problem;
};

/// The treatments of one history, or some of them, on their way through the pipeline.
struct Unit {
  History history;
  std::shared_ptr<PreparedFuture const> future;
};

class Campaign {
 public:
  Campaign(Scenario const& scenario, RecordSink& sink, ExecutorFactory const& make_executor,
           CampaignOptions const& options, WorkSource& source)
      : scenario_(scenario), sink_(sink), make_executor_(make_executor), options_(options), source_(source) {}

  CampaignSummary run(WorkLoad const& load) {
    planned_ = summary_.progress.planned = load.planned;
    summary_.progress.finished_before = load.done_before;
    summary_.progress.failed_before = options_.failed_before;
    summary_.progress.censored_before = options_.censored_before;
    summary_.too_many_failures = options_.failed_before > options_.failures_max;
    ended_ = summary_.too_many_failures;
    unsigned const jobs = options_.jobs > 0 ? options_.jobs : std::max(1U, std::thread::hardware_concurrency());
    jobs_ = jobs;
    left_ = load.planned - load.done_before;
    tbb::global_control const threads(tbb::global_control::max_allowed_parallelism, jobs);
    tbb::task_arena arena(static_cast<int>(jobs));
    auto const take = tbb::make_filter<void, Unit>(
        tbb::filter_mode::serial_in_order, [this](tbb::flow_control& control) { return next(control); });
    auto const work = tbb::make_filter<Unit, void>(tbb::filter_mode::parallel, [this](Unit const& unit) { run(unit); });
    arena.execute([&] { tbb::parallel_pipeline(jobs, take & work); });
    return finish();
  }

 private:
  bool stop_requested() const {
    return ended_ || (options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed) != StopRequest::none);
  }

  /// Treatments that are run together: all of a history, fewer towards the end, where that would leave some of the jobs idle.
  std::size_t unit_size() const {
    std::size_t const treatments = std::max<std::size_t>(1, scenario_.schema().treatments.size());
    if (jobs_ == 1) return treatments;
    return std::clamp<std::uint64_t>(left_ / (std::uint64_t{units_per_job} * jobs_), 1, treatments);
  }

  // Serial: one thread at a time takes the next unit and, at its first replication, prepares the future.
  Unit next(tbb::flow_control& control) {
    Unit unit;
    if (!stop_requested()) unit.history.keys = source_.next_history(unit_size());
    left_ -= std::min<std::uint64_t>(left_, unit.history.keys.size());
    if (unit.history.keys.empty()) {
      control.stop();
      current_.reset();
      return {};
    }
    std::uint32_t const future = unit.history.keys.front().future;
    try {
      if (!current_ || current_->index != future) current_ = prepare(future);
    } catch (std::bad_alloc const&) {
      give_up_for_memory();
      control.stop();
      current_.reset();
      return {};
    }
    unit.future = current_;
    unit.history.branch_at = options_.branch_at;
    return unit;
  }

  std::shared_ptr<PreparedFuture const> prepare(std::uint32_t index) const {
    auto prepared = std::make_shared<PreparedFuture>(PreparedFuture{.index = index});
    try {
      prepared->tables = scenario_.prepare(index);
    } catch (std::bad_alloc const&) {
      throw;
    } catch (std::exception const& failure) {
      prepared->problem = failure.what();
    }
    return prepared;
  }

  // Lack of memory is the machine's fault: what it hits is left undone, and nothing new begins.
  void give_up_for_memory() {
    ended_ = true;
    std::lock_guard const lock(mutex_);
    summary_.out_of_memory = true;
  }

  void run(Unit unit) {
    try {
      compute(std::move(unit));
    } catch (std::bad_alloc const&) {
      give_up_for_memory();
    }
  }

  void compute(Unit unit) {
    if (!unit.future->tables) {
      for (ReplicationKey const& key : unit.history.keys) {
        deliver({.key = key, .status = ReplicationStatus::failed, .message = unit.future->problem});
      }
      return;
    }
    auto executor = take_executor();
    run_history(scenario_, unit.future->tables, unit.history, *executor, options_.event_limit, options_.stop,
                [this](ReplicationRecord&& record) { deliver(std::move(record)); });
    give_back(std::move(executor));
    std::lock_guard const lock(mutex_);
    summary_.work += unit.history.work;
    summary_.progress.events_simulated = static_cast<double>(summary_.work.events);
  }

  std::unique_ptr<Executor> take_executor() {
    {
      std::lock_guard const lock(mutex_);
      if (!idle_executors_.empty()) {
        auto executor = std::move(idle_executors_.back());
        idle_executors_.pop_back();
        return executor;
      }
    }
    return make_executor_();
  }

  void give_back(std::unique_ptr<Executor> executor) {
    std::lock_guard const lock(mutex_);
    idle_executors_.push_back(std::move(executor));
  }

  void deliver(ReplicationRecord&& record) {
    Mishap mishap{record.key, record.status, record.message};
    double const events = record.events;
    sink_.append(std::move(record));
    std::lock_guard const lock(mutex_);
    Progress& progress = summary_.progress;
    progress.events += events;
    progress.done += mishap.status == ReplicationStatus::done;
    progress.failed += mishap.status == ReplicationStatus::failed;
    progress.censored += mishap.status == ReplicationStatus::censored;
    progress.planned = planned_ - source_.left_out();
    progress.wall_seconds = wall_seconds();
    ++summary_.computed;
    if (progress.failed_before + progress.failed > options_.failures_max) {
      summary_.too_many_failures = true;
      ended_ = true;
    }
    if (mishap.status != ReplicationStatus::done && summary_.mishaps.size() < mishaps_max) {
      summary_.mishaps.push_back(std::move(mishap));
    }
    if (options_.on_progress) options_.on_progress(progress);
  }

  double wall_seconds() const { return std::chrono::duration<double>(WallClock::now() - begun_).count(); }

  CampaignSummary finish() {
    summary_.progress.wall_seconds = wall_seconds();
    summary_.progress.planned = planned_ - source_.left_out();
    summary_.stopped = summary_.progress.finished() < summary_.progress.planned;
    std::sort(summary_.mishaps.begin(), summary_.mishaps.end(),
              [](Mishap const& a, Mishap const& b) { return a.key < b.key; });
    return std::move(summary_);
  }

  static constexpr std::size_t mishaps_max = 100;
  static constexpr unsigned units_per_job = 2;

  Scenario const& scenario_;
  RecordSink& sink_;
  ExecutorFactory const& make_executor_;
  CampaignOptions const& options_;
  WorkSource& source_;
  std::atomic<bool> ended_{false};  // nothing new begins, though nobody asked to stop
  unsigned jobs_ = 1;
  std::uint64_t planned_ = 0;
  std::uint64_t left_ = 0;  // not handed out yet, of what falls to this process; the serial stage's own
  std::shared_ptr<PreparedFuture const> current_;
  WallClock::time_point const begun_ = WallClock::now();
  std::mutex mutex_;
  std::vector<std::unique_ptr<Executor>> idle_executors_;  // they keep their memory for the next replication
  CampaignSummary summary_;
};

}  // namespace

CampaignSummary run_campaign(Scenario const& scenario, RecordSink& sink, ExecutorFactory const& make_executor,
                             CampaignOptions const& options, WorkSource& source, WorkLoad const& load) {
  return Campaign(scenario, sink, make_executor, options, source).run(load);
}

CampaignSummary run_campaign(Scenario const& scenario, RecordSink& sink, ExecutorFactory const& make_executor,
                             CampaignOptions const& options, std::vector<ReplicationKey> const& already_done) {
  WorkOrder order(ReplicationSet(shape_of(scenario.schema()), already_done));
  return run_campaign(scenario, sink, make_executor, options, order, {order.planned(), order.done_before()});
}

}  // namespace sim
