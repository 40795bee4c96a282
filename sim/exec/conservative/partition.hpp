// A contiguous range of logical processes and their pending events: what one worker of the conservative executor runs.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "sim/exec/committed_rows.hpp"
#include "sim/exec/conservative/lp_ranges.hpp"
#include "sim/exec/conservative/outboxes.hpp"
#include "sim/exec/conservative/window_batch.hpp"
#include "sim/exec/conservative/window_calendar.hpp"
#include "sim/exec/pending_entry.hpp"
#include "sim/kernel/executor.hpp"
#include "sim/kernel/handler_output.hpp"

namespace sim {

/// At any time one worker owns it; workers meet at a barrier after one or several windows. Within a window others may take
/// chunks of its batch over.
class Partition {
 public:
  /// LPs of `world` that are `me`'s in `ranges`, which must outlive the run; windows count from `origin`.
  void reset(World const& world, Time origin, LpRanges const& ranges, unsigned me, EventKey last_key);
  /// At most so many events from now on: `run` gives up within the window that has more.
  void limit(std::uint64_t events) { events_max_ = events; }
  /// What is at or after `end` stays pending.
  void run_until(Time end);

  /// Adds a pending event of one of the partition's LPs.
  void insert(std::byte const* record) { calendar_.insert(record); }

  /// No event that is due before the end is in an earlier window; WindowCalendar::none if there is none at all.
  std::uint64_t due() const {
    std::uint64_t const window = calendar_.earliest();
    if (window == ran_) return WindowCalendar::none;  // what is left of a window that has been run comes at or after the end
    return window == WindowCalendar::none || calendar_.start_of(window) >= end_ ? WindowCalendar::none : window;
  }
  /// Events in the windows [first, end), about.
  std::size_t load(std::uint64_t first, std::uint64_t end) const { return calendar_.count(first, end); }
  /// True if the partition has gone past `window`.
  bool is_past(std::uint64_t window) const { return calendar_.now() > window; }
  Time start_of(std::uint64_t window) const { return calendar_.start_of(window); }
  Duration window_width() const { return calendar_.width(); }

  /// Runs the partition's events in `window`, before which it has none; what it sends to other partitions goes to
  /// `outboxes`, its rows to `rows`. False if a handler threw, an event was in its receiver's past, or there are more events than the
  /// limit: the states are then those of no history.
  bool run(std::uint64_t window, Outboxes& outboxes, CommittedRows& rows);
  /// Gives back the records of the last window, once nobody else can be at work on them; `run` does it otherwise.
  void release_window() { calendar_.release(taken_); }
  /// Runs what nobody has begun of `other`'s events in the window that both run; what comes of it goes where this partition's
  /// last run went. To be called after `run`, by the worker that owns this partition, before the workers meet.
  bool take_over(Partition& other);

  RunStatistics const& statistics() const { return statistics_; }
  /// Windows run; one that the end has cut into pieces is one.
  std::uint64_t windows() const { return windows_; }
  EventKey last() const { return last_; }
  WindowCalendar const& calendar() const { return calendar_; }

 private:
  bool run_chunk(std::span<BatchEntry const> events, std::uint32_t first_lp);
  void prefetch_after(std::span<BatchEntry const> events, std::size_t at, std::size_t next, std::uint32_t first_lp) const;
  void prepare();
  bool run_chunks(Partition& owner);
  bool run_lp(std::span<BatchEntry const> events);
  bool run_event(EventHeader const& event);
  void route(std::byte const* record);
  void push_late(std::byte const* record);
  std::byte* pop_late();

  World const* world_ = nullptr;
  LpRanges const* ranges_ = nullptr;
  std::uint32_t first_ = 0, last_lp_ = 0;
  WindowCalendar calendar_;
  WindowBatch batch_;
  RecordChain taken_;                     // records of the window at hand, kept until nobody is at work on it
  std::atomic<std::uint64_t> claims_{0};  // chunks of the batch times 2^32 plus those that have been begun
  std::uint64_t window_ = 0;
  Time window_end_;
  std::vector<PendingEntry> late_;        // heap of events to the LP at hand in the window at hand
  std::vector<std::byte*> late_free_;
  RecordChain late_records_;
  RecordChunks<32> late_chunks_;
  HandlerOutput output_;                  // of one handler
  RunStatistics statistics_;
  std::uint64_t events_max_ = 0;
  EventKey last_;
  std::uint64_t ran_ = WindowCalendar::none;      // last window run up to end_
  std::uint64_t counted_ = WindowCalendar::none, windows_ = 0;
  Time end_;
  Outboxes* outboxes_ = nullptr;  // of the window at hand
  CommittedRows* rows_ = nullptr;
};

}  // namespace sim
