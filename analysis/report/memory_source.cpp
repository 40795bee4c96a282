#include "analysis/report/source.hpp"

namespace analysis {
namespace {

template <class T>
std::vector<T> slice(std::vector<T> const& table, RowRange range, std::size_t width) {
  auto const first = table.begin() + static_cast<std::ptrdiff_t>(range.first * width);
  return {first, first + static_cast<std::ptrdiff_t>(range.count * width)};
}

}  // namespace

std::vector<double> MemorySource::response(std::size_t index, RowRange range) const {
  return slice(responses.at(index), range, study.responses.at(index).per_nation ? study.nations.size() : 1);
}

std::vector<float> MemorySource::focal_series(std::size_t index, std::size_t focal, RowRange range) const {
  return slice(series.at(index).at(focal), range, study.focal_grid.size());
}

}  // namespace analysis
