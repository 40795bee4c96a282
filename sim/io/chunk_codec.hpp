// The filters shuffle, deflate 1 and fletcher32 as HDF5 applies them, outside its global lock, so that chunks can be
// packed by several threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sim {

/// A chunk as it lies in the file.
struct EncodedChunk {
  std::vector<std::byte> bytes;
  std::uint32_t filter_mask = 0;  // bit 1: deflate was left out because it did not shrink the chunk
};

/// Packs a chunk of elements of `element_bytes` each.
EncodedChunk encode_chunk(std::span<std::byte const> chunk, std::size_t element_bytes);

/// Fletcher's checksum over 16-bit words, high byte first, as H5_checksum_fletcher32 computes it.
std::uint32_t fletcher32(std::span<std::byte const> bytes);

}  // namespace sim
