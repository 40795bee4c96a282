// Tables of the other intervals and tests, league tables and the regime effect for a terminal.
#pragma once

#include <string>

#include "analysis/report/analysis.hpp"

namespace analysis {

/// Medians, bootstrap intervals, tests and parts of the variance of every difference; empty without differences.
std::string inference_text(Analysis const& analysis);

/// League tables, best first, at most 15 rows of each, and the regime effect; empty without any.
std::string league_text(Analysis const& analysis);

}  // namespace analysis
