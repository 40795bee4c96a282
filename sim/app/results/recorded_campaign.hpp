// What has been recorded of a campaign, whether its results file is there or only its journals.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/app/results/recorded_rows.hpp"
#include "sim/app/world_study.hpp"
#include "sim/base/campaign_shape.hpp"
#include "sim/io/journal_index.hpp"
#include "sim/io/results_file.hpp"

namespace app {

/// Opens `out`, or the journals that will become it. Every function throws sim::Error for damage. One thread at a time.
class RecordedCampaign {
 public:
  explicit RecordedCampaign(std::string const& out);

  sim::ResultSchema const& schema() const;
  /// The study that the record was made with, ready to run again.
  WorldStudy const& study() const { return *study_; }
  /// Number of replications recorded, and the key of each.
  std::size_t size() const;
  sim::ReplicationKey key(std::size_t i) const;
  sim::ReplicationStatus status(std::size_t i) const;
  /// A response of one nation (of the world where it is not per nation, `nation` unused) in every replication recorded [size()]; NaN where it
  /// failed. From journals it reads all of them once per call.
  std::vector<double> response(std::size_t index, std::size_t nation) const;
  /// What is recorded of `key`, without the series of nations out of focus where a results file tells; throws Error if it is not there.
  sim::ReplicationRecord read(sim::ReplicationKey const& key);
  /// Compares everything with its checksums; what was checked, as a sentence. Throws Error for damage.
  std::string verify() const;

 private:
  std::string out_;
  std::optional<sim::ResultsFile> file_;
  std::optional<RecordedRows> rows_;
  std::optional<sim::JournalIndex> index_;
  std::optional<WorldStudy> study_;
};

}  // namespace app
