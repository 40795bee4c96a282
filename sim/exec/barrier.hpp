// Where workers meet between windows: spins briefly, then gives the core away.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>

namespace sim {

/// All `count` workers leave once all have arrived; what each wrote before is seen by all after. Reusable.
class SpinBarrier {
 public:
  using Wait = std::chrono::steady_clock::duration;

  explicit SpinBarrier(std::uint32_t count)
      : count_(count), spins_max_(count <= std::thread::hardware_concurrency() ? 2000 : 0) {}

  /// Adds the time until the last has arrived to `waited` (may be null); who arrives last reads no clock.
  void arrive_and_wait(Wait* waited = nullptr) {
    std::uint32_t const phase = phase_.load(std::memory_order_relaxed);
    if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == count_) {
      arrived_.store(0, std::memory_order_relaxed);
      phase_.store(phase + 1, std::memory_order_release);
      phase_.notify_all();
      return;
    }
    if (waited == nullptr) return wait_while(phase);
    auto const wall_arrived = std::chrono::steady_clock::now();
    wait_while(phase);
    *waited += std::chrono::steady_clock::now() - wall_arrived;
  }

 private:
  void wait_while(std::uint32_t phase) {
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

  static constexpr std::uint32_t yields_max = 100;

  std::uint32_t const count_, spins_max_;  // no spinning where another worker may wait for the core
  alignas(64) std::atomic<std::uint32_t> arrived_{0};
  alignas(64) std::atomic<std::uint32_t> phase_{0};
};

}  // namespace sim
