#include "sim/campaign/run_replication.hpp"

#include <algorithm>
#include <exception>
#include <new>
#include <string>
#include <utility>

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

}  // namespace

std::optional<ReplicationRecord> run_replication(Scenario const& scenario, std::shared_ptr<Future const> future,
                                                 ReplicationKey key, Executor& executor, std::uint64_t event_limit,
                                                 std::atomic<StopRequest> const* stop) {
  ReplicationRecord record{.key = key};
  try {
    std::unique_ptr<Replication> const replication = scenario.build(std::move(future), key);
    Time const start = scenario.start();
    Time const middle = std::clamp(scenario.first_difference(), start, scenario.end());
    executor.start(replication->world(), replication->rows(), start, RunLimits{.events = event_limit});
    if (!advance(executor, start, middle, stop)) return std::nullopt;
    record.digest_before = replication->world().digest();
    if (!advance(executor, middle, scenario.end(), stop)) return std::nullopt;
    record.digest = replication->world().digest();
    record.events = static_cast<double>(executor.statistics().events);
    if (executor.statistics().outcome == RunOutcome::censored) {
      record.status = ReplicationStatus::censored;
      record.message = "more than " + std::to_string(event_limit) + " events before " + to_string(to_date(scenario.end())) +
                       " (the study's event_limit) raise it if the model is sound";
      return record;
    }
    replication->measure(record);
  } catch (std::bad_alloc const&) {
    throw;
  } catch (std::exception const& failure) {
    record = {.key = key, .status = ReplicationStatus::failed, .message = failure.what()};
  }
  return record;
}

}  // namespace sim
