#include "analysis/report/json/json.hpp"

namespace analysis {
namespace {

Json treatment_of(Analysis const& a, std::size_t t) {
  auto const& r = a.robustness;
  auto const& n = r.numbers[t];
  Json j{{"treatment", a.schema.treatments[t].name},
         {"mean", num(n.mean.mean)},
         {"lo", num(n.mean.lo)},
         {"hi", num(n.mean.hi)},
         {"change", num(r.changes[t].mean)},
         {"change_lo", num(r.changes[t].lo)},
         {"change_hi", num(r.changes[t].hi)},
         {"sd", num(n.sd)},
         {"best", num(n.best)},
         {"worst", num(n.worst)},
         {"p95_bad", num(n.p95_bad)},
         {"cvar95", num(n.cvar95)},
         {"max_regret", num(n.max_regret)},
         {"p90_regret", num(n.p90_regret)},
         {"mean_regret", num(n.mean_regret.mean)},
         {"regret_lo", num(n.mean_regret.lo)},
         {"regret_hi", num(n.mean_regret.hi)},
         {"satisficing", num(n.satisficing.mean)},
         {"satisficing_lo", num(n.satisficing.lo)},
         {"satisficing_hi", num(n.satisficing.hi)}};
  Estimate const cost = r.cost ? r.costs[t] : Estimate{};
  j["cost"] = num(cost.mean);
  j["cost_lo"] = num(cost.lo);
  j["cost_hi"] = num(cost.hi);
  j["on_front"] = r.cost ? Json(!r.dominated_by[t]) : Json(nullptr);
  j["dominated_by"] = r.cost && r.dominated_by[t] ? Json(a.schema.treatments[*r.dominated_by[t]].name) : Json(nullptr);
  return j;
}

Json choice_of(Analysis const& a, Choice const& c) {
  Json tied = Json::array();
  for (std::size_t const t : c.tied_with) tied.push_back(a.schema.treatments[t].name);
  return {{"criterion", name_of(c.criterion)}, {"treatment", a.schema.treatments[c.treatment].name}, {"value", num(c.value)}, {"words", words_of(c.criterion)}, {"tied_with", tied}};
}

}  // namespace

Json robustness_json(Analysis const& a) {
  auto const& r = a.robustness;
  if (!r.subject) return nullptr;
  auto const& response = a.schema.responses[r.subject->response];
  Json treatments = Json::array(), choices = Json::array();
  for (std::size_t t = 0; t < r.numbers.size(); ++t) treatments.push_back(treatment_of(a, t));
  for (auto const& c : r.choices) choices.push_back(choice_of(a, c));
  return {{"response", response.name},
          {"unit", response.unit},
          {"nation", nation_of(a, r.subject->nation)},
          {"cost_response", r.cost ? Json(a.schema.responses[*r.cost].name) : Json(nullptr)},
          {"threshold", num(r.threshold)},
          {"threshold_words", r.threshold_words},
          {"futures", r.futures},
          {"left_out", r.left_out},
          {"treatments", treatments},
          {"choices", choices},
          {"sentences", robustness_sentences(a)}};
}

}  // namespace analysis
