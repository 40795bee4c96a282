// Reads a finished results file, whoever wrote it: everything is checked before it is believed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/results.hpp"
#include "sim/io/provenance.hpp"

namespace sim {

/// A stretch of rows of the replication table; count is cut at the end of the table.
struct Rows {
  std::size_t first = 0;
  std::size_t count = static_cast<std::size_t>(-1);
};

/// Distribution over the finished replications of one point, for one series and one nation.
struct SeriesQuantiles {
  std::vector<double> probabilities;  // 0.05 0.25 0.5 0.75 0.95
  std::vector<float> values;          // [probabilities x other_grid]
  std::vector<float> mean;            // [other_grid]
};

/// Why a replication failed.
struct FailureMessage {
  std::size_t row = 0;  // in the replication table
  std::string text;
};

/// A finished results file, open for reading. Every function throws Error for a damaged file, a name that is not in it
/// or an index out of range. One thread at a time in the whole process (HDF5).
class ResultsFile {
 public:
  /// Opens and checks the file and reads the schema and the replication table. Throws Error for a file that is missing,
  /// foreign, truncated, damaged or of a newer format.
  explicit ResultsFile(std::filesystem::path const& path);
  ResultsFile(ResultsFile&&) noexcept;
  ResultsFile& operator=(ResultsFile&&) noexcept;
  ~ResultsFile();

  /// The study as declared; factor_values, texts and checksums included.
  ResultSchema const& schema() const;
  BuildInfo const& build() const;
  Fingerprint const& fingerprint() const;
  /// Name and value of everything needed to reproduce: version, commit, dirty, compiler, flags, seed, fingerprint, data
  /// checksums; without the long texts.
  std::vector<std::pair<std::string, std::string>> provenance() const;

  /// Number of replications in the file; rows are in the order (point, future, replication).
  std::size_t rows() const;
  std::vector<ReplicationKey> const& keys() const;
  std::vector<ReplicationStatus> const& status() const;
  /// Row of a replication; throws Error if the file does not have it.
  std::size_t row_of(ReplicationKey const& key) const;
  std::vector<double> events() const;
  std::vector<std::uint64_t> digests() const;
  std::vector<std::uint64_t> digests_before() const;
  std::vector<FailureMessage> messages() const;

  /// A response, row-major [rows] or [rows x nations]; NaN where the replication failed.
  std::vector<double> response(std::string_view name, Rows rows = {}) const;
  /// A per-nation response for one nation (index into schema().nations) [rows].
  std::vector<double> response_of(std::string_view name, std::size_t nation, Rows rows = {}) const;
  /// A series of one focal nation (index into schema().focal) [rows x focal_grid]; NaN where the replication failed.
  std::vector<float> focal_series(std::string_view name, std::size_t focal, Rows rows = {}) const;
  /// Quantiles and mean of a series over the finished replications of treatment `point`.
  SeriesQuantiles series_quantiles(std::string_view name, std::size_t point, std::size_t nation) const;

  /// Number of rows of the incident table.
  std::size_t incident_rows() const;
  /// Row of the replication table that each incident belongs to [incident rows]; ascending.
  std::vector<std::int32_t> incident_replications() const;
  /// One column of the incident table, or a stretch of its rows [incident rows]; NaN where a value is missing.
  std::vector<double> incidents(std::string_view column, Rows rows = {}) const;

  /// Reads everything and compares it with the stored checksums; throws Error that names the first damaged dataset.
  void verify() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sim
