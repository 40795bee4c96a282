// Events on their way from one worker to the others.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/exec/conservative/window_calendar.hpp"
#include "sim/kernel/handler_output.hpp"

namespace sim {

/// Records for one worker.
struct alignas(64) Outbox {
  ByteBuffer records;
  std::uint64_t earliest = WindowCalendar::none;  // first window of any of them

  void clear() {
    records.clear();
    earliest = WindowCalendar::none;
  }
};

/// What one worker sends.
struct Outboxes {
  std::vector<Outbox> to;  // [workers]

  /// For so many workers, with nothing in it.
  void reset(unsigned workers) {
    to.resize(workers);
    for (Outbox& box : to) box.clear();
  }
  std::uint64_t earliest() const {
    std::uint64_t least = WindowCalendar::none;
    for (Outbox const& box : to) least = std::min(least, box.earliest);
    return least;
  }
};

}  // namespace sim
