// Memory for event records: chunks of a few, linked into chains, recycled without a heap allocation per event.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

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
  std::uint32_t chunk = 0;
  std::uint32_t count = 0;  // records
};

/// Allocates chunks of `records_per_chunk` records; their addresses never change until `reset`.
template <std::uint32_t records_per_chunk>
class RecordChunks {
 public:

  /// Takes all chunks back; keeps the memory if the stride [bytes] stays the same.
  void reset(std::size_t stride) {
    used_ = 0;
    free_ = none;
    if (stride == stride_) return;
    stride_ = stride;
    chunk_bytes_ = 8 + records_per_chunk * stride;
    blocks_.clear();
  }
  std::size_t stride() const { return stride_; }

  /// Room for one more record at the end of `chain`.
  std::byte* append(RecordChain& chain) {
    std::uint32_t const slot = chain.count % records_per_chunk;
    if (slot == 0) chain.chunk = allocate(chain.chunk);
    ++chain.count;
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
      std::uint32_t const chunk = chain.chunk;
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
    std::uint32_t chunk = chain.chunk;
    while (links-- > 0) chunk = next(chunk);
    std::byte const* const bytes = address(chunk);
    for (std::size_t at = 0; at < chunk_bytes_; at += 64) __builtin_prefetch(bytes + at);
  }

 private:
  static constexpr std::uint32_t chunks_per_block = 4096 / records_per_chunk;

  /// Visits the records of the newest chunk and takes them off the count.
  template <class F>
  void visit_newest(RecordChain& chain, F&& f) const {
    std::uint32_t const in_chunk = (chain.count - 1) % records_per_chunk + 1;
    for (std::uint32_t slot = 0; slot < in_chunk; ++slot) f(record(chain.chunk, slot));
    chain.count -= in_chunk;
  }

  std::byte* address(std::uint32_t chunk) const {
    return blocks_[chunk / chunks_per_block].get() + chunk % chunks_per_block * chunk_bytes_;
  }
  std::byte* record(std::uint32_t chunk, std::uint32_t slot) const { return address(chunk) + 8 + slot * stride_; }
  std::uint32_t next(std::uint32_t chunk) const {
    std::uint32_t link;
    std::memcpy(&link, address(chunk), sizeof link);
    return link;
  }
  void set_next(std::uint32_t chunk, std::uint32_t link) { std::memcpy(address(chunk), &link, sizeof link); }
  std::uint32_t allocate(std::uint32_t link) {
    std::uint32_t chunk = free_;
    if (chunk != none) {
      free_ = next(chunk);
    } else {
      if (used_ == blocks_.size() * chunks_per_block) add_block();
      chunk = used_++;
    }
    set_next(chunk, link);
    return chunk;
  }
  void free(std::uint32_t chunk) {
    set_next(chunk, free_);
    free_ = chunk;
  }
  void add_block() {
    if (blocks_.size() * chunks_per_block > none - chunks_per_block) throw std::bad_alloc();
    // Not zeroed: every record is written before it is read.
    blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(chunks_per_block * chunk_bytes_));
  }

  static constexpr std::uint32_t none = 0xffff'ffff;
  std::size_t stride_ = sizeof(EventHeader);
  std::size_t chunk_bytes_ = 8 + records_per_chunk * sizeof(EventHeader);
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::uint32_t used_ = 0;     // chunks ever handed out
  std::uint32_t free_ = none;  // chain of free chunks
};

}  // namespace sim
