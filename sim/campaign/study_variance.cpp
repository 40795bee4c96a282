#include "sim/campaign/study_parts.hpp"

namespace sim {

void read_variance_reduction(TableReader& root, StudyParts& parts) {
  auto table = root.table("variance_reduction", optional_key("[variance_reduction]"));
  auto& wanted = parts.study.variance_reduction;
  wanted.antithetic = table.flag("antithetic", optional_key("antithetic = true")).value_or(false);
  wanted.controls = table.flag("controls", optional_key("controls = true")).value_or(false);
  table.finish();
  if (wanted.antithetic && parts.study.replications % 2 != 0)
    parts.issues.add(table.where("antithetic"), "an odd number of replications, " + std::to_string(parts.study.replications) + ", cannot be antithetic",
                     "replications 2k and 2k + 1 are the halves of a pair", "choose an even number of replications, or write antithetic = false");
  auto const& known = parts.vocabulary.responses;
  if (wanted.controls && std::none_of(known.begin(), known.end(), [](auto const& response) { return response.is_control; }))
    parts.issues.add(table.where("controls"), "there is no control variate to measure", "this model has none", "write controls = false");
}

}  // namespace sim
