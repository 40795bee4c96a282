#include "analysis/discovery/significance.hpp"

#include "analysis/discovery/resampling.hpp"
#include "analysis/estimators/mean.hpp"

namespace analysis {

double chance_of_separation(FactorTable const& table, Outcomes const& outcomes, double observed, PrimOptions const& prim, DoubtOptions const& doubt) {
  auto const rows = rows_of(outcomes);
  std::vector<Outcome> labels;
  for (auto const row : rows) labels.push_back(outcomes[row]);
  double const searches = static_cast<double>(doubt.shuffles + 1);
  double as_good = 1;
  Outcomes shuffled = outcomes;
  for (std::size_t s = 0; s < doubt.shuffles && as_good <= doubt.level * searches; ++s) {
    auto rng = discovery_stream(doubt.seed, Purpose::shuffle, s);
    shuffle(labels, rng);
    for (std::size_t i = 0; i < rows.size(); ++i) shuffled[rows[i]] = labels[i];
    auto const best = prim_choice(table, shuffled, prim);
    as_good += best && best->separation >= observed ? 1 : 0;
  }
  return as_good / searches;
}

HeldOut held_out(FactorTable const& table, Outcomes const& outcomes, PrimOptions const& prim, DoubtOptions const& doubt) {
  HeldOut result{{}, doubt.folds, 0};
  for (auto const& [seen, unseen] : folds_of(outcomes, doubt.folds, doubt.seed)) {
    auto const found = find_box(table, seen, prim);
    if (!found) {
      ++result.without_box;
      continue;
    }
    Tally const t = tally(table, found->box, unseen);
    result.inside.n += t.n;
    result.inside.cases += t.cases;
  }
  return result;
}

Stability stability(FactorTable const& table, Outcomes const& outcomes, Box const& box, PrimOptions const& prim, DoubtOptions const& doubt) {
  Stability result{doubt.resamples, 0, std::vector<FoundAgain>(box.size())};
  auto rows = rows_of(outcomes);
  auto const top = [&](Limit const& l) { return static_cast<std::uint32_t>(table.columns()[l.factor].distinct.size() - 1); };
  for (std::size_t r = 0; r < doubt.resamples; ++r) {
    auto rng = discovery_stream(doubt.seed, Purpose::resample, r);
    shuffle(rows, rng);
    Outcomes part = outcomes;
    for (std::size_t i = rows.size() * 4 / 5; i < rows.size(); ++i) part[rows[i]] = Outcome::left_out;
    auto const found = find_box(table, part, prim);
    if (!found) continue;
    result.any_box += 1;
    for (std::size_t i = 0; i < box.size(); ++i) {
      for (Limit const& l : found->box) {
        if (l.factor != box[i].factor) continue;
        result.limits[i].lo += l.lo > 0;
        result.limits[i].hi += l.hi < top(l);
      }
    }
  }
  double const all = static_cast<double>(doubt.resamples);
  result.any_box /= all;
  for (std::size_t i = 0; i < box.size(); ++i) {
    result.limits[i].lo = box[i].lo > 0 ? result.limits[i].lo / all : undefined;
    result.limits[i].hi = box[i].hi < top(box[i]) ? result.limits[i].hi / all : undefined;
  }
  return result;
}

}  // namespace analysis
