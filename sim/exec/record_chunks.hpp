// Memory for event records: chunks of a few, linked into chains, recycled without a heap allocation per event.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "sim/base/prefetch.hpp"
#include "sim/kernel/event.hpp"

namespace sim {

/// Copies a record of `stride` bytes (a multiple of 8, at least a header); the usual sizes without a call.
inline void copy_record(std::byte* to, std::byte const* from, std::size_t stride) {
  switch (stride) {
    case 24: std::memcpy(to, from, 24); break;
    case 32: std::memcpy(to, from, 32); break;
    case 40: std::memcpy(to, from, 40); break;
    case 48: std::memcpy(to, from, 48); break;
    case 56: std::memcpy(to, from, 56); break;
    case 64: std::memcpy(to, from, 64); break;
    case 72: std::memcpy(to, from, 72); break;
    case 80: std::memcpy(to, from, 80); break;
    case 88: std::memcpy(to, from, 88); break;
    case 96: std::memcpy(to, from, 96); break;
    default: std::memcpy(to, from, stride);
  }
}

/// An unordered set of records: a chain of chunks, newest first; the newest may be part full.
struct RecordChain {
  std::byte* chunk = nullptr;
  std::size_t count = 0;  // records
};

/// Allocates chunks of `records_per_chunk` records; their addresses never change until `reset`.
template <std::size_t records_per_chunk>
class RecordChunks {
 public:
  /// Takes all chunks back; keeps the memory if the stride [bytes] stays the same.
  void reset(std::size_t stride) {
    block_ = 0;
    fresh_ = fresh_end_ = free_ = nullptr;
    if (stride == stride_) return;
    stride_ = stride;
    chunk_bytes_ = link_bytes + records_per_chunk * stride;
    blocks_.clear();
  }
  std::size_t stride() const { return stride_; }

  /// Room for one more record at the end of `chain`.
  std::byte* append(RecordChain& chain) {
    std::size_t const slot = chain.count++ % records_per_chunk;
    if (slot == 0) chain.chunk = allocate(chain.chunk);
    return record(chain.chunk, slot);
  }

  /// Calls f(record) for every record of the chain, newest chunk first.
  template <class F>
  void walk(RecordChain chain, F&& f) const {
    while (chain.count != 0) {
      visit_newest(chain, f);
      chain.chunk = next(chain.chunk);
    }
  }

  /// The same, and gives each chunk back once its records have been visited; empties the chain.
  template <class F>
  void take(RecordChain& chain, F&& f) {
    while (chain.count != 0) {
      visit_newest(chain, f);
      std::byte* const chunk = chain.chunk;
      chain.chunk = next(chunk);
      free(chunk);
    }
  }

  /// Gives all chunks of the chain back and empties it.
  void release(RecordChain& chain) {
    take(chain, [](std::byte*) {});
  }

  /// Asks the cache for the chunk that is `links` behind the newest one of the chain, if there is one; the chunks before
  /// it should have arrived.
  void prefetch(RecordChain const& chain, std::uint32_t links) const {
    if (chain.count <= links * records_per_chunk) return;
    std::byte const* chunk = chain.chunk;
    while (links-- > 0) chunk = next(chunk);
    for (std::size_t at = 0; at < chunk_bytes_; at += 64) sim::prefetch(chunk + at);
  }

 private:
  static constexpr std::size_t link_bytes = sizeof(std::byte*);
  static constexpr std::size_t chunks_per_block = 4096 / records_per_chunk;

  /// Visits the records of the newest chunk and takes them off the count.
  template <class F>
  void visit_newest(RecordChain& chain, F&& f) const {
    std::size_t const in_chunk = (chain.count - 1) % records_per_chunk + 1;
    for (std::size_t slot = 0; slot < in_chunk; ++slot) f(record(chain.chunk, slot));
    chain.count -= in_chunk;
  }

  std::byte* record(std::byte* chunk, std::size_t slot) const { return chunk + link_bytes + slot * stride_; }
  static std::byte* next(std::byte const* chunk) {
    std::byte* link;
    std::memcpy(&link, chunk, sizeof link);
    return link;
  }
  static void set_next(std::byte* chunk, std::byte* link) { std::memcpy(chunk, &link, sizeof link); }
  std::byte* allocate(std::byte* link) {
    std::byte* chunk = free_;
    if (chunk != nullptr) {
      free_ = next(chunk);
    } else {
      if (fresh_ == fresh_end_) open_block();
      chunk = std::exchange(fresh_, fresh_ + chunk_bytes_);
    }
    set_next(chunk, link);
    return chunk;
  }
  void free(std::byte* chunk) {
    set_next(chunk, free_);
    free_ = chunk;
  }
  void open_block() {
    // Not zeroed: every record is written before it is read.
    if (block_ == blocks_.size()) {
      blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(chunks_per_block * chunk_bytes_));
    }
    fresh_ = blocks_[block_++].get();
    fresh_end_ = fresh_ + chunks_per_block * chunk_bytes_;
  }

  std::size_t stride_ = sizeof(EventHeader);
  std::size_t chunk_bytes_ = link_bytes + records_per_chunk * sizeof(EventHeader);
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::size_t block_ = 0;                           // blocks in use
  std::byte *fresh_ = nullptr, *fresh_end_ = nullptr;  // chunks of the newest block never handed out yet
  std::byte* free_ = nullptr;                       // chain of free chunks
};

}  // namespace sim
