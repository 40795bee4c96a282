// What a source of results tells of single incidents, where it can.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace analysis {

/// Columns of the incident table, in the order asked for; a column that the results do not have is empty.
struct IncidentTable {
  std::vector<std::int32_t> rows;            // of the replication table that each incident belongs to, ascending
  std::vector<std::vector<double>> columns;  // [columns][incidents]; NaN where a value is missing
};

/// A ResultsSource that is one of these too has incidents.
class IncidentSource {
 public:
  virtual ~IncidentSource() = default;
  virtual IncidentTable incidents(std::vector<std::string> const& columns) const = 0;
};

}  // namespace analysis
