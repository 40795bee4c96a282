#include "analysis/report/every_nation.hpp"

#include <algorithm>

namespace analysis {

void every_nation(ResultsSource const& source, Histories const& histories, std::size_t response,
                  std::function<void(std::size_t, Cube const&)> const& visit) {
  std::size_t const nations = source.schema().nations.size(), batch = nations_at_once(histories);
  for (std::size_t first = 0; first < nations; first += batch) {
    ColumnRequest request{response, {}, {}};
    for (std::size_t n = first; n < std::min(nations, first + batch); ++n) request.nations.push_back(n);
    auto const columns = read_columns(source, histories, request);
    for (std::size_t i = 0; i < columns.nations.size(); ++i) visit(first + i, columns.nations[i]);
  }
}

}  // namespace analysis
