// How far several workers are from each other, counted in windows: what lets them run ahead of each other.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/exec/conservative/lp_ranges.hpp"
#include "sim/kernel/world.hpp"

namespace sim {

/// What a worker does in window w reaches another one in window w + distance at the earliest, on whatever way through
/// others: the lookahead of each link, closed over paths (K. M. Chandy, J. Misra 1979; B. D. Lubachevsky 1989).
class Distances {
 public:
  /// Nothing is known: all are one window from each other.
  explicit Distances(unsigned workers) : workers_(workers), windows_(std::size_t{workers} * workers, 1) {}
  /// Of workers that run `ranges` of the world's logical processes in windows of `width`.
  Distances(World const& world, LpRanges const& ranges, Duration width);

  std::uint64_t between(unsigned from, unsigned to) const { return windows_[std::size_t{from} * workers_ + to]; }
  /// The least between two different ones; 1 if there is but one.
  std::uint64_t least() const { return least_; }

 private:
  unsigned workers_;
  std::vector<std::uint64_t> windows_;  // [workers x workers]; what a worker does to itself is left out
  std::uint64_t least_ = 1;
};

/// The sum, or `none` (all ones) if either is.
inline std::uint64_t windows_after(std::uint64_t window, std::uint64_t distance) {
  std::uint64_t const sum = window + distance;
  return sum < window ? ~std::uint64_t{0} : sum;
}

}  // namespace sim
