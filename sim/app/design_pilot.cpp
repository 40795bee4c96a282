#include "sim/app/design_pilot.hpp"

#include <time.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <fstream>
#include <mutex>
#include <thread>

#include "sim/app/packed_size.hpp"
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
  }

  PilotRun run() {
    run_.base_memory = memory_line("VmRSS:");
    double const peak_before = memory_line("VmHWM:");
    {
      std::jthread const watch([this](std::stop_token ended) { watch_until(ended); });
      std::vector<std::jthread> workers;
      for (unsigned w = 0; w < run_.jobs; ++w) workers.emplace_back([this] { work(); });
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
      if (asked_.load() == sim::StopRequest::now || (out_of_time() && known_.load())) stop_ = sim::StopRequest::now;
    }
  }

  void work() {
    try {
      auto const executor = sim::make_executor("sequential", 1);
      for (std::uint32_t index = next_++; index < histories_; index = next_++) {
        if (asked_.load() != sim::StopRequest::none || stop_.load() != sim::StopRequest::none || (out_of_time() && known_.load())) return;
        run_one(index, *executor);
      }
    } catch (...) {
      std::lock_guard const lock(mutex_);
      if (!fault_) fault_ = std::current_exception();
      stop_ = sim::StopRequest::now;
    }
  }

  void run_one(std::uint32_t index, sim::Executor& executor) {
    auto const& schema = scenario_.schema();
    sim::History history;
    sim::ReplicationKey key = pilot_history(schema, histories_, index);
    for (key.point = 0; key.point < schema.treatments.size(); ++key.point) history.keys.push_back(key);
    Spent const begin = now();
    auto const future = scenario_.prepare(key.future);
    Spent const setup = since(begin), middle = now();
    std::size_t delivered = 0;
    Spent last;
    sim::run_history(scenario_, future, history, executor, options_.event_limit, &stop_, [&](sim::ReplicationRecord&& record) {
      last = since(middle);
      ++delivered;
      keep(record);
    });
    bool const complete = delivered == schema.treatments.size();
    std::lock_guard const lock(mutex_);
    run_.setups.push_back(setup);
    if (complete) {
      run_.histories.push_back(last);
      return;
    }
    run_.partial.wall_seconds += last.wall_seconds;
    run_.partial.core_seconds += last.core_seconds;
    run_.partial_replications += delivered;
  }

  void keep(sim::ReplicationRecord const& record) {
    std::vector<std::byte> frame;
    sim::encode_frame(record, 0, frame);
    std::lock_guard const lock(mutex_);
    run_.journal_bytes.push_back(static_cast<double>(frame.size()));
    if (record.status != sim::ReplicationStatus::done && run_.failed++ == 0) run_.first_failure = record.message;
    packed_.add(record);
    known_ = true;
  }

  sim::Scenario const& scenario_;
  PilotOptions const& options_;
  std::atomic<sim::StopRequest> const& asked_;
  std::atomic<sim::StopRequest> stop_{sim::StopRequest::none};
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
