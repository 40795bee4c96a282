// Stable 64-bit names of random streams, so that adding an agent disturbs no draw of the others.
#pragma once

#include <cstdint>
#include <string_view>

namespace sim {

/// The finaliser of splitmix64 (Steele, Lea, Flood, OOPSLA 2014), a bijection.
constexpr std::uint64_t mix64(std::uint64_t word) {
  word = (word ^ (word >> 30)) * 0xbf58'476d'1ce4'e5b9;
  word = (word ^ (word >> 27)) * 0x94d0'49bb'1331'11eb;
  return word ^ (word >> 31);
}

/// Hash of a name: FNV-1a over its bytes, then mix64. The same on every machine, for ever.
constexpr std::uint64_t stream_id(std::string_view name) {
  std::uint64_t hash = 0xcbf2'9ce4'8422'2325;
  for (char const letter : name) hash = (hash ^ static_cast<unsigned char>(letter)) * 0x0000'0100'0000'01b3;
  return mix64(hash);
}

}  // namespace sim
