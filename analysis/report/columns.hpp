// Reads responses in blocks of rows, so that memory holds only the nations asked for.
#pragma once

#include "analysis/report/histories.hpp"

namespace analysis {

/// What to take from one response.
struct ColumnRequest {
  std::size_t response = 0;
  std::vector<std::size_t> nations;              // one cube each; ignored if the response is not per nation
  std::vector<std::vector<std::size_t>> groups;  // one cube each: the sum over these nations
};

/// Cubes in the order of the request. A response that is not per nation gives one cube in `nations` and no groups.
struct Columns {
  std::vector<Cube> nations;
  std::vector<Cube> groups;
};

Columns read_columns(ResultsSource const& source, Histories const& histories, ColumnRequest const& request);

/// Number of nations whose cubes fit into about 128 MiB; at least 1.
std::size_t nations_at_once(Histories const& histories);

}  // namespace analysis
