// JSON of the timeline of incidents.
#pragma once

#include "analysis/report/json/json.hpp"
#include "analysis/report/timeline.hpp"

namespace analysis {

/// The value of `timeline` of docs/formats/analysis.md; null where there is none.
Json timeline_json(Analysis const& a, std::optional<Timeline> const& timeline);

}  // namespace analysis
