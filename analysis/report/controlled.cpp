#include "analysis/report/controlled.hpp"

namespace analysis {

std::vector<std::size_t> Controls::positions(sim::ResultSchema const& schema) {
  std::vector<std::size_t> all;
  for (std::size_t r = 0; r < schema.responses.size(); ++r)
    if (schema.responses[r].is_control) all.push_back(r);
  return all;
}

void Controls::read(ResultsSource const& source, Histories const& histories, std::vector<std::size_t> const& nations) {
  cubes_.clear();
  for (std::size_t const control : positions_)
    if (!nations.empty()) cubes_.push_back(read_columns(source, histories, ColumnRequest{control, nations, {}}).nations);
}

std::optional<ControlledDifference> Controls::adjust(Histories const& histories, Cube const& cube, std::size_t i, std::size_t point, std::size_t reference) const {
  if (cubes_.empty()) return {};
  std::vector<ControlArms> controls;
  for (std::size_t c = 0; c < cubes_.size(); ++c) {
    Cube const& of = cubes_[c][schema_->responses[positions_[c]].per_nation ? i : 0];
    controls.push_back({schema_->responses[positions_[c]].name, histories.arm(of, point), histories.arm(of, reference)});
  }
  return controlled_difference(histories.arm(cube, point), histories.arm(cube, reference), controls);
}

}  // namespace analysis
