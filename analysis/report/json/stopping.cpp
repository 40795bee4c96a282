#include "analysis/estimators/watched.hpp"
#include "analysis/report/json/json.hpp"

namespace analysis {
namespace {

char const* to_string(sim::LookState state) {
  return state == sim::LookState::reached ? "reached" : state == sim::LookState::exhausted ? "exhausted" : "open";
}

}  // namespace

Json stopping_json(Analysis const& a) {
  auto const& rule = a.schema.stopping;
  if (!rule.is_rule()) return nullptr;
  Json taken = Json::array(), looks = Json::array();
  for (std::size_t t = 0; t < rule.taken.size(); ++t) taken.push_back({{"treatment", a.schema.treatments[t].name}, {"count", rule.taken[t]}});
  for (auto const& row : rule.looks) {
    auto const& target = rule.targets[row.target];
    looks.push_back({{"count", rule.counts[row.look]}, {"target", sim::name_of(target)}, {"treatment", a.schema.treatments[row.point].name}, {"n", row.n},
                     {"estimate", num(row.estimate)}, {"lo", num(row.lo)}, {"hi", num(row.hi)}, {"wanted_half_width", num(row.wanted)},
                     {"count_needed", num(row.needed)}, {"doubt", words_of(static_cast<Doubt>(row.doubt))}, {"state", to_string(row.state)}});
  }
  return {{"unit", rule.unit}, {"counts", rule.counts}, {"confidence", rule.confidence}, {"look_level", rule.look_level},
          {"settled", rule.is_settled()}, {"taken", taken}, {"looks", looks}};
}

}  // namespace analysis
