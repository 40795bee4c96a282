// Where a campaign's workers get what to compute next: from a list of their own, or from a process that hands it out.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/base/results.hpp"

namespace sim {

/// Hands out the replications that are still missing, each once.
class WorkSource {
 public:
  virtual ~WorkSource() = default;
  /// The next replications, at most `most` >= 1, all of the same future and replication; none when all are handed out.
  /// One call at a time, from any thread.
  virtual std::vector<ReplicationKey> next_history(std::size_t most) = 0;
};

}  // namespace sim
