// Puts the events of one window into the order in which a partition runs them: by logical process, then in event order.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/kernel/event.hpp"

namespace sim {

/// One event of a window: where it comes and its record.
struct BatchEntry {
  std::uint64_t place = 0;  // LP, counted within the partition, times 2^32 plus ticks since the window's start
  std::byte* record = nullptr;
  EventHeader const& event() const { return *reinterpret_cast<EventHeader const*>(record); }
  std::uint32_t lp() const { return static_cast<std::uint32_t>(place >> 32); }
  bool before(BatchEntry const& other) const {
    return place != other.place ? place < other.place : event().key.tie < other.event().key.tie;
  }
};

/// Collects the events of a window and sorts them. Few are sorted at once; many are first scattered into blocks of
/// neighbouring LPs with about eight events each, so that what is sorted and run together lies together.
class WindowBatch {
 public:
  /// For a partition of `lps` logical processes.
  void reset(std::uint32_t lps) {
    lps_ = lps;
    for (auto* entries : {&entries_, &scattered_}) entries->reserve(entries_reserved);
    ends_.reserve(entries_reserved);
  }

  void clear() { entries_.clear(); }
  void add(std::uint64_t place, std::byte* record) { entries_.push_back({place, record}); }
  std::size_t size() const { return entries_.size(); }
  /// All events in order, until the next `clear`.
  std::span<BatchEntry const> sorted();

 private:
  static constexpr std::size_t entries_reserved = 1024;  // no growth while windows are small

  void scatter(std::uint32_t blocks);

  std::uint32_t lps_ = 1;
  std::vector<BatchEntry> entries_, scattered_;
  std::vector<std::uint32_t> ends_;  // [blocks]
};

}  // namespace sim
