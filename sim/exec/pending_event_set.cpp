#include "sim/exec/pending_event_set.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace sim {

namespace {

constexpr std::uint64_t buckets_max = std::uint64_t{1} << 28;
constexpr std::int64_t last_time = std::numeric_limits<std::int64_t>::max();

/// b - a without overflow, for a <= b.
std::uint64_t span(std::int64_t a, std::int64_t b) {
  return static_cast<std::uint64_t>(b) - static_cast<std::uint64_t>(a);
}

/// For a heap with the least entry in front.
bool after(PendingEntry const& a, PendingEntry const& b) { return b.before(a); }

std::int64_t time_of(std::byte const* record) {
  return reinterpret_cast<EventHeader const*>(record)->key.time.ticks;
}

}  // namespace

std::uint32_t PendingEventSet::Rung::index(std::int64_t time) const {
  std::uint64_t const bucket = span(start, time) >> shift;
  return bucket < size ? static_cast<std::uint32_t>(bucket) : size - 1;
}

std::int64_t PendingEventSet::Rung::bucket_start(std::uint32_t bucket) const {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(start) + (std::uint64_t{bucket} << shift));
}

std::int64_t PendingEventSet::Rung::bucket_end(std::uint32_t bucket) const {
  return bucket + 1 == size ? end : bucket_start(bucket + 1);
}

void PendingEventSet::reset(std::size_t stride) {
  chunks_.reset(stride);
  size_ = open_at_ = 0;
  open_.clear();
  late_.clear();
  late_free_.clear();
  open_records_ = above_ = {};
  front_is_late_ = false;
  open_end_ = std::numeric_limits<std::int64_t>::min();
  for (Rung& rung : rungs_) std::fill(rung.buckets.begin(), rung.buckets.end(), RecordChain{});
  rungs_.resize(depth_max);
  depth_ = 0;
  opened_ = tuned_opened_ = tuned_events_ = 0;
  bias_ = 0;
  late_limit_ = late_max;
}

void PendingEventSet::put(Rung& rung, std::byte const* record) {
  copy_record(chunks_.append(rung.buckets[rung.index(time_of(record))]), record, chunks_.stride());
}

void PendingEventSet::insert(std::byte const* record) {
  ++size_;
  std::int64_t const time = time_of(record);
  if (time < open_end_) return insert_late(record);
  for (std::uint32_t at = depth_; at-- > 0;) {
    if (time < rungs_[at].end) return put(rungs_[at], record);
  }
  if (above_.count == 0) above_least_ = above_greatest_ = time;
  above_least_ = std::min(above_least_, time);
  above_greatest_ = std::max(above_greatest_, time);
  copy_record(chunks_.append(above_), record, chunks_.stride());
}

void PendingEventSet::insert_late(std::byte const* record) {
  if (late_free_.empty()) {
    RecordChain spare;
    for (std::uint32_t i = 0; i < records_per_chunk; ++i) late_free_.push_back(chunks_.append(spare));
  }
  std::byte* const place = late_free_.back();
  late_free_.pop_back();
  copy_record(place, record, chunks_.stride());
  late_.push_back({time_of(record), place});
  std::push_heap(late_.begin(), late_.end(), after);
  ++tuned_events_;
  if (late_.size() > late_limit_ && depth_ < depth_max) split_late();
}

void PendingEventSet::pop_late() {
  late_free_.push_back(late_.front().record);
  std::pop_heap(late_.begin(), late_.end(), after);
  late_.pop_back();
}

PendingEventSet::Rung& PendingEventSet::add_rung(std::int64_t least, std::int64_t greatest, std::int64_t end,
                                                 std::size_t count, int shift_bias) {
  Rung& rung = rungs_[depth_++];
  std::uint64_t const width = span(least, greatest) / count;
  rung.shift = std::clamp(static_cast<int>(std::bit_width(width)) + shift_bias, 0, 62);
  while (span(least, greatest) >> rung.shift > buckets_max) ++rung.shift;
  rung.start = least;
  rung.end = end;
  rung.next = 0;
  // One bucket past the greatest event catches what arrives later; never so many that scanning them would cost.
  std::uint64_t const wanted = (span(least, greatest) >> rung.shift) + 2;
  std::uint64_t const possible = (span(least, end) >> rung.shift) + 1;
  rung.size = static_cast<std::uint32_t>(std::min(wanted, possible));
  if (rung.buckets.size() < rung.size) rung.buckets.resize(std::bit_ceil(rung.size));
  open_end_ = least;
  return rung;
}

/// Takes everything from above the ladder into a new coarsest rung.
void PendingEventSet::climb() {
  tune();
  // The rung ends one tick after its last bucket's regular width, so that later events wait above it again.
  std::size_t const count = above_.count;
  RecordChain waiting = above_;
  above_ = {};
  Rung& rung = add_rung(above_least_, above_greatest_, last_time, count, bias_);
  if (rung.size > 1 && span(rung.start, last_time) >> rung.shift >= rung.size) {
    --rung.size;
    rung.end = rung.bucket_start(rung.size);
  }
  chunks_.take(waiting, [&](std::byte* record) { put(rung, record); });
}

