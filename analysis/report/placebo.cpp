#include "analysis/report/placebo.hpp"

#include <algorithm>
#include <tuple>

namespace analysis {
namespace {

auto identity(sim::Intervention const& i) {
  return std::tie(i.nation, i.organisation, i.action, i.status, i.from);
}

void take_earlier(std::optional<sim::Date>& first, sim::Date date) {
  if (!first || date < *first) first = date;
}

// Dates at which `a` has an intervention that `b` has not, or not for as long.
void compare(sim::Treatment const& a, sim::Treatment const& b, std::optional<sim::Date>& first) {
  std::vector<bool> used(b.interventions.size());
  for (auto const& i : a.interventions) {
    std::size_t k = 0;
    while (k < used.size() && (used[k] || identity(i) != identity(b.interventions[k]))) ++k;
    if (k == used.size()) {
      take_earlier(first, i.from);
      continue;
    }
    used[k] = true;
    if (i.to != b.interventions[k].to) take_earlier(first, std::min(i.to, b.interventions[k].to));
  }
}

}  // namespace

std::optional<sim::Date> first_difference(sim::Treatment const& a, sim::Treatment const& b) {
  std::optional<sim::Date> first;
  compare(a, b, first);
  compare(b, a, first);
  return first;
}

Placebo placebo(sim::ResultSchema const& schema, Histories const& histories, std::size_t reference) {
  Placebo p;
  std::size_t const width = histories.futures() * histories.replications();
  for (std::size_t point = 0; point < histories.points(); ++point) {
    if (point == reference) continue;
    if (auto const date = first_difference(schema.treatments[point], schema.treatments[reference])) {
      take_earlier(p.first_difference, *date);
    }
    for (std::size_t i = 0; i < width; ++i) {
      std::size_t const row = histories.row_at(point * width + i);
      std::size_t const other = histories.row_at(reference * width + i);
      if (row == Histories::nowhere || other == Histories::nowhere) continue;
      ++p.pairs;
      p.equal_before += histories.rows()[row].digest_before == histories.rows()[other].digest_before;
      p.identical_throughout += histories.rows()[row].digest == histories.rows()[other].digest;
    }
  }
  return p;
}

}  // namespace analysis
