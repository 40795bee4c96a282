// Independent pieces of work on several threads; for this folder only.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace sim {

/// Calls work(i) for every i below `count`, on at most `jobs` threads (0: all cores), in no particular order. Rethrows
/// the first exception after all threads have stopped.
template <class Work>
void parallel_for(std::size_t count, unsigned jobs, Work const& work) {
  std::size_t const threads =
      std::min<std::size_t>(count, jobs == 0 ? std::max(1u, std::thread::hardware_concurrency()) : jobs);
  std::atomic<std::size_t> next{0};
  std::exception_ptr problem;
  std::mutex mutex;
  auto const loop = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) work(i);
    } catch (...) {
      std::scoped_lock const hold(mutex);
      if (!problem) problem = std::current_exception();
      next = count;
    }
  };
  {
    std::vector<std::jthread> helpers;
    for (std::size_t t = 1; t < threads; ++t) helpers.emplace_back(loop);
    loop();
  }
  if (problem) std::rethrow_exception(problem);
}

}  // namespace sim
