// The workers of an executor: threads that do one piece of work together, again and again, and meet within it.
#pragma once

#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "sim/exec/barrier.hpp"

namespace sim {

/// `work(me)` is called by all workers at once, by worker 0 on the thread that calls `run`; it must end with `part`. To be
/// the last member of its owner, so that the threads end before what they use.
class WorkerTeam {
 public:
  WorkerTeam(unsigned count, std::function<void(unsigned me)> work)
      : work_(std::move(work)), each_(count), barrier_(count) {
    for (unsigned me = 1; me < count; ++me) threads_.emplace_back([this, me] { serve(me); });
  }
  ~WorkerTeam() {
    leaving_ = true;
    barrier_.arrive_and_wait();
  }
  WorkerTeam(WorkerTeam const&) = delete;
  WorkerTeam& operator=(WorkerTeam const&) = delete;

  /// Forgets times and failures; between two runs.
  void reset() {
    failure_ = nullptr;
    for (Worker& worker : each_) worker = {};
  }

  /// One piece of work by all; then throws what the first of them kept, if any did.
  void run() {
    barrier_.arrive_and_wait();  // the others begin
    work_(0);
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
  }

  /// Within `work`: waits until all are here.
  void meet(unsigned me) { barrier_.arrive_and_wait(&each_[me].waited); }
  /// The last meeting of `work`. Not timed: worker 0 may tell the times as soon as it has left.
  void part() { barrier_.arrive_and_wait(); }

  /// What f() returns, or false if it throws; what it throws is kept for `run`.
  template <class F>
  bool guarded(unsigned me, F f) {
    try {
      return f();
    } catch (...) {
      std::lock_guard const lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      each_[me].has_failed = true;
      return false;
    }
  }
  /// True if `guarded` has kept something of this worker.
  bool has_failed(unsigned me) const { return each_[me].has_failed; }

  /// The worker's own wall time in meetings since the last `reset`; asked by itself.
  SpinBarrier::Wait waited(unsigned me) const { return each_[me].waited; }

  /// Wall time in meetings since the last `reset`, sum over the workers [s]; between two runs.
  double waiting_s() const {
    double sum = 0;
    for (Worker const& worker : each_) sum += std::chrono::duration<double>(worker.waited).count();
    return sum;
  }

 private:
  struct alignas(64) Worker {
    SpinBarrier::Wait waited{};
    bool has_failed = false;
  };

  void serve(unsigned me) {
    while (true) {
      barrier_.arrive_and_wait();
      if (leaving_) return;
      work_(me);
    }
  }

  std::function<void(unsigned)> const work_;
  std::vector<Worker> each_;
  std::mutex mutex_;
  std::exception_ptr failure_;
  std::atomic<bool> leaving_{false};
  SpinBarrier barrier_;
  std::vector<std::jthread> threads_;
};

}  // namespace sim
