#include "analysis/report/json/json.hpp"

namespace analysis {
namespace {

char const* to_string(ControlUse use) {
  switch (use) {
    case ControlUse::used: return "used";
    case ControlUse::constant: return "constant";
    case ControlUse::collinear: return "collinear";
  }
  return "unknown";
}

Json controlled_of(Analysis const& a, ControlledDifference const& d) {
  Json j{{"mean", num(d.adjusted.mean)}, {"lo", num(d.adjusted.lo)}, {"hi", num(d.adjusted.hi)}, {"n", d.adjusted.n}};
  j["factor"] = num(d.factor);
  j["shift"] = num(d.shift.mean);
  j["shift_lo"] = num(d.shift.lo);
  j["shift_hi"] = num(d.shift.hi);
  j["too_few"] = d.too_few;
  for (std::size_t c = 0; c < a.controls.size(); ++c)
    j["controls"].push_back({{"name", a.schema.responses[a.controls[c]].name}, {"use", to_string(d.uses[c])}, {"weight", num(d.weights[c])}});
  return j;
}

Json difference_of(Analysis const& a, Difference const& d) {
  auto const& p = d.value;
  Json j = subject_of(a, d.subject);
  j["reference"] = a.schema.reference;
  j["mean"] = num(p.mean);
  j["lo"] = num(p.lo);
  j["hi"] = num(p.hi);
  j["n"] = p.n;
  j["futures"] = p.futures;
  if (unit_futures(a.schema) > 1) j["units"] = p.units;
  j["dropped"] = p.dropped;
  j["sd"] = num(p.sd);
  j["monte_carlo_se"] = num(p.monte_carlo_se);
  j["future_sd"] = num(p.future_sd);
  j["predictive_lo"] = num(p.predictive_lo);
  j["predictive_hi"] = num(p.predictive_hi);
  j["reference_mean"] = num(p.reference_mean);
  j["relative"] = num(p.relative);
  j["relative_lo"] = num(p.relative_lo);
  j["relative_hi"] = num(p.relative_hi);
  j["share_better"] = num(p.share_better);
  j["share_equal"] = num(p.share_equal);
  j["share_worse"] = num(p.share_worse);
  j["variance_reduction"] = num(p.variance_reduction);
  if (a.schema.antithetic) j["antithetic_factor"] = num(p.antithetic_factor);
  j["cvar95_difference"] = num(p.cvar95.mean);
  j["cvar95_difference_lo"] = num(p.cvar95.lo);
  j["cvar95_difference_hi"] = num(p.cvar95.hi);
  j["exactly_zero"] = p.exactly_zero;
  add_inference(j, d.inference);
  if (d.controlled) j["controlled"] = controlled_of(a, *d.controlled);
  return j;
}

}  // namespace

Json summaries_json(Analysis const& a) {
  Json list = Json::array();
  for (auto const& s : a.summaries) {
    Json j = subject_of(a, s.subject);
    j["n"] = s.n;
    if (unit_futures(a.schema) > 1) j["units"] = s.mean.n;
    j["dropped"] = a.counts_of[s.subject.treatment].planned - s.n;
    j["mean"] = num(s.mean.mean);
    j["lo"] = num(s.mean.lo);
    j["hi"] = num(s.mean.hi);
    j["sd"] = num(s.sd);
    j["q05"] = num(s.q05);
    j["q25"] = num(s.q25);
    j["q50"] = num(s.q50);
    j["q75"] = num(s.q75);
    j["q95"] = num(s.q95);
    j["cvar95"] = num(s.cvar95.mean);
    j["cvar95_lo"] = num(s.cvar95.lo);
    j["cvar95_hi"] = num(s.cvar95.hi);
    j["quantiles"] = quantiles_json(s.quantiles, "value");
    list.push_back(std::move(j));
  }
  return list;
}

Json differences_json(Analysis const& a) {
  Json list = Json::array();
  for (auto const& d : a.differences) list.push_back(difference_of(a, d));
  return list;
}

}  // namespace analysis
