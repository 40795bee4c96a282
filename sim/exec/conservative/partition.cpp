#include "sim/exec/conservative/partition.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "sim/base/prefetch.hpp"
#include "sim/kernel/dispatch.hpp"

namespace sim {

namespace {

/// How many events ahead an LP and its record are asked for, and the parameters that the LP's block leads to.
constexpr std::size_t prefetch_lp = 8, prefetch_agent = 4;

/// For a heap with the least entry in front.
bool after(PendingEntry const& a, PendingEntry const& b) { return b.before(a); }

/// Places in a batch have 32 bits for the ticks within a window.
constexpr Duration width_max{std::int64_t{1} << 32};

}  // namespace

void Partition::reset(World const& world, Time origin, LpRanges const& ranges, unsigned me, EventKey last_key) {
  world_ = &world;
  WorldTable const& table = world.table();
  ranges_ = &ranges;
  first_ = ranges.first(me);
  last_lp_ = ranges.last(me);
  calendar_.reset(table.layout.stride, origin, std::min(table.lookahead, width_max));
  batch_.reset(std::max<std::uint32_t>(1, last_lp_ - first_));
  taken_ = {};
  claims_.store(0, std::memory_order_relaxed);
  late_.clear();
  late_free_.clear();
  late_records_ = {};
  late_chunks_.reset(table.layout.stride);
  statistics_ = {};
  events_max_ = std::numeric_limits<std::uint64_t>::max();
  last_ = last_key;
  ran_ = counted_ = WindowCalendar::none;
  windows_ = 0;
  end_ = origin;
}

void Partition::run_until(Time end) {
  end_ = end;
  ran_ = WindowCalendar::none;
}

bool Partition::run(std::uint64_t window, Outboxes& outboxes, CommittedRows& rows) {
  outboxes_ = &outboxes;
  rows_ = &rows;
  release_window();
  calendar_.advance(window);
  ran_ = window_ = window;
  windows_ += std::exchange(counted_, window) != window;
  window_end_ = std::min(calendar_.end_of(window), end_);
  prepare();
  return run_chunks(*this);
}

bool Partition::take_over(Partition& other) { return run_chunks(other); }

/// Takes the window's events out of the calendar and offers them in chunks.
void Partition::prepare() {
  taken_ = calendar_.take();
  if (taken_.count == 0) return;
  std::int64_t const start = calendar_.start_of(window_).ticks;
  batch_.clear();
  calendar_.chunks().walk(taken_, [&](std::byte* record) {
    auto const& event = *reinterpret_cast<EventHeader const*>(record);
    if (event.key.time >= window_end_) return calendar_.insert(record);
    auto const ticks = static_cast<std::uint64_t>(event.key.time.ticks) - static_cast<std::uint64_t>(start);
    batch_.add((std::uint64_t{static_cast<std::uint32_t>(event.to)} - first_) << 32 | ticks, record);
  });
  batch_.divide();
  claims_.store(std::uint64_t{batch_.chunks()} << 32, std::memory_order_release);
}

bool Partition::run_chunks(Partition& owner) {
  while (true) {
    // What is left of the window before has been begun altogether, so nothing is claimed of it.
    std::uint64_t const claim = owner.claims_.fetch_add(1, std::memory_order_acq_rel);
    auto const chunk = static_cast<std::uint32_t>(claim);
    if (chunk >= claim >> 32) return true;
    if (!run_chunk(owner.batch_.sorted_chunk(chunk), owner.first_)) return false;
  }
}

/// The events of some neighbouring LPs, of which `first_lp` is counted as 0.
bool Partition::run_chunk(std::span<BatchEntry const> events, std::uint32_t first_lp) {
  for (std::size_t at = 0; at < events.size();) {
    std::size_t next = at + 1;
    while (next < events.size() && events[next].lp() == events[at].lp()) ++next;
    prefetch_after(events, at, next, first_lp);
    if (!run_lp(events.subspan(at, next - at))) return false;
    at = next;
  }
  return true;
}

/// Asks the cache for what the events after [at, next) will need.
void Partition::prefetch_after(std::span<BatchEntry const> events, std::size_t at, std::size_t next,
                               std::uint32_t first_lp) const {
  WorldTable const& table = world_->table();
  for (std::size_t i = at + prefetch_lp; i < std::min(next + prefetch_lp, events.size()); ++i) {
    prefetch(events[i].record);
    prefetch(&table.block(first_lp + events[i].lp()));
  }
  if (at + prefetch_agent < events.size()) prefetch(table.block(first_lp + events[at + prefetch_agent].lp()).agent);
}

/// The events of one LP, merged with those that it sends to itself within the window.
bool Partition::run_lp(std::span<BatchEntry const> events) {
  for (BatchEntry const& entry : events) {
    while (!late_.empty()) {
      PendingEntry const own{entry.event().key.time.ticks, entry.record};
      if (!late_.front().before(own)) break;
      if (!run_event(*reinterpret_cast<EventHeader const*>(pop_late()))) return false;
    }
    if (!run_event(entry.event())) return false;
  }
  while (!late_.empty()) {
    if (!run_event(*reinterpret_cast<EventHeader const*>(pop_late()))) return false;
  }
  return true;
}

bool Partition::run_event(EventHeader const& event) {
  WorldTable const& table = world_->table();
  EventKey const key = event.key;
  LpId const lp = event.to;  // the record of a late event is free to be written once the handler has returned
  Time const before = table.block(static_cast<std::uint32_t>(event.to)).last;
  if (key.time < before || statistics_.events > events_max_) [[unlikely]] return false;
  statistics_.ties += key.time == before;
  output_.clear();
  try {
    run_handler(table, event, output_);
  } catch (std::bad_alloc const&) {
    throw;
  } catch (...) {
    return false;
  }
  ++statistics_.events;
  if (last_ < key) last_ = key;
  if (output_.rows.size() != 0 || table.layout.has_cause) [[unlikely]] {
    rows_->add(table.layout, event, {output_.rows.data(), output_.rows.size()});
  }
  std::size_t const stride = table.layout.stride;
  for (std::size_t at = 0; at < output_.events.size(); at += stride) {
    std::byte const* const record = output_.events.data() + at;
    auto const& sent = *reinterpret_cast<EventHeader const*>(record);
    Duration const delay = sent.key.time - key.time;
    if (sent.to == lp) {
      if (sent.key.time < window_end_) push_late(record);
      else route(record);
      continue;
    }
    if (delay < statistics_.shortest_delay) statistics_.shortest_delay = delay;
    route(record);
  }
  return true;
}

void Partition::route(std::byte const* record) {
  auto const& event = *reinterpret_cast<EventHeader const*>(record);
  auto const to = static_cast<std::uint32_t>(event.to);
  if (to >= first_ && to < last_lp_) [[likely]] return calendar_.insert(record);
  std::size_t const stride = world_->table().layout.stride;
  Outbox& box = outboxes_->to[ranges_->owner(to)];
  copy_record(box.records.append(stride), record, stride);
  box.earliest = std::min(box.earliest, calendar_.window_of(event.key.time));
}

void Partition::push_late(std::byte const* record) {
  if (late_free_.empty()) late_free_.push_back(late_chunks_.append(late_records_));
  std::byte* const place = late_free_.back();
  late_free_.pop_back();
  copy_record(place, record, late_chunks_.stride());
  late_.push_back({reinterpret_cast<EventHeader const*>(record)->key.time.ticks, place});
  std::push_heap(late_.begin(), late_.end(), after);
}

/// The least of the late events; its record stays readable until the next push.
std::byte* Partition::pop_late() {
  std::byte* const record = late_.front().record;
  std::pop_heap(late_.begin(), late_.end(), after);
  late_.pop_back();
  late_free_.push_back(record);
  return record;
}

}  // namespace sim
