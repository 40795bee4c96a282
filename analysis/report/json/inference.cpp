#include "analysis/report/json/json.hpp"

namespace analysis {
namespace {

char const* to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::negligible: return "negligible";
    case Verdict::larger: return "larger";
    case Verdict::smaller: return "smaller";
    case Verdict::unclear: return "unclear";
  }
  return "unclear";
}

Json method_of(VarianceShares const& v) {
  switch (v.method) {
    case VarianceShares::Method::none: return nullptr;
    case VarianceShares::Method::nested: return "nested";
    case VarianceShares::Method::regression: return "regression";
  }
  return nullptr;
}

}  // namespace

Json counts_by_treatment_json(Analysis const& a) {
  Json list = Json::array();
  for (std::size_t t = 0; t < a.counts_of.size(); ++t) {
    Counts const& c = a.counts_of[t];
    list.push_back({{"treatment", a.schema.treatments[t].name}, {"planned", c.planned}, {"done", c.done}, {"failed", c.failed}, {"censored", c.censored}, {"missing", c.missing}});
  }
  return list;
}

Json quantiles_json(std::vector<QuantileEstimate> const& quantiles, char const* what) {
  Json list = Json::array();
  for (auto const& q : quantiles) list.push_back({{"probability", q.probability}, {what, num(q.value.mean)}, {"lo", num(q.value.lo)}, {"hi", num(q.value.hi)}});
  return list;
}

void add_inference(Json& j, Inference const& i) {
  j["p"] = num(i.p);
  j["median"] = num(i.sign.median.mean);
  j["median_lo"] = num(i.sign.median.lo);
  j["median_hi"] = num(i.sign.median.hi);
  j["sign_p"] = num(i.sign.p);
  j["bca_lo"] = num(i.bca.lo);
  j["bca_hi"] = num(i.bca.hi);
  j["equivalence"] = {{"bound", num(i.equivalence.bound)}, {"p", num(i.equivalence.p)}, {"verdict", to_string(i.equivalence.verdict)}};
  j["quantiles"] = quantiles_json(i.quantiles, "difference");
  j["variance"] = {{"method", method_of(i.variance)},
                   {"parametric", num(i.variance.parametric)},
                   {"monte_carlo", num(i.variance.monte_carlo)},
                   {"lo", num(i.variance.lo)},
                   {"hi", num(i.variance.hi)}};
}

}  // namespace analysis
