#include "analysis/discovery/box.hpp"

#include <algorithm>

#include "analysis/estimators/mean.hpp"
#include "sim/base/math.hpp"

namespace analysis {
namespace {

// k log(k / n), 0 for k = 0.
double log_term(std::size_t k, std::size_t n) {
  if (k == 0) return 0;
  double const count = static_cast<double>(k);
  return count * sim::math::log(count / static_cast<double>(n));
}

double log_likelihood(std::size_t cases, std::size_t n) { return log_term(cases, n) + log_term(n - cases, n); }

}  // namespace

Bounds bounds_of(FactorColumn const& column, Limit const& limit) {
  auto const& d = column.distinct;
  auto const edge = [&](std::uint32_t inside, std::uint32_t beyond) { return column.is_discrete() ? d[inside] : d[inside] + (d[beyond] - d[inside]) / 2; };
  Bounds b{undefined, undefined};
  if (limit.lo > 0) b.lo = edge(limit.lo, limit.lo - 1);
  if (limit.hi + 1 < d.size()) b.hi = edge(limit.hi, limit.hi + 1);
  return b;
}

bool contains(FactorTable const& table, Box const& box, std::size_t row) {
  return std::all_of(box.begin(), box.end(), [&](Limit const& l) {
    std::uint32_t const code = table.columns()[l.factor].code[row];
    return code >= l.lo && code <= l.hi;
  });
}

Tally tally(FactorTable const& table, Box const& box, Outcomes const& outcomes) {
  Tally t;
  for (std::size_t row = 0; row < outcomes.size(); ++row) {
    if (outcomes[row] == Outcome::left_out || !contains(table, box, row)) continue;
    ++t.n;
    t.cases += outcomes[row] == Outcome::a_case;
  }
  return t;
}

Outcomes outside(FactorTable const& table, Box const& box, Outcomes outcomes) {
  for (std::size_t row = 0; row < outcomes.size(); ++row)
    if (contains(table, box, row)) outcomes[row] = Outcome::left_out;
  return outcomes;
}

double separation(Tally const& inside, Tally const& all) {
  std::size_t const rest = all.n - inside.n, rest_cases = all.cases - inside.cases;
  if (inside.n == 0 || rest == 0 || inside.cases * all.n <= all.cases * inside.n) return 0;
  return 2 * (log_likelihood(inside.cases, inside.n) + log_likelihood(rest_cases, rest) - log_likelihood(all.cases, all.n));
}

double quasi_p(Tally const& box, Tally const& without_limit) {
  if (box.cases == 0) return 1;
  double const p = without_limit.share(), cases = static_cast<double>(box.cases), others = static_cast<double>(box.n - box.cases);
  return p >= 1 ? 1 : sim::math::beta_tails(p, 1 - p, cases, others + 1).lower;
}

}  // namespace analysis
