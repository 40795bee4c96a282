// All that the report page shows, as one JSON object small enough to embed in it.
#pragma once

#include <string>

#include "analysis/report/analysis.hpp"

namespace analysis {

/// What only a program that can run the study again knows.
struct ReportExtras {
  std::string why;                 // JSON of the key `why`; empty: null
  std::vector<std::string> notes;  // more caveats
};

/// The page's data (docs/formats/analysis.md): the analysis, the headline, maps, distributions, curves, interventions,
/// factors, provenance and commands. Numbers have six significant digits. Throws sim::Error like analyze().
std::string report_data(ResultsSource const& source, Options const& options = {}, ReportExtras const& extras = {});

}  // namespace analysis
