#include "sim/io/chunk_codec.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <stdexcept>

#include <zlib.h>

namespace sim {

namespace {

// First bytes of all elements, then all second bytes, ...
std::vector<std::byte> shuffled(std::span<std::byte const> chunk, std::size_t element_bytes) {
  std::vector<std::byte> out(chunk.size());
  std::size_t const elements = chunk.size() / element_bytes;
  for (std::size_t b = 0; b < element_bytes; ++b) {
    std::byte* to = out.data() + b * elements;
    std::byte const* from = chunk.data() + b;
    for (std::size_t i = 0; i < elements; ++i) to[i] = from[i * element_bytes];
  }
  return out;
}

std::uint32_t fold(std::uint32_t sum) { return (sum & 0xffff) + (sum >> 16); }

}  // namespace

std::uint32_t fletcher32(std::span<std::byte const> bytes) {
  std::uint32_t sum1 = 0, sum2 = 0;
  std::size_t const words = bytes.size() / 2;
  for (std::size_t start = 0; start < words; start += 360) {  // as many as cannot overflow
    std::size_t const end = std::min(words, start + 360);
    for (std::size_t i = start; i < end; ++i) {
      sum1 += std::to_integer<std::uint32_t>(bytes[2 * i]) << 8 | std::to_integer<std::uint32_t>(bytes[2 * i + 1]);
      sum2 += sum1;
    }
    sum1 = fold(sum1);
    sum2 = fold(sum2);
  }
  if (bytes.size() % 2 != 0) {
    sum1 += std::to_integer<std::uint32_t>(bytes.back()) << 8;
    sum2 += sum1;
    sum1 = fold(sum1);
    sum2 = fold(sum2);
  }
  return fold(sum2) << 16 | fold(sum1);
}

EncodedChunk encode_chunk(std::span<std::byte const> chunk, std::size_t element_bytes) {
  EncodedChunk encoded;
  std::vector<std::byte> const mixed = shuffled(chunk, element_bytes);
  uLongf size = compressBound(static_cast<uLong>(mixed.size()));
  encoded.bytes.resize(size + 4);
  int const code = compress2(reinterpret_cast<Bytef*>(encoded.bytes.data()), &size,
                             reinterpret_cast<Bytef const*>(mixed.data()), static_cast<uLong>(mixed.size()), 1);
  if (code == Z_MEM_ERROR) throw std::bad_alloc();
  if (code != Z_OK) throw std::runtime_error("zlib refused to compress");
  if (size >= mixed.size()) {
    encoded.filter_mask = 1u << 1;
    size = static_cast<uLongf>(mixed.size());
    std::copy(mixed.begin(), mixed.end(), encoded.bytes.begin());
  }
  std::uint32_t const checksum = fletcher32({encoded.bytes.data(), size});
  std::memcpy(encoded.bytes.data() + size, &checksum, 4);
  encoded.bytes.resize(size + 4);
  return encoded;
}

}  // namespace sim
