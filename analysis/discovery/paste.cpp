#include <algorithm>

#include "analysis/discovery/prim.hpp"

namespace analysis {
namespace {

// The rows that all other limits admit, by the factor of this one.
std::vector<std::uint32_t> slab(FactorTable const& table, Box box, std::size_t index, Outcomes const& outcomes) {
  std::size_t const factor = box[index].factor;
  box.erase(box.begin() + static_cast<std::ptrdiff_t>(index));
  std::vector<std::uint32_t> rows;
  for (std::uint32_t const row : table.columns()[factor].order)
    if (outcomes[row] != Outcome::left_out && contains(table, box, row)) rows.push_back(row);
  return rows;
}

// The limit with one end moved over about `by` rows of its slab: outwards opens it, inwards closes it further.
Limit moved(FactorColumn const& column, std::vector<std::uint32_t> const& rows, Limit limit, bool low, bool outwards, std::size_t by) {
  auto const code = [&](std::size_t i) { return column.code[rows[i]]; };
  std::size_t first = 0, last = rows.size();  // inside is [first, last)
  while (first < rows.size() && code(first) < limit.lo) ++first;
  while (last > first && code(last - 1) > limit.hi) --last;
  std::uint32_t const top = static_cast<std::uint32_t>(column.distinct.size() - 1);
  if (low && outwards) limit.lo = by >= first ? 0 : code(first - by);
  if (!low && outwards) limit.hi = last + by >= rows.size() ? top : code(last - 1 + by);
  if (low && !outwards && first + by < last) limit.lo = code(first + by);
  if (!low && !outwards && last > first + by) limit.hi = code(last - 1 - by);
  return limit;
}

}  // namespace

ChosenBox paste(FactorTable const& table, Outcomes const& outcomes, ChosenBox chosen, PrimOptions const& options) {
  Tally const all = tally(outcomes);
  std::size_t const fewest = std::max(options.fewest_futures, static_cast<std::size_t>(options.least_mass * static_cast<double>(all.n)));
  double best = separation(chosen.tally, all);
  std::size_t by = std::max<std::size_t>(1, static_cast<std::size_t>(options.alpha * static_cast<double>(chosen.tally.n)));
  while (by > 0) {
    ChosenBox better = chosen;
    for (std::size_t i = 0; i < chosen.box.size(); ++i) {
      auto const& column = table.columns()[chosen.box[i].factor];
      auto const rows = slab(table, chosen.box, i, outcomes);
      std::uint32_t const top = static_cast<std::uint32_t>(column.distinct.size() - 1);
      for (int const move : {0, 1, 2, 3}) {
        bool const low = move < 2, outwards = move % 2 == 0, open = low ? chosen.box[i].lo == 0 : chosen.box[i].hi == top;
        if (open) continue;
        Box box = chosen.box;
        box[i] = moved(column, rows, box[i], low, outwards, by);
        if (box[i].lo == 0 && box[i].hi == top) continue;
        Tally const inside = tally(table, box, outcomes);
        double const value = separation(inside, all);
        if (inside.n < fewest || !(value > best)) continue;
        best = value;
        better.box = box;
        better.tally = inside;
      }
    }
    if (better.box == chosen.box) by /= 2;
    chosen = better;
  }
  return chosen;
}

std::optional<ChosenBox> find_box(FactorTable const& table, Outcomes const& outcomes, PrimOptions const& options) {
  auto const chosen = prim_choice(table, outcomes, options);
  return chosen ? std::optional(paste(table, outcomes, *chosen, options)) : std::nullopt;
}

}  // namespace analysis
