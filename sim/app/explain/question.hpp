// What is to be explained: one history, the outcome of a nation in it, and the history that it is compared with.
#pragma once

#include <optional>
#include <string>

#include "sim/app/commands.hpp"
#include "sim/app/results/recorded_campaign.hpp"

namespace app {

struct Question {
  sim::ReplicationKey key;
  std::optional<sim::ReplicationKey> against;  // the same future and replication of another treatment; none: the history is explained alone
  std::size_t response = 0, nation = 0;
  double value = 0, against_value = 0;         // of the response; NaN where there is no pair
  std::string chosen;                          // why this one, in words
};

/// Finds what the options ask for. The worst is the pair in which the treatment makes the response worst compared with the other one, or the
/// history in which it is worst by itself where there is nothing to compare with; ties go to the first. Throws sim::Error for what the campaign
/// does not have, for replications that have not finished, and for a campaign of splitting.
Question question(RecordedCampaign const& campaign, ExplainOptions const& options);

}  // namespace app
