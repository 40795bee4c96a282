// JSON of an analysis: the parts that to_json puts together, and the values they are made of.
#pragma once

#include <nlohmann/json.hpp>

#include "analysis/report/analysis.hpp"

namespace analysis {

using Json = nlohmann::ordered_json;

/// Undefined numbers become null; minus zero becomes zero.
Json num(double value);
/// ISO code, or null for the world.
Json nation_of(Analysis const& a, std::optional<std::size_t> nation);
/// response, nation, treatment.
Json subject_of(Analysis const& a, Subject const& s);

/// The values of the keys of docs/formats/analysis.md; null or an empty list where the study has no such thing.
Json summaries_json(Analysis const& a);
Json differences_json(Analysis const& a);
Json factorial_json(Analysis const& a);
Json spillover_json(Analysis const& a);
Json rare_event_json(Analysis const& a);
Json stopping_json(Analysis const& a);
Json counts_by_treatment_json(Analysis const& a);
Json league_json(Analysis const& a);
Json convergence_json(Analysis const& a);
Json regime_json(Analysis const& a);
Json prior_sets_json(Analysis const& a);

/// Quantiles with their intervals; `what` is the key of the estimate.
Json quantiles_json(std::vector<QuantileEstimate> const& quantiles, char const* what);
/// Adds the keys of an inference to those of its difference.
void add_inference(Json& difference, Inference const& inference);
Json sensitivity_json(Analysis const& a);
Json discovery_json(Analysis const& a);
Json robustness_json(Analysis const& a);

}  // namespace analysis
