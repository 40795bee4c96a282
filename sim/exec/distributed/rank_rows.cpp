#include "sim/exec/distributed/rank_rows.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "sim/exec/rows.hpp"

namespace sim {

namespace {

/// A call of a handler on its way: this, its event's record if the world traces causes, its rows.
struct Parcel {
  EventKey key;
  std::uint64_t parent = 0;
  std::uint64_t rows_size = 0;  // [bytes], a multiple of 8
  LpId lp{};
  std::uint32_t spare = 0;
};

void append(ByteBuffer& to, void const* bytes, std::size_t size) {
  if (size != 0) std::memcpy(to.append(size), bytes, size);
}

/// Takes what lies before `end` out of a log.
ByteBuffer packed(CommittedRows& log, Time end, RecordLayout const& layout) {
  ByteBuffer bytes;
  CommittedRows rest;
  for (CommittedRows::Call const& call : log.calls()) {
    if (call.key.time >= end) {
      rest.add(layout, log, call);
      continue;
    }
    Parcel const parcel{call.key, call.parent, call.rows_size, call.lp};
    append(bytes, &parcel, sizeof parcel);
    if (layout.has_cause) append(bytes, &log.event(call), layout.stride);
    append(bytes, log.rows(call).data(), call.rows_size);
  }
  log = std::move(rest);
  return bytes;
}

}  // namespace

void deliver_all(CommittedRows& own, Time end, WorldTable const& table, Ranks& ranks, RowSink& sink) {
  RecordLayout const& layout = table.layout;
  ByteBuffer const mine = packed(own, end, layout);
  std::size_t const event_size = layout.has_cause ? layout.stride : 0;
  auto const logs = ranks.gather({mine.data(), mine.size()});
  std::vector<Parcel const*> order;
  for (ByteBuffer const& log : logs) {
    for (std::size_t at = 0; at < log.size();) {
      order.push_back(reinterpret_cast<Parcel const*>(log.data() + at));
      at += sizeof(Parcel) + event_size + order.back()->rows_size;
    }
  }
  std::sort(order.begin(), order.end(), [](Parcel const* a, Parcel const* b) { return a->key < b->key; });
  for (Parcel const* const parcel : order) {
    auto const* const after = reinterpret_cast<std::byte const*>(parcel + 1);
    if (layout.has_cause) {
      auto const& event = *reinterpret_cast<EventHeader const*>(after);
      sink.event(event, event_cause(layout, event));
    }
    std::span<std::byte const> const rows(after + event_size, parcel->rows_size);
    if (!rows.empty()) deliver_rows(rows, table, parcel->lp, parcel->key, parcel->parent, sink);
  }
}

}  // namespace sim
