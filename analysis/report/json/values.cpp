#include <cmath>

#include "analysis/report/json/json.hpp"

namespace analysis {

Json num(double value) { return std::isfinite(value) ? Json(value + 0.0) : Json(nullptr); }

Json nation_of(Analysis const& a, std::optional<std::size_t> nation) {
  return nation ? Json(a.schema.nations[*nation]) : Json(nullptr);
}

Json subject_of(Analysis const& a, Subject const& s) {
  return {{"response", a.schema.responses[s.response].name},
          {"nation", nation_of(a, s.nation)},
          {"treatment", a.schema.treatments[s.treatment].name}};
}

}  // namespace analysis
