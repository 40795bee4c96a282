// The beginning of a history, the same on every executor: each logical process's init, in order of LpId.
#pragma once

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "sim/exec/failures.hpp"
#include "sim/exec/rows.hpp"
#include "sim/kernel/dispatch.hpp"
#include "sim/kernel/world.hpp"

namespace sim {

/// Calls `init(lp)`, which fills `output`, for every LP; hands what is sent to `insert(record)`, and the rows in event
/// order to `rows`. Throws ReplicationFailure if an init throws.
template <class Init, class Insert>
void run_inits(World const& world, Time start, RowSink& rows, HandlerOutput& output, Init init, Insert insert) {
  WorldTable const& table = world.table();
  struct Recorded {
    EventKey key;
    LpId lp{};
    ByteBuffer rows;
  };
  std::vector<Recorded> recorded;
  for (std::uint32_t index = 0; index < table.lp_count; ++index) {
    LpId const lp{index};
    output.clear();
    try {
      init(lp);
    } catch (...) {
      rethrow_init_failure(world, lp, start);
    }
    for (std::size_t at = 0; at < output.events.size(); at += table.layout.stride) insert(output.events.data() + at);
    if (output.rows.size() == 0) continue;
    recorded.push_back({init_key(table, lp, start), lp, std::exchange(output.rows, {})});
  }
  std::sort(recorded.begin(), recorded.end(), [](Recorded const& a, Recorded const& b) { return a.key < b.key; });
  for (Recorded const& one : recorded) deliver_rows({one.rows.data(), one.rows.size()}, table, one.lp, one.key, 0, rows);
}

/// Calls f(record) for each of the records, which lie `stride` bytes apart.
template <class F>
void for_each_record(std::span<std::byte const> records, std::size_t stride, F f) {
  for (std::size_t at = 0; at < records.size(); at += stride) f(records.data() + at);
}

/// Hands to `insert(record)` all that a started world begins with: interventions, and what the inits send.
template <class Insert>
void insert_beginning(World const& world, Time start, RowSink& rows, Insert insert) {
  WorldTable const& table = world.table();
  for_each_record(world.external_records(start), table.layout.stride, insert);
  HandlerOutput output;
  run_inits(world, start, rows, output, [&](LpId lp) { run_init(table, lp, start, output); }, insert);
}

/// The same for a resumed world: the pending events of `snapshot`, and the interventions still to come.
template <class Insert>
void insert_pending(World const& world, Snapshot const& snapshot, Insert insert) {
  for_each_record(snapshot.events, snapshot.stride, insert);
  for_each_record(world.external_records(snapshot.time), snapshot.stride, insert);
}

}  // namespace sim
