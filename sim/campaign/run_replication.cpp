#include "sim/campaign/run_replication.hpp"

#include <algorithm>
#include <exception>
#include <new>
#include <string>
#include <utility>

#include "sim/campaign/splitting/splitting.hpp"

namespace sim {

namespace {

/// Pieces of the horizon between which a request to drop the replication is heard.
constexpr int pieces = 32;

/// Runs all events before `to`, or until the limit of events; false if asked to stop at once.
bool advance(Executor& executor, Time from, Time to, std::atomic<StopRequest> const* stop) {
  Duration const span = to - from;
  for (int piece = 1; piece <= pieces; ++piece) {
    if (stop != nullptr && stop->load(std::memory_order_relaxed) == StopRequest::now) return false;
    executor.run_until(piece == pieces ? to : from + Duration{span.ticks / pieces * piece});
    if (executor.statistics().outcome == RunOutcome::censored) break;
  }
  return true;
}

/// Runs to the end and fills `record`; false if asked to stop at once.
bool finish(Scenario const& scenario, Replication& replication, Executor& executor, Time from, std::uint64_t event_limit,
            std::atomic<StopRequest> const* stop, ReplicationRecord& record) {
  record.digest_before = replication.world().digest();
  if (!advance(executor, from, scenario.end(), stop)) return false;
  record.digest = replication.world().digest();
  record.events = static_cast<double>(executor.statistics().events);
  if (executor.statistics().outcome == RunOutcome::censored) {
    record.status = ReplicationStatus::censored;
    record.message = "more than " + std::to_string(event_limit) + " events before " + to_string(to_date(scenario.end())) +
                     " (the study's event_limit) raise it if the model is sound";
    return true;
  }
  replication.measure(record);
  return true;
}

/// What `run` makes of the record, or why the replication failed; empty if `run` was asked to stop.
template <class Run>
std::optional<ReplicationRecord> guarded(ReplicationKey key, Run run) {
  ReplicationRecord record{.key = key};
  try {
    if (!run(record)) return std::nullopt;
  } catch (std::bad_alloc const&) {
    throw;
  } catch (std::exception const& failure) {
    record = {.key = key, .status = ReplicationStatus::failed, .message = failure.what()};
  }
  return record;
}

Time first_difference(Scenario const& scenario) {
  return std::clamp(scenario.first_difference(), scenario.start(), scenario.end());
}

/// The common beginning of several treatments.
struct Trunk {
  std::unique_ptr<Replication> replication;
  std::shared_ptr<Snapshot const> snapshot;
};

/// Empty if there is nothing to share, or if the beginning does not come to its end: then each treatment tells for itself.
std::optional<Trunk> grow_trunk(Scenario const& scenario, std::shared_ptr<Future const> const& future,
                                History& history, Executor& executor, std::uint64_t event_limit,
                                std::atomic<StopRequest> const* stop) {
  Time const start = scenario.start(), middle = std::clamp(history.branch_at, start, first_difference(scenario));
  if (history.keys.size() < 2 || middle == start) return std::nullopt;
  try {
    Trunk trunk{scenario.build(future, history.keys.front()), {}};
    executor.start(trunk.replication->world(), trunk.replication->rows(), start, RunLimits{.events = event_limit});
    if (!advance(executor, start, middle, stop)) return std::nullopt;
    trunk.snapshot = executor.snapshot();
    history.work.add(executor, {});
    return trunk;
  } catch (std::bad_alloc const&) {
    throw;
  } catch (std::exception const&) {
    return std::nullopt;
  }
}

bool asked_to_stop(std::atomic<StopRequest> const* stop) {
  return stop != nullptr && stop->load(std::memory_order_relaxed) != StopRequest::none;
}

/// A replication of a study with a rare event.
std::optional<ReplicationRecord> split(Scenario const& scenario, std::shared_ptr<Future const> const& future, ReplicationKey key,
                                       SplittingRun const& run) {
  return guarded(key, [&](ReplicationRecord& record) { return run_splitting(scenario, future, run, record); });
}

}  // namespace

std::optional<ReplicationRecord> run_replication(Scenario const& scenario, std::shared_ptr<Future const> future,
                                                 ReplicationKey key, Executor& executor, std::uint64_t event_limit,
                                                 std::atomic<StopRequest> const* stop) {
  WorkDone work;
  if (scenario.schema().rare_event.is_set()) return split(scenario, future, key, {executor, event_limit, stop, work});
  return guarded(key, [&](ReplicationRecord& record) {
    std::unique_ptr<Replication> const replication = scenario.build(std::move(future), key);
    Time const start = scenario.start(), middle = first_difference(scenario);
    executor.start(replication->world(), replication->rows(), start, RunLimits{.events = event_limit});
    return advance(executor, start, middle, stop) &&
           finish(scenario, *replication, executor, middle, event_limit, stop, record);
  });
}

void run_history(Scenario const& scenario, std::shared_ptr<Future const> future, History& history, Executor& executor,
                 std::uint64_t event_limit, std::atomic<StopRequest> const* stop,
                 std::function<void(ReplicationRecord&&)> const& deliver) {
  if (scenario.schema().rare_event.is_set()) {
    for (ReplicationKey const& key : history.keys) {
      if (&key != &history.keys.front() && asked_to_stop(stop)) return;
      auto record = split(scenario, future, key, {executor, event_limit, stop, history.work});
      if (!record) return;
      deliver(std::move(*record));
    }
    return;
  }
  std::optional<Trunk> const trunk = grow_trunk(scenario, future, history, executor, event_limit, stop);
  RunStatistics const shared = trunk ? trunk->snapshot->statistics : RunStatistics{};
  std::unique_ptr<Replication> branch;
  for (ReplicationKey const& key : history.keys) {
    if (&key != &history.keys.front() && asked_to_stop(stop)) return;
    std::optional<ReplicationRecord> record;
    if (trunk) {
      record = guarded(key, [&](ReplicationRecord& of_branch) {
        if (!branch) branch = scenario.build(future, key);
        branch->world().rewind();
        scenario.treat(*branch, key.point);
        branch->take_over(*trunk->replication);
        executor.resume(branch->world(), branch->rows(), trunk->snapshot, RunLimits{.events = event_limit});
        Time const from = trunk->snapshot->time, middle = first_difference(scenario);
        return (from == middle || advance(executor, from, middle, stop)) &&
               finish(scenario, *branch, executor, middle, event_limit, stop, of_branch);
      });
    } else {
      record = run_replication(scenario, future, key, executor, event_limit, stop);
    }
    if (!record) return;
    if (record->status != ReplicationStatus::failed) history.work.add(executor, shared);
    deliver(std::move(*record));
  }
}

}  // namespace sim

