// How many bytes replications take in a results file, found by packing their numbers as the file would.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/results.hpp"

namespace app {

/// Collects replications, at most about 8 MB of numbers, and packs them.
class PackedSize {
 public:
  explicit PackedSize(sim::ResultSchema const& schema) : schema_(schema) {}
  void add(sim::ReplicationRecord const& record);
  /// Mean over what was added [bytes]; 0 without any.
  double bytes_per_replication() const;

 private:
  sim::ResultSchema const& schema_;
  std::uint64_t added_ = 0;
  std::size_t bytes_ = 0;
  std::vector<double> responses_;
  std::vector<float> series_;
  std::vector<double> incidents_;  // [rows x columns]
};

/// Bytes of a results file that do not grow with the number of replications: texts, factors, and the quantiles of the
/// series, not packed.
double fixed_results_bytes(sim::ResultSchema const& schema);

}  // namespace app
