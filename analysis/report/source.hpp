// Where the numbers of an analysis come from: a finished results file, or tables in memory.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/results.hpp"

namespace analysis {

/// One row of the replication table.
struct ReplicationRow {
  sim::ReplicationKey key;
  sim::ReplicationStatus status = sim::ReplicationStatus::done;
  std::uint64_t digest = 0;         // of the whole trace
  std::uint64_t digest_before = 0;  // of the trace before the first date on which treatments differ
};

/// Why the replication of a row failed.
struct RowMessage {
  std::size_t row = 0;
  std::string text;
};

/// A stretch of rows, already inside the table.
struct RowRange {
  std::size_t first = 0;
  std::size_t count = 0;
};

/// Results of one campaign. Row numbers refer to replications(); the order of rows means nothing, their keys do.
/// Values of a replication that is not done are never used.
class ResultsSource {
 public:
  virtual ~ResultsSource() = default;
  virtual sim::ResultSchema const& schema() const = 0;
  virtual std::vector<ReplicationRow> replications() const = 0;
  virtual std::vector<RowMessage> messages() const = 0;
  /// Response `index` of the schema: [count], or [count x nations] if it is per nation; NaN where it is not defined.
  virtual std::vector<double> response(std::size_t index, RowRange rows) const = 0;
  /// A series of one focal nation. [count x focal_grid]
  virtual std::vector<float> focal_series(std::size_t series, std::size_t focal, RowRange rows) const = 0;
  /// Name and value of what is needed to reproduce the campaign.
  virtual std::vector<std::pair<std::string, std::string>> provenance() const = 0;
};

/// Tables in memory. Arrays are row-major and as long as the schema says.
class MemorySource final : public ResultsSource {
 public:
  sim::ResultSchema study;
  std::vector<ReplicationRow> rows;
  std::vector<RowMessage> row_messages;
  std::vector<std::vector<double>> responses;               // [responses][rows (x nations)]
  std::vector<std::vector<std::vector<float>>> series;      // [series][focal][rows x focal_grid]
  std::vector<std::pair<std::string, std::string>> origin;  // provenance

  sim::ResultSchema const& schema() const override { return study; }
  std::vector<ReplicationRow> replications() const override { return rows; }
  std::vector<RowMessage> messages() const override { return row_messages; }
  std::vector<double> response(std::size_t index, RowRange range) const override;
  std::vector<float> focal_series(std::size_t index, std::size_t focal, RowRange range) const override;
  std::vector<std::pair<std::string, std::string>> provenance() const override { return origin; }
};

}  // namespace analysis
