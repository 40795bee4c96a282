// Rows that handlers record, and who receives them once their event has committed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/kernel/event.hpp"

namespace sim {

/// Where a row comes from.
struct RowKey {
  EventKey event;              // of the handler that recorded it; rows of init carry the start and the tie of send 0
  std::uint64_t parent = 0;    // tie of the event's parent; 0 if causes are not traced or there is none
  std::uint64_t incident = 0;  // 0 if causes are not traced or there is none
  LpId lp{};
  std::uint16_t agent_type = 0;  // see World::agent_type_index
  std::uint16_t row_kind = 0;    // see row_kind
  std::uint32_t index = 0;       // counted from 0 within one handler call
};

/// Receives committed rows in event order, then in order of recording.
class RowSink {
 public:
  virtual ~RowSink() = default;
  /// A committed event, before its rows; told only in worlds that trace causes.
  virtual void event(EventHeader const&, EventCause const&) {}
  /// `bytes` is the row struct; valid during the call only.
  virtual void row(RowKey const& key, std::span<std::byte const> bytes) = 0;
  /// Asked after the rows of an event: true lets run_until end with the events of this very moment, after which the
  /// history may be kept (Executor::snapshot) or go on. Only executors that run one event after the other ask.
  virtual bool wants_pause() { return false; }
};

/// A sink for worlds whose rows nobody reads.
class NoRows final : public RowSink {
 public:
  void row(RowKey const&, std::span<std::byte const>) override {}
};

}  // namespace sim
