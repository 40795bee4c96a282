#include "analysis/discovery/discover.hpp"

#include <algorithm>

#include "analysis/discovery/resampling.hpp"

namespace analysis {
namespace {

Hindrance hindrance_of(FactorTable const& table, Tally const& all, DiscoverOptions const& options) {
  std::size_t const others = all.n - all.cases;
  if (all.n > 0 && all.cases == 0) return Hindrance::no_case;
  if (all.n > 0 && others == 0) return Hindrance::all_cases;
  if (all.n < options.fewest_futures || std::min(all.cases, others) < options.fewest_of_a_kind) return Hindrance::too_few;
  auto const& columns = table.columns();
  bool const varies = std::any_of(columns.begin(), columns.end(), [](FactorColumn const& c) { return c.varies(); });
  return varies ? Hindrance::none : Hindrance::no_factor;
}

Outcomes first_ones(Outcomes outcomes, std::size_t most) {
  auto const rows = rows_of(outcomes);
  for (std::size_t i = most; i < rows.size(); ++i) outcomes[rows[i]] = Outcome::left_out;
  return outcomes;
}

std::vector<double> quasi_ps(FactorTable const& table, Box const& box, Outcomes const& outcomes) {
  std::vector<double> all;
  Tally const inside = tally(table, box, outcomes);
  for (std::size_t i = 0; i < box.size(); ++i) {
    Box without = box;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    all.push_back(quasi_p(inside, tally(table, without, outcomes)));
  }
  return all;
}

}  // namespace

Discovery discover(FactorTable const& table, Outcomes const& outcomes, DiscoverOptions const& options) {
  Discovery d;
  d.all = tally(outcomes);
  d.hindrance = hindrance_of(table, d.all, options);
  if (d.hindrance != Hindrance::none) return d;
  Outcomes const searched = first_ones(outcomes, options.most_searched);
  d.searched = tally(searched).n;
  d.tree = cart(table, searched, options.cart);
  auto first = prim(table, searched, options.prim);
  d.trajectory = std::move(first.trajectory);
  Outcomes rest = searched;
  while (d.boxes.size() < options.most_boxes) {
    auto const chosen = d.boxes.empty() ? first.chosen : prim_choice(table, rest, options.prim);
    if (!chosen) break;
    double const chance = chance_of_separation(table, rest, chosen->separation, options.prim, options.doubt);
    ChosenBox const found = paste(table, rest, *chosen, options.prim);
    bool const worthwhile = d.boxes.empty() || (found.tally.share() > d.all.share() && static_cast<double>(found.tally.cases) >=
                                                                       options.least_coverage * static_cast<double>(tally(searched).cases));
    if (chance > options.doubt.level || !worthwhile) break;
    if (d.boxes.empty()) d.chosen = chosen->step;
    Outcomes all = outcomes;
    for (auto const& box : d.boxes) all = outside(table, box.box, std::move(all));
    d.boxes.push_back({found.box, tally(table, found.box, all), quasi_ps(table, found.box, rest), chance, held_out(table, rest, options.prim, options.doubt),
                       stability(table, rest, found.box, options.prim, options.doubt)});
    rest = outside(table, found.box, std::move(rest));
  }
  return d;
}

}  // namespace analysis
