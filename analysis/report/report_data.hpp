// All that the report page shows, as one JSON object small enough to embed in it.
#pragma once

#include <string>

#include "analysis/report/analysis.hpp"

namespace analysis {

/// The page's data (docs/formats/analysis.md): the analysis, the headline, maps, distributions, curves, interventions,
/// factors, provenance and commands. Numbers have six significant digits. Throws sim::Error like analyze().
std::string report_data(ResultsSource const& source, Options const& options = {});

}  // namespace analysis
