#include "analysis/discovery/futures.hpp"

#include <algorithm>
#include <numeric>

#include "analysis/estimators/mean.hpp"
#include "sim/base/contracts.hpp"

namespace analysis {

FactorTable::FactorTable(std::span<double const> values, std::size_t rows, std::size_t factors) : rows_(rows), columns_(factors) {
  SIM_CHECK(values.size() == rows * factors);
  for (std::size_t k = 0; k < factors; ++k) {
    FactorColumn& column = columns_[k];
    auto const at = [&](std::uint32_t row) { return values[row * factors + k]; };
    column.order.resize(rows);
    std::iota(column.order.begin(), column.order.end(), 0U);
    std::stable_sort(column.order.begin(), column.order.end(), [&](auto a, auto b) { return at(a) < at(b); });
    column.code.resize(rows);
    for (std::uint32_t const row : column.order) {
      if (column.distinct.empty() || column.distinct.back() != at(row)) column.distinct.push_back(at(row));
      column.code[row] = static_cast<std::uint32_t>(column.distinct.size() - 1);
    }
  }
}

double Tally::share() const { return n == 0 ? undefined : static_cast<double>(cases) / static_cast<double>(n); }

Tally tally(Outcomes const& outcomes) {
  auto const cases = std::count(outcomes.begin(), outcomes.end(), Outcome::a_case);
  auto const others = std::count(outcomes.begin(), outcomes.end(), Outcome::other);
  return {static_cast<std::size_t>(cases + others), static_cast<std::size_t>(cases)};
}

}  // namespace analysis
