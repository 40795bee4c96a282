// Visits one response of every nation, a few at a time so that memory stays bounded.
#pragma once

#include <functional>

#include "analysis/report/columns.hpp"

namespace analysis {

/// Calls `visit(nation, cube)` for each nation of the study, in order; the response must be per nation.
void every_nation(ResultsSource const& source, Histories const& histories, std::size_t response,
                  std::function<void(std::size_t, Cube const&)> const& visit);

}  // namespace analysis
