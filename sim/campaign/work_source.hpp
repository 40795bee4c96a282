// Where a campaign's workers get what to compute next: from a list of their own, or from a process that hands it out.
#pragma once

#include <cstddef>
#include <cstdint>
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
  /// Replications of those planned at the start that a stopping rule has made needless; any thread, at any time.
  virtual std::uint64_t left_out() const { return 0; }
};

}  // namespace sim
