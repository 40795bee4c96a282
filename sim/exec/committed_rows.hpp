// Rows of events that have committed between two meetings, put into event order before anybody sees them.
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

#include "sim/exec/rows.hpp"

namespace sim {

/// What one worker has committed since the last meeting: rows and, in worlds that trace causes, events.
class CommittedRows {
 public:
  struct Call {
    EventKey key;
    LpId lp{};
    std::uint64_t parent = 0;
    std::size_t event = 0;                // offset in `events`, if the world traces causes
    std::size_t rows = 0, rows_size = 0;  // range in `rows`
  };

  void reset() {
    calls_.clear();
    events_.clear();
    rows_.clear();
  }
  std::vector<Call> const& calls() const { return calls_; }

  /// Copies what there is to tell of an event, if anything.
  void add(RecordLayout const& layout, EventHeader const& event, std::span<std::byte const> rows) {
    if (rows.empty() && !layout.has_cause) return;
    calls_.push_back({event.key, event.to, event_cause(layout, event).parent, events_.size(), rows_.size(), rows.size()});
    if (layout.has_cause) std::memcpy(events_.append(layout.stride), &event, layout.stride);
    if (!rows.empty()) std::memcpy(rows_.append(rows.size()), rows.data(), rows.size());
  }

  void hand_on(Call const& call, WorldTable const& table, RowSink& sink) const {
    if (table.layout.has_cause) {
      auto const& event = *reinterpret_cast<EventHeader const*>(events_.data() + call.event);
      sink.event(event, event_cause(table.layout, event));
    }
    if (call.rows_size != 0) {
      deliver_rows({rows_.data() + call.rows, call.rows_size}, table, call.lp, call.key, call.parent, sink);
    }
  }

 private:
  std::vector<Call> calls_;
  ByteBuffer events_, rows_;
};

}  // namespace sim
