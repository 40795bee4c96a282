#include <algorithm>

#include "analysis/report/columns.hpp"
#include "analysis/report/report_parts.hpp"

namespace analysis {
namespace {

constexpr std::size_t map_responses = 6;

// The headline response first, then the others that are per nation, in the study's order.
std::vector<std::size_t> mapped(Analysis const& a) {
  std::vector<std::size_t> chosen;
  auto const add = [&](std::size_t r) {
    bool const known = std::find(chosen.begin(), chosen.end(), r) != chosen.end();
    if (a.schema.responses[r].per_nation && !known && chosen.size() < map_responses) chosen.push_back(r);
  };
  if (a.headline.subject) add(a.headline.subject->response);
  for (std::size_t const r : a.responses) add(r);
  return chosen;
}

}  // namespace

std::vector<MapLayer> map_layers(ResultsSource const& source, Histories const& histories, Analysis const& a) {
  std::vector<MapLayer> all;
  std::size_t const nations = a.schema.nations.size();
  for (std::size_t const r : mapped(a)) {
    std::size_t const first_layer = all.size();
    for (std::size_t t = 0; t < histories.points(); ++t) {
      if (t != a.reference) all.push_back({r, t, {}, {}, {}, {}});
    }
    std::size_t const batch = nations_at_once(histories);
    for (std::size_t first = 0; first < nations; first += batch) {
      ColumnRequest request{r, {}, {}};
      for (std::size_t n = first; n < std::min(nations, first + batch); ++n) request.nations.push_back(n);
      auto const columns = read_columns(source, histories, request);
      for (Cube const& cube : columns.nations) {
        for (std::size_t i = first_layer; i < all.size(); ++i) {
          auto const m = mean_difference(histories.arm(cube, all[i].treatment), histories.arm(cube, a.reference));
          all[i].mean.push_back(m.change.mean);
          all[i].lo.push_back(m.change.lo);
          all[i].hi.push_back(m.change.hi);
          all[i].relative.push_back(m.relative);
        }
      }
    }
  }
  return all;
}

}  // namespace analysis
