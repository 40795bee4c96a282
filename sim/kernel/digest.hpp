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
  std::uint64_t word = std::uint64_t{event.kind} << 16 | event.size;
  for (std::size_t at = 0; at < event.size; at += 8) {
    std::uint64_t next;
    std::memcpy(&next, payload + at, 8);
    digest = mix_digest(digest, word, next);
    word = at;
  }
  return event.size == 0 ? mix_digest(digest, word, 0x8ebc'6af0'9c88'c6e3) : digest;
}

}  // namespace sim
