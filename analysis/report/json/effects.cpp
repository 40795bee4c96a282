#include "analysis/report/json/json.hpp"

namespace analysis {

Json factorial_json(Analysis const& a) {
  if (a.effects.empty()) return nullptr;
  Json list = Json::array();
  for (auto const& e : a.effects) {
    Json j{{"response", a.schema.responses[e.subject.response].name}, {"nation", nation_of(a, e.subject.nation)}};
    j["terms"] = e.terms;
    j["mean"] = num(e.value.effect.mean);
    j["lo"] = num(e.value.effect.lo);
    j["hi"] = num(e.value.effect.hi);
    j["n"] = e.value.blocks;
    j["exactly_zero"] = e.value.exactly_zero;
    for (auto const& alias : e.aliases) j["aliases"].push_back({{"terms", alias.terms}, {"sign", alias.sign}});
    list.push_back(std::move(j));
  }
  return {{"levers", a.schema.levers}, {"effects", list}};
}

Json spillover_json(Analysis const& a) {
  Json list = Json::array();
  for (auto const& s : a.spillovers) {
    list.push_back({{"response", a.schema.responses[s.subject.response].name},
                    {"treatment", a.schema.treatments[s.subject.treatment].name},
                    {"reference", a.schema.reference},
                    {"group", to_string(s.group)},
                    {"nations", s.nations},
                    {"mean", num(s.change.mean)},
                    {"lo", num(s.change.lo)},
                    {"hi", num(s.change.hi)},
                    {"n", s.pairs},
                    {"relative", num(s.relative)},
                    {"exactly_zero", s.exactly_zero}});
  }
  return list;
}

}  // namespace analysis
