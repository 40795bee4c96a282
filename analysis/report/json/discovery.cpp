#include "analysis/report/json/json.hpp"

namespace analysis {
namespace {

Json limits_of(Analysis const& a, std::vector<FactorLimit> const& limits, bool of_box) {
  Json list = Json::array();
  for (auto const& l : limits) {
    auto const& factor = a.schema.factors[l.factor];
    list.push_back({{"factor", factor.name},         {"unit", factor.unit}, {"lo", num(l.bounds.lo)}, {"hi", num(l.bounds.hi)}, {"quasi_p", num(l.quasi_p)},
                    {"range", Json::array({num(l.least), num(l.most)})}});
    if (!of_box) continue;
    list.back()["found_again_lo"] = num(l.found_again.lo);
    list.back()["found_again_hi"] = num(l.found_again.hi);
  }
  return list;
}

Json box_of(Analysis const& a, DiscoveredBox const& b) {
  return {{"limits", limits_of(a, b.limits, true)},
          {"coverage", num(b.coverage)},
          {"density", num(b.density.mean)},
          {"density_lo", num(b.density.lo)},
          {"density_hi", num(b.density.hi)},
          {"mass", num(b.mass)},
          {"n", b.numbers.tally.n},
          {"cases", b.numbers.tally.cases},
          {"chance", num(b.numbers.chance)},
          {"confirmed", b.is_confirmed},
          {"held_out", {{"n", b.numbers.held_out.inside.n}, {"cases", b.numbers.held_out.inside.cases}, {"density", num(b.held_out.mean)}, {"lo", num(b.held_out.lo)}, {"hi", num(b.held_out.hi)},
                        {"folds", b.numbers.held_out.folds}, {"without_box", b.numbers.held_out.without_box}}}};
}

Json trajectory_of(Discovery const& found) {
  Json list = Json::array();
  for (std::size_t i = 0; i < found.trajectory.size(); ++i) {
    auto const& [box, tally] = found.trajectory[i];
    list.push_back({{"coverage", num(static_cast<double>(tally.cases) / static_cast<double>(found.trajectory.front().tally.cases))},
                    {"density", num(tally.share())},
                    {"mass", num(static_cast<double>(tally.n) / static_cast<double>(found.trajectory.front().tally.n))},
                    {"restricted", box.size()},
                    {"chosen", found.chosen == i}});
  }
  return list;
}

Json points_of(Analysis const& a) {
  auto const& d = a.discovery;
  if (d.axes.empty()) return nullptr;
  Json rows = Json::array();
  for (auto const& p : d.points) rows.push_back(Json::array({num(p.x), num(p.y), p.is_case ? 1 : 0}));
  return {{"factors", Json::array({a.schema.factors[d.axes[0]].name, a.schema.factors[d.axes[1]].name})}, {"rows", rows}};
}

Json stability_of(ScenarioDiscovery const& d) {
  if (d.boxes.empty()) return nullptr;
  auto const& s = d.boxes.front().numbers.stability;
  return {{"resamples", s.resamples}, {"any_box", num(s.any_box)}};
}

}  // namespace

Json discovery_json(Analysis const& a) {
  auto const& d = a.discovery;
  if (!d.subject) return nullptr;
  Json j = subject_of(a, *d.subject);
  j["reference"] = a.schema.reference;
  j["outcome"] = case_words(d.sought);
  j["threshold"] = num(d.threshold);
  j["futures"] = d.futures;
  j["left_out"] = d.left_out;
  j["dependent"] = d.dependent;
  j["searched"] = d.found.searched;
  j["cases"] = d.found.all.cases;
  j["base_share"] = num(d.base.mean);
  j["base_lo"] = num(d.base.lo);
  j["base_hi"] = num(d.base.hi);
  j["helps_share"] = d.sought == Sought::level ? Json(nullptr) : num(d.helps.mean);
  j["hurts_share"] = num(d.hurts.mean);
  j["hurts_lo"] = num(d.hurts.lo);
  j["hurts_hi"] = num(d.hurts.hi);
  j["unclear_share"] = num(d.unclear);
  Json boxes = Json::array(), leaves = Json::array(), importance = Json::array();
  for (auto const& b : d.boxes) boxes.push_back(box_of(a, b));
  for (auto const& l : d.leaves)
    leaves.push_back({{"limits", limits_of(a, l.limits, false)}, {"n", l.tally.n}, {"cases", l.tally.cases}, {"share", num(l.share.mean)}, {"lo", num(l.share.lo)}, {"hi", num(l.share.hi)}});
  for (auto const& [factor, value] : d.importance) importance.push_back({{"factor", a.schema.factors[factor].name}, {"value", num(value)}});
  j["prim"] = {{"boxes", boxes}, {"trajectory", trajectory_of(d.found)}};
  j["cart"] = {{"leaves", leaves}, {"importance", importance}};
  j["sentences"] = discovery_sentences(a);
  j["points"] = points_of(a);
  j["stability"] = stability_of(d);
  return j;
}

}  // namespace analysis
