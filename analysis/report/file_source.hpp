// A finished results file as the source of an analysis.
#pragma once

#include <filesystem>
#include <memory>

#include "analysis/report/prior_sets.hpp"
#include "analysis/report/source.hpp"

namespace analysis {

/// Opens the results file at `path`. Throws sim::Error for a file that is missing, foreign, truncated or damaged.
std::unique_ptr<ResultsSource> open_results(std::filesystem::path const& path);

/// Opens campaigns that are to stand beside another.
std::vector<Beside> open_beside(std::vector<std::string> const& paths);

}  // namespace analysis
