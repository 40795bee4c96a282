#include "analysis/report/json/json.hpp"

namespace analysis {
namespace {

Json row_of(Analysis const& a, LeagueRow const& r) {
  return {{"nation", a.schema.nations[r.nation]},   {"treatment", a.schema.treatments[r.treatment].name},
          {"mean", num(r.change.mean)},             {"lo", num(r.change.lo)},
          {"hi", num(r.change.hi)},                 {"futures", r.change.n},
          {"reference_mean", num(r.reference_mean)}, {"relative", num(r.relative)},
          {"exposure_years", num(r.exposure_years)}, {"per_year", num(r.per_year.mean)},
          {"per_year_lo", num(r.per_year.lo)},      {"per_year_hi", num(r.per_year.hi)},
          {"log_ratio", num(r.log_ratio.mean)},     {"log_ratio_lo", num(r.log_ratio.lo)},
          {"log_ratio_hi", num(r.log_ratio.hi)},    {"p", num(r.p)},
          {"holm_p", num(r.holm_p)}};
}

Json estimate_of(Estimate const& e) { return {{"mean", num(e.mean)}, {"lo", num(e.lo)}, {"hi", num(e.hi)}}; }

Json nums(std::vector<double> const& values) {
  Json list = Json::array();
  for (double const x : values) list.push_back(num(x));
  return list;
}

}  // namespace

Json league_json(Analysis const& a) {
  Json list = Json::array();
  for (auto const& league : a.leagues) {
    Json rows = Json::array();
    for (auto const& r : league.rows) rows.push_back(row_of(a, r));
    list.push_back({{"kind", league.kind == League::Kind::own ? "own" : "effect"},
                    {"response", a.schema.responses[league.response].name},
                    {"treatment", league.treatment ? Json(a.schema.treatments[*league.treatment].name) : Json(nullptr)},
                    {"family", league.family},
                    {"left_out", league.left_out},
                    {"rows", rows}});
  }
  return list;
}

Json convergence_json(Analysis const& a) {
  Json list = Json::array();
  for (auto const& c : a.convergence) {
    list.push_back({{"response", a.schema.responses[c.response].name},
                    {"nation", nation_of(a, c.nation)},
                    {"treatment", a.schema.treatments[c.treatment].name},
                    {"counts", c.counts},
                    {"mean", nums(c.mean)},
                    {"lo", nums(c.lo)},
                    {"hi", nums(c.hi)}});
  }
  return list;
}

Json regime_json(Analysis const& a) {
  if (!a.regime) return nullptr;
  auto const& r = *a.regime;
  return {{"response", a.schema.responses[r.response].name},
          {"organisation", r.organisation},
          {"treatment", a.schema.treatments[r.treatment].name},
          {"members", r.members},
          {"n", r.histories},
          {"regime", estimate_of(r.regime)},
          {"sum_direct", estimate_of(r.sum_direct)},
          {"difference", estimate_of(r.difference)}};
}

}  // namespace analysis
