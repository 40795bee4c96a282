// Replications read back from a results file one after the other, in blocks, so that reading all of them takes time in proportion.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "sim/io/results_file.hpp"

namespace app {

/// Reads what a results file keeps of single replications. Fast where the replications of each treatment are asked for in
/// ascending order. Memory: the replication table, and for each treatment a block of rows. One thread at a time.
class RecordedRows {
 public:
  explicit RecordedRows(sim::ResultsFile const& file);
  /// Without the series of nations out of focus. Throws sim::Error for damage.
  sim::ReplicationRecord read(std::size_t row);

 private:
  /// Rows [first, first + count) of everything that has a row per replication.
  struct Block {
    std::size_t first = 0, count = 0;
    std::vector<std::vector<double>> responses;  // of each response, [count x width]
    std::vector<std::vector<float>> series;      // of each series and focal nation, [count x grid]
  };
  /// Rows of the incident table.
  struct Incidents {
    std::size_t first = 0, count = 0;
    std::vector<std::vector<double>> columns;
  };
  Block const& block_with(std::size_t row);
  Incidents const& incidents_with(std::size_t point, std::size_t first, std::size_t count);

  sim::ResultsFile const& file_;
  std::vector<double> events_;
  std::vector<std::uint64_t> digests_, digests_before_;
  std::vector<std::int32_t> owners_;           // of the incident rows
  std::map<std::uint32_t, Block> blocks_;      // by treatment
  std::map<std::size_t, Incidents> incidents_;  // likewise
};

}  // namespace app
