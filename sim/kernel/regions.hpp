// Groups of logical processes that are further from each other than the world's lookahead.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/time.hpp"

namespace sim {

/// Contiguous ranges of logical processes. What holds within one of them is the world's lookahead; between two of them
/// events take longer, which lets executors run far ahead of each other.
struct Regions {
  static constexpr std::size_t count_max = 1024;

  std::vector<std::uint32_t> first;  // [regions] LpId of each one's first logical process, ascending from 0
  std::vector<Duration> lookahead;   // [regions x regions] smallest delay from the row's region to the column's

  std::size_t count() const { return first.size(); }
  Duration between(std::size_t from, std::size_t to) const { return lookahead[from * count() + to]; }
  /// The least between two different ones, of which there must be two.
  Duration least_apart() const {
    Duration least = between(0, 1);
    for (std::size_t from = 0; from < count(); ++from) {
      for (std::size_t to = 0; to < count(); ++to) {
        if (from != to) least = std::min(least, between(from, to));
      }
    }
    return least;
  }
};

}  // namespace sim
