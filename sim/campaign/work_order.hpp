// The order in which a campaign works: one replication of every future and treatment before the next replication.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/base/campaign_shape.hpp"
#include "sim/campaign/work_source.hpp"

namespace sim {

/// Hands out the replications of one shard that are still missing: replication outermost, then future, treatment
/// innermost. At any moment every treatment is equally far, every future has as many replications as any other or one
/// more, and the treatments that share random numbers finish together. History number h, in this order, falls to shard
/// h modulo the number of shards. Memory: one bit per planned replication. Not thread-safe.
class WorkOrder final : public WorkSource {
 public:
  explicit WorkOrder(ReplicationSet done, Shard shard = {});

  /// Replications of this shard, and those of them that were done at the start.
  std::uint64_t planned() const { return planned_; }
  std::uint64_t done_before() const { return done_before_; }

  /// Replications of a history.
  std::uint32_t treatments() const { return done_.shape().points; }

  /// The next replication to run; empty when all are handed out.
  std::optional<ReplicationKey> next();
  std::vector<ReplicationKey> next_history(std::size_t most) override;

 private:
  std::uint64_t histories() const;
  ReplicationKey key_at(std::uint64_t history, std::uint32_t point) const;

  ReplicationSet done_;
  Shard shard_;
  std::uint64_t planned_ = 0, done_before_ = 0;
  std::uint64_t history_ = 0;  // of the next key
  std::uint32_t point_ = 0;
};

}  // namespace sim
