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

/// Collects the events of a window and puts them into order chunk by chunk: few make one chunk; many are first scattered
/// into blocks of neighbouring LPs with about eight events each, of which a chunk holds some. An LP's events lie in one
/// block, so different workers may run different chunks.
class WindowBatch {
 public:
  /// For a partition of `lps` logical processes.
  void reset(std::uint32_t lps);

  void clear() { entries_.clear(); }
  void add(std::uint64_t place, std::byte* record) { entries_.push_back({place, record}); }
  /// Divides what was added into chunks, until the next `clear`.
  void divide();
  std::uint32_t chunks() const { return chunks_; }
  /// The events of a chunk, in order; each chunk is to be asked for once.
  std::span<BatchEntry const> sorted_chunk(std::uint32_t chunk);

 private:
  static constexpr std::size_t entries_reserved = 1024;  // no growth while windows are small
  static constexpr std::size_t events_per_block = 8, blocks_per_chunk = 16;

  void scatter(std::uint32_t blocks);

  std::uint32_t lps_ = 1, chunks_ = 0;
  std::vector<BatchEntry> entries_, scattered_;
  std::vector<std::uint32_t> ends_;  // [blocks]; empty if there are too few events for blocks
};

}  // namespace sim
