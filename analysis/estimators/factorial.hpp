// Main effects and interactions of a two-level factorial, by Yates' contrasts on paired histories.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/estimators/mean.hpp"

namespace analysis {

/// One term of a 2^k factorial.
struct FactorialEffect {
  std::uint32_t term = 0;  // bit j set: lever j belongs to it; never 0
  Estimate effect;         // n: the independent units behind it
  std::size_t blocks = 0;  // histories for which all 2^k treatments exist; the others are left out
  bool exactly_zero = false;  // the contrast of every history is 0; false without any
};

/// Effects of all 2^k - 1 terms, in order of their bit pattern. `points` has 2^k arms; arm i has lever j on if bit j of i
/// is set. A main effect is the mean with the lever on less the mean with it off, over all settings of the others; an
/// interaction is half the difference of effects (Box, Hunter and Hunter 2005, ch. 5). Contrasts are formed within each
/// history (all arms share its random numbers), averaged within futures, with a t-interval over futures.
std::vector<FactorialEffect> factorial_effects(std::span<Arm const> points);

/// In-place Walsh-Hadamard transform of 2^k values: afterwards value t is the sum of the inputs, each with sign -1 for
/// every lever of term t that is off. Yates' algorithm.
void yates(std::span<double> values);

/// For each of 2^k settings the index of the point with those `levels` ([points][k], 0: off, else on), bit j = lever j; empty
/// unless every setting occurs exactly once among points with k levels and no lever is on at two different levels. Points
/// of another length are ignored.
std::vector<std::size_t> factorial_order(std::span<std::vector<int> const> levels, std::size_t levers);

}  // namespace analysis
