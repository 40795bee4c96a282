// Rows of events that workers have committed, put into event order before anybody sees them.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include "sim/exec/rows.hpp"

namespace sim {

/// What one worker has committed: rows and, in worlds that trace causes, events.
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
  /// The record of a call's event, in worlds that trace causes.
  EventHeader const& event(Call const& call) const { return *reinterpret_cast<EventHeader const*>(events_.data() + call.event); }
  std::span<std::byte const> rows(Call const& call) const { return {rows_.data() + call.rows, call.rows_size}; }
  std::size_t bytes() const { return calls_.size() * sizeof(Call) + events_.size() + rows_.size(); }

  /// Copies what there is to tell of an event, if anything.
  void add(RecordLayout const& layout, EventHeader const& event, std::span<std::byte const> rows) {
    if (rows.empty() && !layout.has_cause) return;
    append({event.key, event.to, event_cause(layout, event).parent}, layout, &event, rows);
  }
  /// Copies a call of another log.
  void add(RecordLayout const& layout, CommittedRows const& from, Call const& call) {
    append(call, layout, layout.has_cause ? &from.event(call) : nullptr, from.rows(call));
  }

  void hand_on(Call const& call, WorldTable const& table, RowSink& sink) const {
    if (table.layout.has_cause) sink.event(event(call), event_cause(table.layout, event(call)));
    if (call.rows_size != 0) deliver_rows(rows(call), table, call.lp, call.key, call.parent, sink);
  }

 private:
  void append(Call call, RecordLayout const& layout, EventHeader const* event, std::span<std::byte const> rows) {
    call.event = events_.size();
    call.rows = rows_.size();
    call.rows_size = rows.size();
    calls_.push_back(call);
    if (layout.has_cause) std::memcpy(events_.append(layout.stride), event, layout.stride);
    if (!rows.empty()) std::memcpy(rows_.append(rows.size()), rows.data(), rows.size());
  }

  std::vector<Call> calls_;
  ByteBuffer events_, rows_;
};

/// Hands the calls of several logs on in event order.
class RowMerge {
 public:
  void reset() {
    order_.clear();
    for (CommittedRows& some : held_) some.reset();
  }

  /// Takes part in the next `deliver`, until which it stays as it is.
  void collect(CommittedRows const& rows) {
    for (CommittedRows::Call const& call : rows.calls()) order_.push_back({&call, &rows});
  }
  bool is_empty() const { return order_.empty() && held_[0].calls().empty(); }

  /// Hands on what lies before `end`, before which nothing more will come; keeps a copy of the rest for the next time.
  void deliver(Time end, WorldTable const& table, RowSink& sink) {
    collect(held_[0]);
    std::sort(order_.begin(), order_.end(), [](One const& a, One const& b) { return a.call->key < b.call->key; });
    held_[1].reset();
    for (One const& one : order_) {
      if (one.call->key.time < end) one.rows->hand_on(*one.call, table, sink);
      else held_[1].add(table.layout, *one.rows, *one.call);
    }
    std::swap(held_[0], held_[1]);
    order_.clear();
  }

 private:
  struct One {
    CommittedRows::Call const* call;
    CommittedRows const* rows;
  };
  std::vector<One> order_;
  std::array<CommittedRows, 2> held_;
};

}  // namespace sim
