#include "sim/campaign/campaign.hpp"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <mutex>
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
           CampaignOptions const& options, std::vector<ReplicationKey> const& already_done)
      : scenario_(scenario), sink_(sink), make_executor_(make_executor), options_(options),
        order_(shape(scenario.schema()), already_done) {
    summary_.progress.planned = shape(scenario.schema()).size();
    summary_.progress.finished_before = order_.done_before();
  }

  CampaignSummary run() {
    unsigned const jobs = options_.jobs > 0 ? options_.jobs : std::max(1U, std::thread::hardware_concurrency());
    unit_size_ = unit_size(jobs);
    tbb::global_control const threads(tbb::global_control::max_allowed_parallelism, jobs);
    tbb::task_arena arena(static_cast<int>(jobs));
    auto const take = tbb::make_filter<void, Unit>(
        tbb::filter_mode::serial_in_order, [this](tbb::flow_control& control) { return next(control); });
    auto const work = tbb::make_filter<Unit, void>(tbb::filter_mode::parallel, [this](Unit const& unit) { run(unit); });
    arena.execute([&] { tbb::parallel_pipeline(jobs, take & work); });
    return finish();
  }

 private:
  static CampaignShape shape(ResultSchema const& schema) {
    return {static_cast<std::uint32_t>(schema.treatments.size()), schema.futures, schema.replications};
  }

  bool stop_requested() const {
    return options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed) != StopRequest::none;
  }

  /// Treatments that are run together: all of a history, fewer where that would leave some of the jobs idle.
  std::size_t unit_size(unsigned jobs) const {
    std::uint64_t const left = summary_.progress.planned - summary_.progress.finished_before;
    std::uint64_t const share = left / (std::uint64_t{units_per_job} * jobs);
    return std::clamp<std::uint64_t>(share, 1, shape(scenario_.schema()).points);
  }

  // Serial: one thread at a time takes the next unit and, at its first replication, prepares the future.
  Unit next(tbb::flow_control& control) {
    Unit unit;
    if (!stop_requested()) unit.history.keys = order_.next_history(unit_size_);
    if (unit.history.keys.empty()) {
      control.stop();
      current_.reset();
      return {};
    }
    std::uint32_t const future = unit.history.keys.front().future;
    if (!current_ || current_->index != future) current_ = prepare(future);
    unit.future = current_;
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

  void run(Unit unit) {
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
    progress.wall_seconds = wall_seconds();
    if (mishap.status != ReplicationStatus::done && summary_.mishaps.size() < mishaps_max) {
      summary_.mishaps.push_back(std::move(mishap));
    }
    if (options_.on_progress) options_.on_progress(progress);
  }

  double wall_seconds() const { return std::chrono::duration<double>(WallClock::now() - begun_).count(); }

  CampaignSummary finish() {
    summary_.progress.wall_seconds = wall_seconds();
    summary_.stopped = summary_.progress.finished() < summary_.progress.planned;
    std::sort(summary_.mishaps.begin(), summary_.mishaps.end(),
              [](Mishap const& a, Mishap const& b) { return a.key < b.key; });
    return std::move(summary_);
  }

  static constexpr std::size_t mishaps_max = 100;
  static constexpr unsigned units_per_job = 4;

  Scenario const& scenario_;
  RecordSink& sink_;
  ExecutorFactory const& make_executor_;
  CampaignOptions const& options_;
  WorkOrder order_;
  std::size_t unit_size_ = 1;
  std::shared_ptr<PreparedFuture const> current_;
  WallClock::time_point const begun_ = WallClock::now();
  std::mutex mutex_;
  std::vector<std::unique_ptr<Executor>> idle_executors_;  // they keep their memory for the next replication
  CampaignSummary summary_;
};

}  // namespace

CampaignSummary run_campaign(Scenario const& scenario, RecordSink& sink, ExecutorFactory const& make_executor,
                             CampaignOptions const& options, std::vector<ReplicationKey> const& already_done) {
  return Campaign(scenario, sink, make_executor, options, already_done).run();
}

}  // namespace sim
