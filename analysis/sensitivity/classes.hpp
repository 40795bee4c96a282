// Cuts a sample into classes by one factor, for indices that compare the output within classes with the whole.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace analysis {

/// Number of classes for `n` points: min(ceil(n^(2 / (7 + tanh((1500 - n) / 500)))), 48) (E. Plischke, E. Borgonovo and C. L. Smith,
/// Eur. J. Oper. Res. 226 (2013) 536, eq. 33).
std::size_t class_count(std::size_t n);

struct Classes {
  std::vector<std::uint8_t> of;  // [points]
  std::size_t count = 0;
};

/// Points with the same value of x are in one class: each value is a class of its own where there are at most `count`, else about equally many
/// points, in the order of x. Values must be defined.
Classes classes_of(std::span<double const> x, std::size_t count);

/// Sizes of the classes, ascending: factors with the same sizes have the same distribution of an index under chance. [classes]
std::vector<std::size_t> class_sizes(Classes const& classes);

}  // namespace analysis
