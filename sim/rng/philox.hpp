// Philox4x64-10: J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 3.3.
#pragma once

#include <array>
#include <cstdint>

namespace sim {

using PhiloxCounter = std::array<std::uint64_t, 4>;
using PhiloxKey = std::array<std::uint64_t, 2>;

/// Four random words, a bijection of the counter for every key; the same words as Random123's philox4x64 of 10 rounds.
inline PhiloxCounter philox_block(PhiloxCounter counter, PhiloxKey key) {
  __extension__ using Product = unsigned __int128;
  for (int round = 0; round < 10; ++round) {
    Product const first = Product{0xd2e7'470e'e14c'6c93} * counter[0];
    Product const upper = Product{0xca5a'8263'9512'1157} * counter[2];
    counter = {static_cast<std::uint64_t>(upper >> 64) ^ counter[1] ^ key[0], static_cast<std::uint64_t>(upper),
               static_cast<std::uint64_t>(first >> 64) ^ counter[3] ^ key[1], static_cast<std::uint64_t>(first)};
    key[0] += 0x9e37'79b9'7f4a'7c15;  // the golden ratio
    key[1] += 0xbb67'ae85'84ca'a73b;  // sqrt(3) - 1
  }
  return counter;
}

}  // namespace sim
