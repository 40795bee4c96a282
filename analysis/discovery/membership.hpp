// Which limits each row violates, kept while limits close and open: what a box would hold without one of them costs nothing to know.
#pragma once

#include "analysis/discovery/box.hpp"

namespace analysis {

/// The rows of a box that is changed limit by limit.
class Membership {
 public:
  /// The box without limits.
  Membership(Outcomes const& outcomes, std::size_t factors);

  /// What the row adds to the tally of the box: bit 0 to n, bit 1 to cases.
  std::uint8_t adds(std::uint32_t row) const { return adds_[row]; }
  Tally const& inside() const { return inside_; }
  /// Of the box with the limit of this factor taken away.
  Tally without(std::size_t factor) const { return {inside_.n + alone_[factor].n, inside_.cases + alone_[factor].cases}; }

  /// The row, which did not, now violates the limit of this factor.
  void shut_out(std::uint32_t row, std::size_t factor);
  /// The row, which did, no longer violates the limit of this factor.
  void let_in(std::uint32_t row, std::size_t factor);

 private:
  std::vector<std::uint8_t> counts_;     // [rows] what it adds to a box that holds it
  std::vector<std::uint8_t> adds_;       // [rows] what it adds to this one
  std::vector<std::uint32_t> violated_;  // [rows] how many limits
  std::vector<std::size_t> whose_;       // [rows] sum of the factors of these limits: the factor, where it is one
  std::vector<Tally> alone_;             // [factors] rows that violate this limit alone
  Tally inside_;
};

}  // namespace analysis
