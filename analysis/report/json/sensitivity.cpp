#include "analysis/report/json/json.hpp"

namespace analysis {
namespace {

Json value_of(Index const& index) { return {{"value", num(index.value)}, {"lo", num(index.lo)}, {"hi", num(index.hi)}}; }

Json sobol_of(FactorSensitivity::Sobol const& s) {
  return {{"first", num(s.first.value)}, {"first_lo", num(s.first.lo)}, {"first_hi", num(s.first.hi)},
          {"total", num(s.total.value)}, {"total_lo", num(s.total.lo)}, {"total_hi", num(s.total.hi)}};
}

Json morris_of(MorrisIndex const& m) {
  return {{"mu", num(m.mu.value)},           {"mu_lo", num(m.mu.lo)},           {"mu_hi", num(m.mu.hi)}, {"mu_star", num(m.mu_star.value)},
          {"mu_star_lo", num(m.mu_star.lo)}, {"mu_star_hi", num(m.mu_star.hi)}, {"sigma", num(m.sigma)}};
}

Json delta_of(Delta const& d) {
  Json j = value_of(d.index);
  j["chance"] = num(d.chance);
  j["chance_of_largest"] = num(d.chance_of_largest);
  return j;
}

Json ten_percent_of(FactorSensitivity const& f) {
  Index const& e = f.ten_percent;
  return {{"effect", num(e.value)}, {"lo", num(e.lo)}, {"hi", num(e.hi)}, {"step", num(f.change.step)}, {"step_of", f.change.of == StepOf::median ? "median" : "range"}};
}

Json factor_of(Analysis const& a, FactorSensitivity const& f) {
  Json j{{"name", a.schema.factors[f.factor].name}};
  j["sobol"] = f.sobol ? sobol_of(*f.sobol) : Json(nullptr);
  j["morris"] = f.morris ? morris_of(*f.morris) : Json(nullptr);
  j["delta"] = f.delta ? delta_of(*f.delta) : Json(nullptr);
  j["shapley"] = f.shapley ? value_of(*f.shapley) : Json(nullptr);
  j["ten_percent"] = num(f.ten_percent.value).is_null() ? Json(nullptr) : ten_percent_of(f);
  return j;
}

}  // namespace

Json sensitivity_json(Analysis const& a) {
  if (!a.sensitivity) return nullptr;
  auto const& s = *a.sensitivity;
  auto const name = [&](std::size_t j) { return a.schema.factors[s.factors[j].factor].name; };
  Json j = subject_of(a, *a.headline.subject);
  j["reference"] = a.schema.reference;
  j["output"] = "difference";
  j["design"] = s.design;
  j["futures"] = s.futures;
  j["used"] = s.used;
  j["left_out"] = s.futures - s.used;
  j["left_out_reason"] = s.left_out_reason;
  j["noise_share"] = value_of(s.noise.share);
  j["shapley_explained"] = num(s.shapley_explained);
  j["factors"] = Json::array();
  for (auto const& f : s.factors) j["factors"].push_back(factor_of(a, f));
  j["second_order"] = Json::array();
  for (auto const& pair : s.second_order) {
    Json one{{"factors", Json::array({name(pair.a), name(pair.b)})}};
    one.update(value_of(pair.index));
    j["second_order"].push_back(std::move(one));
  }
  j["by_ignorance"] = Json::array();
  for (std::size_t const k : s.by_ignorance) j["by_ignorance"].push_back(name(k));
  j["by_leverage"] = Json::array();
  for (std::size_t const k : s.by_leverage) j["by_leverage"].push_back(name(k));
  j["notes"] = s.notes;
  return j;
}

}  // namespace analysis
