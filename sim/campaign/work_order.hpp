// The order in which a campaign works: every treatment of a history before the next history, future by future.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/base/results.hpp"

namespace sim {

/// Number of treatments, futures, and replications per treatment and future.
struct CampaignShape {
  std::uint32_t points = 0;
  std::uint32_t futures = 0;
  std::uint32_t replications = 0;
  constexpr std::uint64_t size() const { return std::uint64_t{points} * futures * replications; }
};

/// Hands out the replications that are still missing: future outermost, then replication, treatment innermost, so that
/// at any moment the treatments are equally far and the replications that share random numbers finish together.
/// Uses one bit per replication. Not thread-safe.
class WorkOrder {
 public:
  /// A broken contract if a key of `done` lies outside `shape`.
  WorkOrder(CampaignShape shape, std::vector<ReplicationKey> const& done);

  /// The next replication to run; empty when all are handed out.
  std::optional<ReplicationKey> next();
  /// The next replications, at most `most` >= 1, all of the same future and replication; none when all are handed out.
  std::vector<ReplicationKey> next_history(std::size_t most);

  /// Replications that were already done at the start.
  std::uint64_t done_before() const { return done_before_; }

 private:
  std::uint64_t position(ReplicationKey key) const;

  CampaignShape shape_;
  std::vector<bool> done_;
  std::uint64_t done_before_ = 0;
  std::uint64_t next_ = 0;
};

}  // namespace sim
