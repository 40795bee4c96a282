// Regular fractions of a two-level factorial: which effects their treatments tell apart, and which they add up.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace analysis {

/// 2^m treatments of k >= m levers, each lever (coded -1, +1) a product of the m base levers, up to its sign.
/// Source: Box, Hunter and Hunter 2005, ch. 6.
struct Fraction {
  std::vector<std::size_t> base;     // levers that are free, ascending
  std::vector<std::size_t> order;    // [2^m] point of each setting, bit i = base lever i
  std::vector<std::uint32_t> words;  // [k] base levers whose product the lever is; 0: it never changes
  std::vector<int> signs;            // [k] +1 or -1: of that product
};

/// A term of the factorial, bit j = lever j, with the sign that it has among its aliases.
struct SignedTerm {
  std::uint32_t term = 0;
  int sign = 1;
};

/// Terms whose effects the treatments cannot tell apart: the contrast `word` of the base levers estimates their sum.
struct AliasSet {
  std::uint32_t word = 0;         // never 0
  std::vector<SignedTerm> terms;  // of the fewest levers first, then by bits; the first one has sign +1
  int sign = 1;                   // of the first term in the contrast
};

/// The fraction that the points with those `levels` ([points][k], 0: off, else on) form; those of another length are ignored.
/// Empty unless they are a regular one, without repetitions, and every lever has one level beside 0. At most 24 levers.
std::optional<Fraction> regular_fraction(std::span<std::vector<int> const> levels, std::size_t levers);

/// The sets of terms of at most `most` levers that are added up, by their first term; sets of one term are listed too.
std::vector<AliasSet> alias_sets(Fraction const& fraction, unsigned most);

/// Fewest levers of a product that never changes; 0 of a complete factorial, where every product of levers changes.
unsigned resolution(Fraction const& fraction);

}  // namespace analysis
