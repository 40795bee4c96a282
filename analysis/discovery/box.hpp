// A box: limits on a few factors; how well it separates cases, and what each of its limits is worth.
#pragma once

#include "analysis/discovery/futures.hpp"

namespace analysis {

/// One factor kept within [lo, hi], given as codes of its column; at least one side is closed.
struct Limit {
  std::size_t factor = 0;
  std::uint32_t lo = 0;
  std::uint32_t hi = 0;
  friend bool operator==(Limit const&, Limit const&) = default;
};

/// All limits hold at once; no limits: everything. By ascending factor.
using Box = std::vector<Limit>;

/// A limit in the factor's unit; NaN where it is open. Of a continuous factor half-way between the last value inside and the
/// next one outside, of a discrete one the last value inside.
struct Bounds {
  double lo = 0;
  double hi = 0;
};
Bounds bounds_of(FactorColumn const& column, Limit const& limit);

/// Whether the row lies in the box.
bool contains(FactorTable const& table, Box const& box, std::size_t row);

/// Rows of the box that are not left out.
Tally tally(FactorTable const& table, Box const& box, Outcomes const& outcomes);

/// The same outcomes with the rows of the box left out.
Outcomes outside(FactorTable const& table, Box const& box, Outcomes outcomes);

/// Likelihood ratio statistic (Wilks 1938) of one share of cases inside and another outside against one for all; 0 where the share
/// inside is not the larger one. Large for a box that is dense and covers much, whether cases are rare or common.
double separation(Tally const& inside, Tally const& all);

/// Quasi-p-value of a limit (Bryant and Lempert 2010, appendix): the probability that of the n futures in the box at least as
/// many would be cases if each were one with the share of the box without that limit. "Quasi", because the limit was
/// chosen on the same data: small values are necessary, not sufficient.
double quasi_p(Tally const& box, Tally const& without_limit);

}  // namespace analysis
