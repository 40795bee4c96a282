// A contiguous range of logical processes and their pending events: what one worker of the conservative executor runs.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/exec/conservative/window_batch.hpp"
#include "sim/exec/conservative/window_calendar.hpp"
#include "sim/exec/pending_entry.hpp"
#include "sim/kernel/executor.hpp"
#include "sim/kernel/handler_output.hpp"

namespace sim {

/// Rows (and, in worlds that trace causes, events) of one window, to be put into event order before anybody sees them.
struct WindowLog {
  struct Call {
    EventKey key;
    LpId lp{};
    std::uint64_t parent = 0;
    std::size_t event = 0;  // offset of the record in `events`, if the world traces causes
    std::size_t rows = 0, rows_size = 0;  // range in `rows`
  };
  std::vector<Call> calls;
  ByteBuffer events, rows;

  void clear() {
    calls.clear();
    events.clear();
    rows.clear();
  }
};

/// At any time one worker owns it; workers meet at a barrier between windows. Within a window others may take chunks of
/// its batch over.
class Partition {
 public:
  /// LPs [first, last) of `world`, one of the `partitions` of equal size; windows count from `origin`.
  void reset(World const& world, Time origin, std::uint32_t first, std::uint32_t last, std::uint32_t partitions,
             EventKey last_key);
  /// At most so many events from now on: `run` gives up within the window that has more.
  void limit(std::uint64_t events) { events_max_ = events; }

  /// Adds a pending event of one of the partition's LPs.
  void insert(std::byte const* record) { calendar_.insert(record); }

  /// No event of the partition is in an earlier window; WindowCalendar::none if there is none.
  std::uint64_t earliest() const { return calendar_.earliest(); }
  /// Events that `run` would begin with, were `window` next; an estimate.
  std::size_t load(std::uint64_t window) const { return calendar_.is_near(window) ? calendar_.count(window) : 1; }
  Time start_of(std::uint64_t window) const { return calendar_.start_of(window); }

  /// Runs the partition's events in `window`, the earliest of all partitions, that lie before `end`; what it sends to
  /// other partitions and its rows go to the boxes and the log of `parity`. False if a handler threw, an event was in its
  /// receiver's past, or there are more events than the limit: the states are then those of no history.
  bool run(std::uint64_t window, Time end, unsigned parity);
  /// Gives back the records of the last window, once all workers have met after it; `run` does it otherwise.
  void release_window() { calendar_.release(taken_); }
  /// Runs what nobody has begun of `other`'s events in the window that both run; what comes of it goes to this partition's
  /// boxes and log. To be called after `run`, by the worker that owns this partition, before the workers meet.
  bool take_over(Partition& other);

  /// Records sent to partition `to`; between two windows its owner empties them.
  ByteBuffer& outbox(unsigned parity, std::uint32_t to) { return outboxes_[parity][to]; }
  /// First window of anything that the last `run` put into outboxes; WindowCalendar::none if nothing.
  std::uint64_t earliest_sent() const { return earliest_sent_; }
  void forget_sent() { earliest_sent_ = WindowCalendar::none; }
  WindowLog& window_log(unsigned parity) { return logs_[parity]; }

  RunStatistics const& statistics() const { return statistics_; }
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
  void keep_output(EventHeader const& event);
  void push_late(std::byte const* record);
  std::byte* pop_late();

  World const* world_ = nullptr;
  std::uint32_t first_ = 0, last_lp_ = 0, share_ = 1;
  WindowCalendar calendar_;
  WindowBatch batch_;
  RecordChain taken_;                     // records of the window at hand, kept until all workers have met
  std::atomic<std::uint64_t> claims_{0};  // chunks of the batch times 2^32 plus those that have been begun
  std::uint64_t window_ = 0;
  Time window_end_;
  std::vector<PendingEntry> late_;        // heap of events to the LP at hand in the window at hand
  std::vector<std::byte*> late_free_;
  RecordChain late_records_;
  RecordChunks<32> late_chunks_;
  HandlerOutput output_;
  RunStatistics statistics_;
  std::uint64_t events_max_ = 0;
  EventKey last_;
  unsigned parity_ = 0;
  std::array<std::vector<ByteBuffer>, 2> outboxes_;  // [partitions]
  std::uint64_t earliest_sent_ = WindowCalendar::none;
  std::array<WindowLog, 2> logs_;
};

}  // namespace sim
