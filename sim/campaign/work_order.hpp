// The order in which a campaign works: one replication of every future and treatment before the next replication.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "sim/base/campaign_shape.hpp"
#include "sim/campaign/stopping.hpp"
#include "sim/campaign/work_source.hpp"

namespace sim {

/// Hands out the replications of one shard that are still missing: replication outermost, then future, treatment
/// innermost. At any moment every treatment is equally far, every future has as many replications as any other or one
/// more, and the treatments that share random numbers finish together. History number h, in this order, falls to shard
/// h modulo the number of shards. Where a stopping rule counts futures, those up to the first look come first with all their
/// replications, then those up to the second, and so on; what the rule no longer needs is left out. Nobody waits for a look: while
/// others still work at what it needs, the order goes on, and the results leave out what turns out to be too much.
/// Memory: one bit per planned replication. Not thread-safe but for left_out().
class WorkOrder final : public WorkSource {
 public:
  /// `stopping` may be null, else it must outlive the order; `fetch` lets it observe what other processes have done, and is
  /// called when a look lacks only that.
  explicit WorkOrder(ReplicationSet done, Shard shard = {}, Stopping* stopping = nullptr, std::function<void()> fetch = {});

  /// Replications of this shard, and those of them that were done at the start.
  std::uint64_t planned() const { return planned_; }
  std::uint64_t done_before() const { return done_before_; }

  /// Replications of a history.
  std::uint32_t treatments() const { return done_.shape().points; }

  /// The next replication to run; empty when all are handed out.
  std::optional<ReplicationKey> next();
  std::vector<ReplicationKey> next_history(std::size_t most) override;
  std::uint64_t left_out() const override { return std::atomic_ref(left_out_).load(std::memory_order_relaxed); }
  /// True once the rule, if there is one, needs nothing more.
  bool is_settled();

 private:
  std::uint64_t histories() const;
  ReplicationKey key_at(std::uint64_t history, std::uint32_t point) const;
  bool is_over();
  bool is_ahead(ReplicationKey const& key) const;
  void leave_out(ReplicationKey const& key);
  void leave_out_the_rest();

  ReplicationSet done_;
  Shard shard_;
  Stopping* stopping_;
  std::function<void()> fetch_;
  std::vector<std::uint32_t> blocks_;  // ends of the stretches of futures that are worked through one after the other
  mutable std::uint64_t left_out_ = 0;  // read by any thread
  std::uint64_t planned_ = 0, done_before_ = 0;
  std::uint64_t history_ = 0;  // of the next key
  std::uint32_t point_ = 0;
};

}  // namespace sim