/// Chooses wider or narrower buckets for the next coarsest rung.
void PendingEventSet::tune() {
  if (tuned_opened_ < 16) return;
  std::uint64_t const fill = tuned_events_ / tuned_opened_;
  if (fill >= 14) bias_ = std::max(bias_ - 1, -6);
  if (fill < 5) bias_ = std::min(bias_ + 1, 6);
  tuned_opened_ = tuned_events_ = 0;
}

/// Divides an overfull bucket that ends at `end` into a finer rung; false if all its events have the same time.
bool PendingEventSet::split(RecordChain& bucket, std::int64_t end) {
  std::int64_t least = last_time, greatest = std::numeric_limits<std::int64_t>::min();
  chunks_.walk(bucket, [&](std::byte* record) {
    least = std::min(least, time_of(record));
    greatest = std::max(greatest, time_of(record));
  });
  if (least == greatest) return false;
  Rung& rung = add_rung(least, greatest, end, bucket.count, 1);
  chunks_.take(bucket, [&](std::byte* record) { put(rung, record); });
  return true;
}

/// Divides the rest of the open bucket and the heap beside it into a finer rung.
void PendingEventSet::split_late() {
  auto const latest = [](std::int64_t time, PendingEntry const& entry) { return std::max(time, entry.time); };
  std::int64_t least = late_.front().time;
  std::int64_t greatest = least;
  for (PendingEntry const& entry : late_) greatest = latest(greatest, entry);
  for (PendingEntry const& entry : ahead()) {
    least = std::min(least, entry.time);
    greatest = latest(greatest, entry);
  }
  if (least == greatest) {
    late_limit_ *= 2;
    return;
  }
  Rung& rung = add_rung(least, greatest, open_end_, late_.size() + ahead().size(), 1);
  for (PendingEntry const& entry : late_) {
    put(rung, entry.record);
    late_free_.push_back(entry.record);
  }
  for (PendingEntry const& entry : ahead()) put(rung, entry.record);
  late_.clear();
  open_.clear();
  open_at_ = 0;
  chunks_.release(open_records_);
}

/// Asks the cache for the records of the next buckets: the further away, the newer a chunk.
void PendingEventSet::prefetch(Rung const& rung) const {
  std::uint32_t bucket = rung.next;
  for (std::uint32_t links = prefetched_buckets; links-- > 0;) {
    while (bucket < rung.size && rung.buckets[bucket].count == 0) ++bucket;
    if (bucket == rung.size) return;
    chunks_.prefetch(rung.buckets[bucket++], links);
  }
}

void PendingEventSet::open(RecordChain bucket) {
  open_.clear();
  open_at_ = 0;
  late_limit_ = late_max;
  open_records_ = bucket;
  chunks_.walk(bucket, [&](std::byte* record) { open_.push_back({time_of(record), record}); });
  sort_entries(open_);
  ++opened_;
}

/// Opens the next bucket that holds events; false if there are none at all.
bool PendingEventSet::open_next() {
  chunks_.release(open_records_);
  while (true) {
    if (depth_ == 0) {
      if (above_.count == 0) return false;
      climb();
    }
    Rung& rung = rungs_[depth_ - 1];
    while (rung.next < rung.size && rung.buckets[rung.next].count == 0) ++rung.next;
    if (rung.next == rung.size) {
      open_end_ = rung.end;
      --depth_;
      continue;
    }
    RecordChain bucket = rung.buckets[rung.next];
    rung.buckets[rung.next] = {};
    std::int64_t const end = rung.bucket_end(rung.next++);
    if (depth_ == 1) {
      ++tuned_opened_;
      tuned_events_ += bucket.count;
    }
    if (bucket.count > open_max && depth_ < depth_max && split(bucket, end)) continue;
    prefetch(rung);
    open_end_ = end;
    open(bucket);
    return true;
  }
}

std::vector<PendingEntry> PendingEventSet::sorted() const {
  std::vector<PendingEntry> entries(late_);
  entries.reserve(size_);
  entries.insert(entries.end(), open_.begin() + static_cast<std::ptrdiff_t>(open_at_), open_.end());
  auto const take = [&](RecordChain chain) {
    chunks_.walk(chain, [&](std::byte* record) { entries.push_back({time_of(record), record}); });
  };
  for (std::uint32_t at = 0; at < depth_; ++at) {
    for (std::uint32_t bucket = rungs_[at].next; bucket < rungs_[at].size; ++bucket) take(rungs_[at].buckets[bucket]);
  }
  take(above_);
  sort_entries(entries);
  return entries;
}

}  // namespace sim
