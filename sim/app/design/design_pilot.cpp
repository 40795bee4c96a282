#include "sim/app/design/design_pilot.hpp"

#include <time.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <fstream>
#include <mutex>
#include <thread>

#include "sim/app/design/packed_size.hpp"
#include "sim/campaign/run_replication.hpp"
#include "sim/exec/executors.hpp"
#include "sim/io/record_codec.hpp"

namespace app {

namespace {

using WallClock = std::chrono::steady_clock;
constexpr std::uint32_t histories_max = 64;

double since(WallClock::time_point begin) { return std::chrono::duration<double>(WallClock::now() - begin).count(); }

/// Time that this thread has used so far, by both clocks.
Spent now() {
  timespec used{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return {std::chrono::duration<double>(WallClock::now().time_since_epoch()).count(), static_cast<double>(used.tv_sec) + 1e-9 * static_cast<double>(used.tv_nsec)};
}

Spent since(Spent const& begin) {
  Spent const end = now();
  return {end.wall_seconds - begin.wall_seconds, end.core_seconds - begin.core_seconds};
}

/// A line of /proc/self/status, as "VmRSS:" [bytes]; 0 if there is none.
double memory_line(std::string const& wanted) {
  std::ifstream file("/proc/self/status");
  for (std::string key; file >> key;) {
    double kib = 0;
    if (key == wanted && file >> kib) return 1024 * kib;
  }
  return 0;
}

class PilotTeam {
 public:
  PilotTeam(sim::Scenario const& scenario, PilotOptions const& options, std::atomic<sim::StopRequest> const& asked)
      : scenario_(scenario), options_(options), asked_(asked), packed_(scenario.schema()) {
    auto const& schema = scenario.schema();
    std::uint64_t const all = std::uint64_t{schema.futures} * schema.replications;
    histories_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(all, options.histories > 0 ? options.histories : histories_max));
    run_.jobs = std::max(1U, std::min(options.jobs, histories_));
    stops_ = std::vector<std::atomic<sim::StopRequest>>(run_.jobs);
  }

  PilotRun run() {
    run_.base_memory = memory_line("VmRSS:");
    double const peak_before = memory_line("VmHWM:");
    {
      std::jthread const watch([this](std::stop_token ended) { watch_until(ended); });
      std::vector<std::jthread> workers;
      for (unsigned w = 0; w < run_.jobs; ++w) workers.emplace_back([this, w] { work(stops_[w]); });
    }
    if (fault_) std::rethrow_exception(fault_);
    // A peak of earlier, as of the checks of the study, hides what is below it.
    double const peak = memory_line("VmHWM:"), used = peak > peak_before ? peak : memory_line("VmRSS:");
    run_.worker_memory = std::max(0.0, used - run_.base_memory) / run_.jobs;
    run_.results_bytes = packed_.bytes_per_replication();
    run_.wall_seconds = since(begun_);
    run_.interrupted = asked_.load() != sim::StopRequest::none;
    return std::move(run_);
  }

 private:
  bool out_of_time() const { return options_.histories == 0 && since(begun_) > options_.wall_seconds; }

  /// Passes on a request to stop, and makes one when the time is over and something is known.
  void watch_until(std::stop_token const& ended) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    while (!wake.wait_for(lock, ended, std::chrono::milliseconds(20), [&] { return ended.stop_requested(); })) {
      bool const far_over = options_.histories == 0 && known_.load() && since(begun_) > 2 * options_.wall_seconds;
      if (asked_.load() == sim::StopRequest::now || far_over) drop_all();
    }
  }

  static void request_stop(std::atomic<sim::StopRequest>& stop, sim::StopRequest request) {
    sim::StopRequest none = sim::StopRequest::none;
    stop.compare_exchange_strong(none, request);
  }

  void drop_all() {
    for (auto& stop : stops_) stop = sim::StopRequest::now;
  }

  void work(std::atomic<sim::StopRequest>& stop) {
    try {
      auto const executor = sim::make_executor("sequential", 1);
      for (std::uint32_t index = next_++; index < histories_; index = next_++) {
        if (asked_.load() != sim::StopRequest::none || stop.load() != sim::StopRequest::none || (out_of_time() && known_.load())) return;
        run_one(index, *executor, stop);
      }
    } catch (...) {
      std::lock_guard const lock(mutex_);
      if (!fault_) fault_ = std::current_exception();
      drop_all();
    }
  }

