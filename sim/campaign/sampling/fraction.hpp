// Regular fractions of two-level factorials: generators, resolution, and which effects cannot be told apart.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/campaign/sampling/unit_design.hpp"

namespace sim {

/// A part 2^base of all 2^factors combinations: the base factors take all combinations, each other one is a product.
struct Fraction {
  std::vector<std::string> factors;
  unsigned base = 0;                    // number of base factors
  std::vector<std::uint32_t> products;  // [factors]: bit i stands for base factor i; one bit alone for a base factor
  std::vector<bool> negative;           // [factors]: minus the product
  unsigned resolution = 0;              // length of the shortest word of the defining relation; 0 for the whole factorial
  std::vector<std::string> generators;  // "d = a*b*c", one for each factor that is no base factor
};

/// Most base factors: a million points.
inline constexpr unsigned fraction_base_max = 19;
/// Highest resolution that is looked for.
inline constexpr unsigned fraction_resolution_max = 8;

/// The fraction of these generators, "d = a*b*c" or "e = -a*b"; SamplingError, at its element of `generators`, where one
/// is malformed, names an unknown or a generated factor on its right, or repeats a product (two factors would be one).
Fraction fraction_of(std::vector<std::string> const& factors, std::vector<std::string> const& generators);

/// Length of the shortest word of the defining relation; 0 if there is none.
unsigned resolution_of(Fraction const& fraction);

/// The smallest fraction of at least this resolution that a greedy search finds: products of few factors first, each
/// taken if it makes no word that is too short. SamplingError where more than 2^fraction_base_max points are needed.
Fraction smallest_fraction(std::vector<std::string> const& factors, unsigned resolution);

/// Factor number i is high at point p if its product of +1 and -1 is +1; point p has base factor b high if bit b of p is
/// set (Yates's order).
UnitDesign fraction_design(Fraction const& fraction, double low, double high, DesignPart part = {});

/// Main effects and interactions of two factors that share one column: "a*b = c*d", "a = -b*c" (G. E. P. Box,
/// J. S. Hunter and W. G. Hunter, Statistics for Experimenters, 2005, chapter 6). In the order of the factors.
std::vector<std::string> aliases(Fraction const& fraction);

/// "III", "IV", "full".
std::string roman(unsigned resolution);

}  // namespace sim
