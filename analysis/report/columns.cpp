#include "analysis/report/columns.hpp"

#include <algorithm>

namespace analysis {
namespace {

constexpr std::size_t block_values = std::size_t{1} << 20;  // 8 MiB

void take_row(ColumnRequest const& request, double const* row, std::size_t place, Columns& columns) {
  for (std::size_t i = 0; i < request.nations.size(); ++i) columns.nations[i][place] = row[request.nations[i]];
  for (std::size_t g = 0; g < request.groups.size(); ++g) {
    double sum = 0;
    for (std::size_t const n : request.groups[g]) sum += row[n];
    columns.groups[g][place] = sum;
  }
}

}  // namespace

Columns read_columns(ResultsSource const& source, Histories const& histories, ColumnRequest const& request) {
  auto const& schema = source.schema();
  bool const per_nation = schema.responses.at(request.response).per_nation;
  std::size_t const width = per_nation ? schema.nations.size() : 1;
  ColumnRequest const wanted = per_nation ? request : ColumnRequest{request.response, {0}, {}};
  Columns columns;
  columns.nations.assign(wanted.nations.size(), histories.empty_cube());
  columns.groups.assign(wanted.groups.size(), histories.empty_cube());
  std::size_t const rows = histories.rows().size();
  std::size_t const block = std::max<std::size_t>(1, block_values / width);
  for (std::size_t first = 0; first < rows; first += block) {
    std::size_t const count = std::min(block, rows - first);
    auto const values = source.response(request.response, {first, count});
    for (std::size_t i = 0; i < count; ++i) {
      std::size_t const place = histories.place_of(first + i);
      if (place != Histories::nowhere) take_row(wanted, values.data() + i * width, place, columns);
    }
  }
  return columns;
}

std::size_t nations_at_once(Histories const& histories) {
  std::size_t const bytes = histories.size() * sizeof(double);
  return std::max<std::size_t>(1, (std::size_t{128} << 20) / std::max<std::size_t>(1, bytes));
}

}  // namespace analysis
