// The events still to come, least first: a ladder of buckets that are sorted when they are opened.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/exec/pending_entry.hpp"
#include "sim/exec/record_chunks.hpp"
#include "sim/kernel/event.hpp"

namespace sim {

/// Priority queue of event records, O(1) amortised per event, after the ladder queue (W. T. Tang, R. S. M. Goh,
/// I. L.-J. Thng, ACM TOMACS 15(3), 2005): far events wait unsorted above the ladder; a rung divides a span of time
/// into buckets; an overfull bucket becomes a finer rung; the earliest bucket is open, sorted by (time, tie). Events
/// that arrive in the open bucket's span go to a small heap beside it. Widths follow the events' density by themselves.
/// Nothing is allocated per event once the buffers have grown to the run's largest needs.
class PendingEventSet {
 public:
  /// Empties the set and sets the size of a record [bytes].
  void reset(std::size_t stride);

  /// Adds a copy of a record that begins with an EventHeader.
  void insert(std::byte const* record);

  /// The least event; null if there is none.
  EventHeader const* front() {
    if (open_at_ < open_.size()) [[likely]] {
      front_is_late_ = !late_.empty() && late_.front().before(open_[open_at_]);
    } else if (!late_.empty()) {
      front_is_late_ = true;
    } else {
      return open_next() ? front() : nullptr;
    }
    return reinterpret_cast<EventHeader const*>(front_is_late_ ? late_.front().record : open_[open_at_].record);
  }

  /// Removes the event that `front` has just returned; its record stays readable until the next insert or front.
  void pop() {
    --size_;
    if (!front_is_late_) [[likely]] {
      ++open_at_;
    } else {
      pop_late();
    }
  }

  std::size_t size() const { return size_; }

  /// All events, in order.
  std::vector<PendingEntry> sorted() const;

  /// Events of the open bucket not popped yet, in order; what comes next unless something is sent in between.
  std::span<PendingEntry const> ahead() const { return std::span(open_).subspan(open_at_); }
  /// Calls f(event) for the events of the bucket that will be opened next, in no order, unless a finer rung comes first.
  template <class F>
  void visit_next_bucket(F f) const {
    if (depth_ == 0) return;
    Rung const& rung = rungs_[depth_ - 1];
    std::uint32_t bucket = rung.next;
    while (bucket < rung.size && rung.buckets[bucket].count == 0) ++bucket;
    if (bucket == rung.size || rung.buckets[bucket].count > open_max) return;
    chunks_.walk(rung.buckets[bucket], [&](std::byte* record) { f(*reinterpret_cast<EventHeader const*>(record)); });
  }
  /// Number of buckets opened so far; changes when `ahead` has been filled anew.
  std::uint64_t opened() const { return opened_; }

 private:
  /// Buckets of equal width from `start`; the last one reaches to `end`, however far.
  struct Rung {
    std::int64_t start = 0, end = 0;
    int shift = 0;             // width of a bucket is 2^shift ticks
    std::uint32_t size = 0;    // buckets in use
    std::uint32_t next = 0;    // first bucket not opened yet
    std::vector<RecordChain> buckets;

    std::uint32_t index(std::int64_t time) const;
    std::int64_t bucket_start(std::uint32_t bucket) const;
    std::int64_t bucket_end(std::uint32_t bucket) const;
  };
  static constexpr std::uint32_t depth_max = 12;
  static constexpr std::uint32_t prefetched_buckets = 3;
  static constexpr std::uint32_t open_max = 64;  // a bucket with more events becomes a rung
  static constexpr std::uint32_t late_max = 64;  // a heap with more events becomes a rung, if their times differ

  bool open_next();
  void open(RecordChain bucket);
  void prefetch(Rung const& rung) const;
  void climb();
  bool split(RecordChain& bucket, std::int64_t end);
  void split_late();
  void insert_late(std::byte const* record);
  void pop_late();
  Rung& add_rung(std::int64_t least, std::int64_t greatest, std::int64_t end, std::size_t count, int shift_bias);
  void put(Rung& rung, std::byte const* record);
  void tune();

  static constexpr std::uint32_t records_per_chunk = 4;
  RecordChunks<records_per_chunk> chunks_;
  std::size_t size_ = 0;
  std::vector<PendingEntry> open_;  // sorted
  std::size_t open_at_ = 0;
  RecordChain open_records_;
  std::vector<PendingEntry> late_;  // heap, least in front
  std::vector<std::byte*> late_free_;
  std::size_t late_limit_ = late_max;
  bool front_is_late_ = false;
  std::int64_t open_end_ = 0;  // earlier events belong to the open bucket
  std::vector<Rung> rungs_;    // coarsest first; [depth_] in use
  std::uint32_t depth_ = 0;
  RecordChain above_;          // at or after the end of the coarsest rung
  std::int64_t above_least_ = 0, above_greatest_ = 0;
  std::uint64_t opened_ = 0;
  std::uint64_t tuned_opened_ = 0, tuned_events_ = 0;  // buckets and events of the coarsest rung since the last tuning
  int bias_ = 0;                                       // of the coarsest rung's shift, from the measured fill
};

}  // namespace sim
