// Where workers meet between windows: spins briefly, then gives the core away.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>

namespace sim {

/// All `count` workers leave once all have arrived; what each wrote before is seen by all after. Reusable.
class SpinBarrier {
 public:
  explicit SpinBarrier(std::uint32_t count)
      : count_(count), spins_max_(count <= std::thread::hardware_concurrency() ? 2000 : 0) {}

  void arrive_and_wait() {
    std::uint32_t const phase = phase_.load(std::memory_order_relaxed);
    if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == count_) {
      arrived_.store(0, std::memory_order_relaxed);
      phase_.store(phase + 1, std::memory_order_release);
      phase_.notify_all();
      return;
    }
    for (std::uint32_t spins = 0; phase_.load(std::memory_order_acquire) == phase; ++spins) {
      if (spins < spins_max_) {
        __builtin_ia32_pause();
      } else if (spins < spins_max_ + yields_max) {
        std::this_thread::yield();
      } else {
        phase_.wait(phase, std::memory_order_acquire);
      }
    }
  }

 private:
  static constexpr std::uint32_t yields_max = 100;

  std::uint32_t const count_, spins_max_;  // no spinning where another worker may wait for the core
  alignas(64) std::atomic<std::uint32_t> arrived_{0};
  alignas(64) std::atomic<std::uint32_t> phase_{0};
};

}  // namespace sim
