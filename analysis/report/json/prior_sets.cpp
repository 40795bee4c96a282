#include "analysis/report/json/json.hpp"

namespace analysis {

Json prior_sets_json(Analysis const& a) {
  if (!a.prior_sets) return nullptr;
  Json sets = Json::array(), rows = Json::array();
  for (auto const& s : a.prior_sets->sets)
    sets.push_back({{"name", s.name}, {"study", s.study}, {"futures", s.futures}, {"replications", s.replications}, {"seed", std::to_string(s.seed)}});
  for (auto const& row : a.prior_sets->rows) {
    Json by_set = Json::array();
    for (std::size_t i = 0; i < row.by_set.size(); ++i) {
      auto const& e = row.by_set[i];
      by_set.push_back({{"name", a.prior_sets->sets[i].name}, {"mean", num(e.mean)}, {"lo", num(e.lo)}, {"hi", num(e.hi)}, {"predictive_lo", num(e.predictive_lo)},
                        {"predictive_hi", num(e.predictive_hi)}, {"futures", e.futures}, {"share_better", num(e.share_better)}});
    }
    Json j = subject_of(a, {row.response, row.nation, row.treatment});
    j["by_set"] = by_set;
    rows.push_back(std::move(j));
  }
  return {{"sets", sets}, {"rows", rows}, {"notes", a.prior_sets->notes}};
}

}  // namespace analysis
