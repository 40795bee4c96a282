// A campaign of short histories of a queue, of a length and a number of responses that one chooses: to measure what keeping results costs.
#pragma once

#include <cstdint>

#include "sim/campaign/scenario.hpp"

namespace app {

/// Sizes of the campaign.
struct QueueCampaignSize {
  std::uint64_t replications = 2000;  // in all; rounded up to whole futures of two treatments
  std::uint32_t responses = 50;
  double served_s = 1000;             // simulated time of a history [s]; about three events to a second
};

/// One M/M/1 queue; the second treatment has a faster server. The responses are its mean wait, then that of every stretch of the history.
class QueueCampaign final : public sim::Scenario {
 public:
  explicit QueueCampaign(QueueCampaignSize const& size);

  sim::Time start() const override { return {}; }
  sim::Time end() const override { return end_; }
  sim::Time first_difference() const override { return {}; }
  sim::ResultSchema const& schema() const override { return schema_; }
  std::shared_ptr<sim::Future const> prepare(std::uint32_t index) const override;
  std::unique_ptr<sim::Replication> build(std::shared_ptr<sim::Future const> future, sim::ReplicationKey key) const override;
  /// Never called: the treatments have no beginning in common.
  void treat(sim::Replication& replication, std::uint32_t point) const override;

 private:
  sim::Time end_;
  sim::ResultSchema schema_;
};

}  // namespace app
