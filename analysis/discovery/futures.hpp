// Futures as scenario discovery sees them: the rank codes of each factor, and a choice of rows with their cases.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace analysis {

/// The drawn values of one factor. Boxes and trees compare codes, so that ties and discrete values need no rule of their own.
struct FactorColumn {
  std::vector<double> distinct;      // values that occur, ascending
  std::vector<std::uint32_t> code;   // [rows] position of the row's value in `distinct`
  std::vector<std::uint32_t> order;  // [rows] rows by ascending code, equal ones by row
  /// Factors of at most so many values count as discrete: their limits are values, not points between two.
  static constexpr std::size_t most_discrete = 8;
  bool is_discrete() const { return distinct.size() <= most_discrete; }
  bool varies() const { return distinct.size() > 1; }
};

/// All factors of a campaign; made once, shared by all searches.
class FactorTable {
 public:
  /// `values` is [rows x factors], row-major, without NaN.
  FactorTable(std::span<double const> values, std::size_t rows, std::size_t factors);
  std::size_t rows() const { return rows_; }
  std::vector<FactorColumn> const& columns() const { return columns_; }

 private:
  std::size_t rows_;
  std::vector<FactorColumn> columns_;
};

/// What is known of the outcome of one row.
enum class Outcome : std::uint8_t { left_out, other, a_case };

/// The outcome of every row; searches see those that are not left out. [rows]
using Outcomes = std::vector<Outcome>;

/// How many rows count, and how many of them are cases.
struct Tally {
  std::size_t n = 0;
  std::size_t cases = 0;
  /// cases / n; NaN of nothing.
  double share() const;
  friend bool operator==(Tally const&, Tally const&) = default;
};

/// Of all rows that are not left out.
Tally tally(Outcomes const& outcomes);

}  // namespace analysis
