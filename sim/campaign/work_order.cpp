#include "sim/campaign/work_order.hpp"

#include "sim/base/contracts.hpp"

namespace sim {

WorkOrder::WorkOrder(CampaignShape shape, std::vector<ReplicationKey> const& done)
    : shape_(shape), done_(shape.size(), false) {
  for (ReplicationKey const& key : done) {
    SIM_CHECK(key.point < shape.points && key.future < shape.futures && key.replication < shape.replications);
    std::uint64_t const at = position(key);
    if (!done_[at]) ++done_before_;
    done_[at] = true;
  }
}

std::optional<ReplicationKey> WorkOrder::next() {
  while (next_ < done_.size() && done_[next_]) ++next_;
  if (next_ == done_.size()) return std::nullopt;
  std::uint64_t const history = next_ / shape_.points;
  ReplicationKey const key{.point = static_cast<std::uint32_t>(next_ % shape_.points),
                           .future = static_cast<std::uint32_t>(history / shape_.replications),
                           .replication = static_cast<std::uint32_t>(history % shape_.replications)};
  ++next_;
  return key;
}

std::uint64_t WorkOrder::position(ReplicationKey key) const {
  return (std::uint64_t{key.future} * shape_.replications + key.replication) * shape_.points + key.point;
}

}  // namespace sim