  void run_one(std::uint32_t index, sim::Executor& executor, std::atomic<sim::StopRequest>& stop) {
    auto const& schema = scenario_.schema();
    sim::History history{.keys = {}, .branch_at = options_.branch_at};
    sim::ReplicationKey key = pilot_history(schema, histories_, index);
    for (key.point = 0; key.point < schema.treatments.size(); ++key.point) history.keys.push_back(key);
    Spent const begin = now();
    auto const future = prepare(key.future, history.keys.size());
    if (!future) return;
    Spent const setup = since(begin), middle = now();
    std::vector<Spent> delivered;  // since `middle`
    sim::run_history(scenario_, future, history, executor, options_.event_limit, &stop, [&](sim::ReplicationRecord&& record) {
      delivered.push_back(since(middle));
      keep(record, index);
      // Once the time is over two replications are enough: the others cost what the second did.
      if (out_of_time() && delivered.size() >= 2) request_stop(stop, sim::StopRequest::after_running);
    });
    add(setup, delivered);
  }

  /// The tables of a future; null if the model objects to it, which fails its replications.
  std::shared_ptr<sim::Future const> prepare(std::uint32_t future, std::size_t replications) {
    try {
      return scenario_.prepare(future);
    } catch (std::bad_alloc const&) {
      throw;
    } catch (std::exception const& failure) {
      std::lock_guard const lock(mutex_);
      if (run_.failed == 0) run_.first_failure = failure.what();
      run_.failed += replications;
      return nullptr;
    }
  }

  /// Adds a history of which so many replications were delivered.
  void add(Spent const& setup, std::vector<Spent> const& delivered) {
    double const treatments = static_cast<double>(scenario_.schema().treatments.size());
    std::size_t const done = delivered.size();
    std::lock_guard const lock(mutex_);
    run_.setups.push_back(setup);
    if (done == static_cast<std::size_t>(treatments)) {
      run_.histories.push_back(delivered.back());
    } else if (done >= 2) {
      // The first replication took the common beginning along; the missing ones cost what the later ones did.
      double const times = (treatments - 1) / static_cast<double>(done - 1);
      auto const whole = [&](double Spent::* clock) { return delivered[0].*clock + times * (delivered.back().*clock - delivered[0].*clock); };
      run_.histories.push_back({whole(&Spent::wall_seconds), whole(&Spent::core_seconds)});
      ++run_.extrapolated;
    } else if (done == 1) {
      run_.partial.wall_seconds += delivered[0].wall_seconds;
      run_.partial.core_seconds += delivered[0].core_seconds;
      ++run_.partial_replications;
    }
  }

  void keep(sim::ReplicationRecord& record, std::uint32_t index) {
    std::vector<std::byte> frame;
    sim::encode_frame(record, 0, frame);
    std::lock_guard const lock(mutex_);
    run_.journal_bytes.push_back(static_cast<double>(frame.size()));
    if (record.status != sim::ReplicationStatus::done && run_.failed++ == 0) run_.first_failure = record.message;
    packed_.add(record);
    known_ = true;
    if (!scenario_.schema().stopping.is_rule()) return;
    record.key = {record.key.point, index, 0};
    run_.watched.push_back({.key = record.key, .status = record.status, .responses = std::move(record.responses)});
  }

  sim::Scenario const& scenario_;
  PilotOptions const& options_;
  std::atomic<sim::StopRequest> const& asked_;
  std::vector<std::atomic<sim::StopRequest>> stops_;  // of each worker
  std::atomic<std::uint32_t> next_{0};
  std::atomic<bool> known_{false};
  std::uint32_t histories_ = 0;
  WallClock::time_point const begun_ = WallClock::now();
  std::mutex mutex_;
  std::exception_ptr fault_;
  PackedSize packed_;
  PilotRun run_;
};

}  // namespace

sim::ReplicationKey pilot_history(sim::ResultSchema const& schema, std::uint32_t histories, std::uint32_t index) {
  std::uint32_t const spread = std::min(histories, schema.futures);
  std::uint64_t const place = index % spread;
  return {0, static_cast<std::uint32_t>(place * schema.futures / spread), index / spread};
}

PilotRun run_pilot(sim::Scenario const& scenario, PilotOptions const& options, std::atomic<sim::StopRequest> const& stop) {
  return PilotTeam(scenario, options, stop).run();
}

}  // namespace app
