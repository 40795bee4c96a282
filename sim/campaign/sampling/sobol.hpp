// Sobol' sequences with the direction numbers of Joe and Kuo, and Owen's nested uniform scrambling of their digits.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/campaign/sampling/design_request.hpp"

namespace sim {

/// The unscrambled sequence in the order of the Gray code (Antonov and Saleev 1979), as in Joe and Kuo's program: any
/// 2^m successive points from a multiple of 2^m on are the same set as in the natural order.
class SobolSequence {
 public:
  /// `dimensions` up to sobol_dimensions_max, a broken contract beyond.
  explicit SobolSequence(std::size_t dimensions);
  /// Coordinate of point `index` in units of 2^-32.
  std::uint32_t digits(std::uint32_t index, std::size_t dimension) const;

 private:
  std::vector<std::array<std::uint32_t, 32>> directions_;  // [dimensions]
};

/// Nested uniform scrambling in base 2 (A. B. Owen, "Randomly permuted (t,m,s)-nets and (t,s)-sequences", 1995): the
/// digit at depth k is flipped by a fair coin that belongs to the k digits before it, so each factor has a binary tree of
/// independent coins. Keeps every elementary interval as full as it was; each point by itself is uniform on (0, 1).
class OwenScrambling {
 public:
  /// The tree of coins is a pure function of seed and name.
  OwenScrambling(std::uint64_t seed, std::string_view name) : seed_(seed), owner_(stream_id(name)) {}
  /// The scrambled coordinate of 32 digits; the digits beyond them are fresh coins.
  double operator()(std::uint32_t digits) const;

 private:
  std::uint64_t seed_, owner_;
};

/// Points `first`, first + 1 ... of the scrambled sequence [points x factors]; column i is dimension i, scrambled by the
/// name of its factor.
std::vector<double> sobol_design(DesignRequest const& request, std::uint32_t first = 0);

}  // namespace sim
