#include "sim/exec/optimistic/time_warp_partition.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#include "sim/exec/failures.hpp"
#include "sim/kernel/dispatch.hpp"

namespace sim {

void TimeWarpPartition::reset(World const& world, PartitionRange range, EventKey last) {
  world_ = &world;
  table_ = &world.table();
  range_ = range;
  stride_ = table_->layout.stride;
  record_bytes_ = stride_ + sizeof(std::uint64_t);
  pending_.reset(record_bytes_);
  cancelled_.clear();
  log_.reset();
  heads_.assign(range.last - range.first, nullptr);
  floor_ = processed_to_ = last.time;
  next_instance_ = (std::uint64_t{range.index} + 1) << 44;
  to_cancel_.clear();
  scratch_.resize(record_bytes_);
  for (auto& boxes : outboxes_) {
    boxes.resize(range.count);
    for (ByteBuffer& box : boxes) box.clear();
  }
  for (CommittedRows& rows : rows_) rows.reset();
  earliest_sent_ = stuck_ = end_of_time;
  statistics_ = {};
  execution_ = {};
  last_ = last;
}

void TimeWarpPartition::receive(ByteBuffer& box, unsigned parity) {
  parity_ = parity;
  for (std::size_t at = 0; at < box.size(); at += record_bytes_) {
    std::byte const* const record = box.data() + at;
    auto const& event = *reinterpret_cast<EventHeader const*>(record);
    std::uint64_t const instance = instance_of(record);
    if ((instance & anti) != 0) {
      to_cancel_.push_back({event.key.time, event.to, instance & ~anti});
      cancel_all();
    } else {
      insert_instance(record);
    }
  }
  box.clear();
}

void TimeWarpPartition::commit(Time gvt, unsigned parity) {
  floor_ = gvt;
  log_.collect(gvt, [&](Processed& processed) {
    EventHeader const& event = processed.event();
    ++statistics_.events;
    statistics_.ties += processed.tied;
    last_ = std::max(last_, event.key);
    SentNote const* const notes = processed.notes();
    for (std::uint32_t i = 0; i < processed.sent; ++i) count(event, notes[i].time, notes[i].to);
    rows_[parity].add(table_->layout, event, {processed.row_bytes(), processed.rows});
  });
}

void TimeWarpPartition::count(EventHeader const& event, Time sent, LpId to) {
  if (to != event.to) statistics_.shortest_delay = std::min(statistics_.shortest_delay, sent - event.key.time);
}

void TimeWarpPartition::speculate(Time gvt, Time horizon, std::size_t memory_max, unsigned parity) {
  parity_ = parity;
  stuck_ = end_of_time;
  while (EventHeader const* const event = front()) {
    Time const time = event->key.time;
    if (time >= horizon || (log_.bytes() >= memory_max && time > gvt)) return;
    prefetch();
    if (!process(*event)) {
      stuck_ = time;
      return;
    }
  }
}

/// False if the handler threw or the event is before one that its receiver has processed: nothing has happened then.
bool TimeWarpPartition::process(EventHeader const& event) {
  auto const lp = static_cast<std::uint32_t>(event.to);
  LpBlock& its_block = block(lp);
  if (event.key.time < its_block.last) [[unlikely]] return false;
  std::uint32_t const state = state_bytes(lp);
  Processed* processed = &log_.open(static_cast<std::uint32_t>(record_bytes_), state);
  copy_record(processed->record_bytes(), reinterpret_cast<std::byte const*>(&event), record_bytes_);
  copy_record(processed->state_bytes(), its_block.at(lp_constant_bytes), state);
  processed->tied = event.key.time == its_block.last;
  output_.clear();
  try {
    ++execution_.handled;
    run_handler(*table_, processed->event(), output_);
  } catch (std::bad_alloc const&) {
    throw;
  } catch (...) {
    std::memcpy(its_block.at(lp_constant_bytes), processed->state_bytes(), state);
    ++execution_.rolled_back;
    return false;
  }
  pending_.pop();
  auto const sent = static_cast<std::uint32_t>(output_.events.size() / stride_);
  auto const rows = static_cast<std::uint32_t>(output_.rows.size());
  processed = &log_.close(*processed, sent, rows);
  processed->first_sent = next_instance_;
  next_instance_ += sent;
  if (rows != 0) std::memcpy(processed->row_bytes(), output_.rows.data(), rows);
  processed->previous = head(lp);
  head(lp) = processed;
  EventHeader const& kept = processed->event();
  processed_to_ = std::max(processed_to_, kept.key.time);
  SentNote* const notes = processed->notes();
  for (std::uint32_t i = 0; i < sent; ++i) {
    auto const& header = *reinterpret_cast<EventHeader const*>(output_.events.data() + i * stride_);
    ::new (static_cast<void*>(notes + i)) SentNote{header.key.time, header.to};
  }
  for (std::uint32_t i = 0; i < sent; ++i) {
    send(kept, output_.events.data() + i * stride_, processed->first_sent + i);
  }
  return true;
}

void TimeWarpPartition::send(EventHeader const& from, std::byte const* record, std::uint64_t instance) {
  auto const& event = *reinterpret_cast<EventHeader const*>(record);
  auto const to = static_cast<std::uint32_t>(event.to);
  if (event.to == from.to || range_.holds(to)) return insert(record, instance);
  std::byte* const place = outboxes_[parity_][to / range_.share].append(record_bytes_);
  copy_record(place, record, stride_);
  put_instance(place, instance);
  earliest_sent_ = std::min(earliest_sent_, event.key.time);
}

void TimeWarpPartition::insert(std::byte const* record, std::uint64_t instance) {
  copy_record(scratch_.data(), record, stride_);
  put_instance(scratch_.data(), instance);
  insert_instance(scratch_.data());
}

void TimeWarpPartition::insert_instance(std::byte const* record) {
  auto const& event = *reinterpret_cast<EventHeader const*>(record);
  pending_.insert(record);
  if (event.key.time <= processed_to_ && log_.live() != 0) [[unlikely]] undo_stragglers(event);
}

void TimeWarpPartition::put_instance(std::byte* record, std::uint64_t instance) const {
  std::memcpy(record + stride_, &instance, sizeof instance);
}

std::uint64_t TimeWarpPartition::instance_of(std::byte const* record) const {
  std::uint64_t instance;
  std::memcpy(&instance, record + stride_, sizeof instance);
  return instance;
}

EventHeader const* TimeWarpPartition::front() {
  EventHeader const* event = pending_.front();
  while (!cancelled_.empty() && event != nullptr &&
         cancelled_.erase(instance_of(reinterpret_cast<std::byte const*>(event)))) {
    pending_.pop();
    event = pending_.front();
  }
  return event;
}

Time TimeWarpPartition::earliest() {
  EventHeader const* const event = front();
  Time const sent = std::exchange(earliest_sent_, end_of_time);
  return event == nullptr ? sent : std::min(sent, event->key.time);
}

ByteBuffer const& TimeWarpPartition::run_front(RowSink& rows) {
  EventHeader const& event = *front();
  EventKey const key = event.key;
  LpId const lp = event.to;
  if (!(last_ < key)) [[unlikely]] {
    throw ReplicationFailure("event is not after the one before it (two events have the same key, or one is in the "
                             "past)", world_->name(lp), world_->type(lp).events[event.kind].name, key.time);
  }
  statistics_.ties += block(static_cast<std::uint32_t>(lp)).last == key.time;
  prefetch();
  output_.clear();
  try {
    run_handler(*table_, event, output_);
  } catch (...) {
    rethrow_handler_failure(*world_, event);
  }
  EventCause const cause = event_cause(table_->layout, event);
  if (table_->layout.has_cause) [[unlikely]] rows.event(event, cause);
  pending_.pop();
  if (output_.rows.size() != 0) [[unlikely]] {
    deliver_rows({output_.rows.data(), output_.rows.size()}, *table_, lp, key, cause.parent, rows);
  }
  ++statistics_.events;
  ++execution_.handled;
  last_ = key;
  for (std::size_t at = 0; at < output_.events.size(); at += stride_) {
    auto const& sent = *reinterpret_cast<EventHeader const*>(output_.events.data() + at);
    if (sent.to != lp) statistics_.shortest_delay = std::min(statistics_.shortest_delay, sent.key.time - key.time);
  }
  return output_.events;
}

/// Asks the cache for the LPs of a bucket that has just been opened, and for the parameters of an agent soon to run.
void TimeWarpPartition::prefetch() {
  auto const ahead = pending_.ahead();
  auto const receiver = [&](PendingEntry const& entry) { return static_cast<std::uint32_t>(entry.event().to); };
  if (pending_.opened() != prefetched_) [[unlikely]] {
    prefetched_ = pending_.opened();
    for (PendingEntry const& entry : ahead) {
      __builtin_prefetch(&block(receiver(entry)), 1);
      __builtin_prefetch(&head(receiver(entry)), 1);
    }
  }
  if (ahead.size() > 2) __builtin_prefetch(block(receiver(ahead[2])).agent);
}

void TimeWarpPartition::pending(std::vector<PendingEntry>& entries) const {
  for (PendingEntry const& entry : pending_.sorted()) {
    if (!cancelled_.contains(instance_of(entry.record))) entries.push_back(entry);
  }
}

}  // namespace sim
