// A finished results file as the source of an analysis.
#pragma once

#include <filesystem>
#include <memory>

#include "analysis/report/source.hpp"

namespace analysis {

/// Opens the results file at `path`. Throws sim::Error for a file that is missing, foreign, truncated or damaged.
std::unique_ptr<ResultsSource> open_results(std::filesystem::path const& path);

}  // namespace analysis
