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

std::vector<ReplicationKey> WorkOrder::next_history(std::size_t most) {
  std::vector<ReplicationKey> keys;
  while (keys.size() < most) {
    std::uint64_t const before = next_;
    std::optional<ReplicationKey> const key = next();
    if (!key) break;
    bool const same = keys.empty() || (key->future == keys.front().future && key->replication == keys.front().replication);
    if (!same) {
      next_ = before;
      break;
    }
    keys.push_back(*key);
  }
  return keys;
}

std::uint64_t WorkOrder::position(ReplicationKey key) const {
  return (std::uint64_t{key.future} * shape_.replications + key.replication) * shape_.points + key.point;
}

}  // namespace sim
