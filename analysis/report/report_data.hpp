// All that the report page shows, as one JSON object small enough to embed in it.
#pragma once

#include <functional>
#include <string>

#include "analysis/report/analysis.hpp"

namespace analysis {

/// What only a program that can run the study again knows.
struct ReportExtras {
  std::string why;                 // JSON of the key `why`; empty: null
  std::vector<std::string> notes;  // more caveats
};

/// Finds them for what the headline is about; nothing if it compares nothing.
using FindExtras = std::function<ReportExtras(std::optional<Subject> const& headline)>;

/// The page's data (docs/formats/analysis.md): the analysis, the headline, maps, distributions, curves, interventions,
/// factors, provenance and commands. Numbers have six significant digits. Throws sim::Error like analyze().
std::string report_data(ResultsSource const& source, Options const& options = {}, FindExtras const& extras_of = {});

}  // namespace analysis
