// Rolling back: what a straggler or an anti-message undoes, and how that spreads.
#include <algorithm>
#include <cstring>

#include "sim/exec/optimistic/time_warp_partition.hpp"

namespace sim {

Time TimeWarpPartition::last_before(Processed& processed) {
  Time last;
  std::memcpy(&last, processed.state_bytes() + (offsetof(LpBlock, last) - lp_constant_bytes), sizeof last);
  return last;
}

/// Undoes the live events of `lp`, newest first, as long as `keep(processed)` is false; the event of instance `dropped`
/// never was, the others are pending again.
template <class Keep>
void TimeWarpPartition::undo_back_to(std::uint32_t lp, std::uint64_t dropped, Keep keep) {
  LpBlock& its_block = block(lp);
  Processed* oldest = nullptr;
  Processed* at = head(lp);
  for (Time last = its_block.last; last >= floor_ && at != nullptr && !keep(*at);) {
    undo(*at, dropped);
    oldest = at;
    last = last_before(*at);
    at = at->previous;
  }
  if (oldest == nullptr) return;
  std::memcpy(its_block.at(lp_constant_bytes), oldest->state_bytes(), oldest->state);
  head(lp) = at;
  ++execution_.rollbacks;
}

void TimeWarpPartition::undo(Processed& processed, std::uint64_t dropped) {
  if (dropped == 0 || instance_of(processed.record_bytes()) != dropped) pending_.insert(processed.record_bytes());
  SentNote const* const notes = processed.notes();
  for (std::uint32_t i = 0; i < processed.sent; ++i) {
    to_cancel_.push_back({notes[i].time, notes[i].to, processed.first_sent + i});
  }
  log_.kill(processed);
  ++execution_.rolled_back;
}

/// What the receiver of a new pending event has done after it never was.
void TimeWarpPartition::undo_stragglers(EventHeader const& event) {
  EventKey const key = event.key;
  auto const lp = static_cast<std::uint32_t>(event.to);
  if (block(lp).last < key.time) return;
  undo_back_to(lp, 0, [&](Processed& processed) { return processed.event().key < key; });
  cancel_all();
}

/// Cancels one event after the other until none of those undone has a trace left. Aggressive: send numbers count, so
/// after a rollback what is sent again has other numbers or other receivers, and nothing could be kept by waiting.
void TimeWarpPartition::cancel_all() {
  while (!to_cancel_.empty()) {
    Cancel const event = to_cancel_.back();
    to_cancel_.pop_back();
    if (range_.holds(static_cast<std::uint32_t>(event.to))) cancel(event);
    else send_anti(event);
  }
}

/// The event is pending or has been processed and not committed: its sender was neither.
void TimeWarpPartition::cancel(Cancel const& event) {
  auto const lp = static_cast<std::uint32_t>(event.to);
  Processed* at = head(lp);
  Time last = block(lp).last;
  while (last >= event.time && last >= floor_ && at != nullptr) {
    if (instance_of(at->record_bytes()) == event.instance) {
      Processed const* const found = at;
      bool done = false;
      undo_back_to(lp, event.instance, [&](Processed& processed) {
        bool const keep = done;
        done = &processed == found;
        return keep;
      });
      return;
    }
    last = last_before(*at);
    at = at->previous;
  }
  cancelled_.insert(event.instance);
}

void TimeWarpPartition::send_anti(Cancel const& event) {
  auto const to = static_cast<std::uint32_t>(event.to);
  std::byte* const place = outboxes_[parity_][to / range_.share].append(record_bytes_);
  std::memset(place, 0, record_bytes_);
  EventHeader const header{.key = {event.time, 0}, .to = event.to};
  std::memcpy(place, &header, sizeof header);
  put_instance(place, event.instance | anti);
  earliest_sent_ = std::min(earliest_sent_, event.time);
  ++execution_.anti_messages;
}

void TimeWarpPartition::undo_all(unsigned parity) {
  parity_ = parity;
  log_.walk([&](Processed& processed) {
    undo_back_to(static_cast<std::uint32_t>(processed.event().to), 0, [](Processed&) { return false; });
    cancel_all();
  });
  log_.collect(floor_, [](Processed&) {});
}

}  // namespace sim
