// The running fingerprint of what has happened to a logical process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "sim/kernel/event.hpp"

namespace sim {

/// Mixes two words into a digest by a folded 128-bit product (W. Yi's wyhash, final version 4).
inline std::uint64_t mix_digest(std::uint64_t digest, std::uint64_t a, std::uint64_t b) {
  __extension__ using Product = unsigned __int128;
  Product const product = Product{a ^ 0xa076'1d64'78bd'642f} * (b ^ digest);
  return static_cast<std::uint64_t>(product >> 64) ^ static_cast<std::uint64_t>(product);
}

/// Mixes an event into a digest: time, tie, kind, size and payload; not its cause, so that tracing changes nothing.
/// Records are padded with zeros to whole words.
inline std::uint64_t mix_event(std::uint64_t digest, EventHeader const& event, std::byte const* payload) {
  digest = mix_digest(digest, static_cast<std::uint64_t>(event.key.time.ticks), event.key.tie);
  std::uint64_t words[2] = {std::uint64_t{event.kind} << 16 | event.size, 0x8ebc'6af0'9c88'c6e3};
  std::size_t at = 0;
  if ((event.size + 7u) / 8 % 2 != 0) {  // an odd number of words: the first goes with kind and size
    std::memcpy(&words[1], payload, 8);
    at = 8;
  }
  digest = mix_digest(digest, words[0], words[1]);
  for (; at < event.size; at += sizeof words) {
    std::memcpy(words, payload + at, sizeof words);
    digest = mix_digest(digest, words[0], words[1]);
  }
  return digest;
}

}  // namespace sim
