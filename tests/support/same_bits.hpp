// Equality of numbers that may be undefined: by their bits, so that NaN is the same as itself.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

namespace support {

/// Whether both hold the same bits at the same places.
inline bool same_bits(std::vector<double> const& a, std::vector<double> const& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](double x, double y) { return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y); });
}

}  // namespace support
