// The random numbers of yardsticks: what an hour of plain C++ would take.
#pragma once

#include <cstdint>

#include "sim/rng/stream.hpp"
#include "sim/rng/stream_id.hpp"

namespace yardstick {

/// splitmix64 (G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014).
struct Splitmix {
  std::uint64_t state;
  std::uint64_t bits() { return sim::mix64(state += 0x9e37'79b9'7f4a'7c15); }
  /// On (0, 1).
  double uniform() { return sim::RngStream::to_uniform(bits()); }
};

/// For std::priority_queue: the earlier event first, then the one scheduled before. `Event` has time and order.
template <class Event>
struct Later {
  bool operator()(Event const& a, Event const& b) const {
    return a.time != b.time ? a.time > b.time : a.order > b.order;
  }
};

}  // namespace yardstick
