// The control variates of a study: which responses they are, and differences adjusted by them.
#pragma once

#include <optional>

#include "analysis/estimators/control.hpp"
#include "analysis/report/columns.hpp"

namespace analysis {

/// Controls of the nations at hand. A study without controls has none, and nothing is adjusted.
class Controls {
 public:
  /// Positions of all controls in the schema.
  static std::vector<std::size_t> positions(sim::ResultSchema const& schema);

  Controls(sim::ResultSchema const& schema, std::vector<std::size_t> positions) : schema_(&schema), positions_(std::move(positions)) {}

  /// Reads the controls of some nations.
  void read(ResultsSource const& source, Histories const& histories, std::vector<std::size_t> const& nations);
  /// A difference of the `i`-th of these nations, treatment `point` against `reference`; empty without controls.
  std::optional<ControlledDifference> adjust(Histories const& histories, Cube const& cube, std::size_t i, std::size_t point, std::size_t reference) const;

 private:
  sim::ResultSchema const* schema_;
  std::vector<std::size_t> positions_;
  std::vector<std::vector<Cube>> cubes_;  // [controls][nations]
};

}  // namespace analysis
