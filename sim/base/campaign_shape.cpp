#include "sim/base/campaign_shape.hpp"

#include <algorithm>

#include "sim/base/contracts.hpp"

namespace sim {

CampaignShape shape_of(ResultSchema const& schema) {
  return {static_cast<std::uint32_t>(schema.treatments.size()), schema.futures, schema.replications};
}

bool belongs(ReplicationKey const& key, StoppingInfo const& stopping) {
  if (!stopping.is_settled()) return true;
  return (stopping.unit == "futures" ? key.future : key.replication) < stopping.taken[key.point];
}

std::uint64_t planned_replications(ResultSchema const& schema) {
  StoppingInfo const& stopping = schema.stopping;
  if (!stopping.is_settled()) return shape_of(schema).size();
  std::uint64_t sum = 0;
  for (std::uint32_t const count : stopping.taken) sum += count;
  return sum * (stopping.unit == "futures" ? schema.replications : schema.futures);
}

std::uint32_t futures_together(SamplingInfo const& sampling) {
  auto const factors = static_cast<std::uint32_t>(sampling.factors.size());
  return sampling.type == "saltelli" ? (sampling.second_order ? 2 : 1) * factors + 2 : sampling.type == "morris" ? factors + 1 : 1;
}

std::uint32_t unit_futures(ResultSchema const& schema) {
  return schema.sampling.type == "one_at_a_time" ? std::max<std::uint32_t>(schema.futures, 1) : futures_together(schema.sampling);
}

ReplicationSet::ReplicationSet(CampaignShape shape) : shape_(shape), members_(shape.size(), false) {}

ReplicationSet::ReplicationSet(CampaignShape shape, std::vector<ReplicationKey> const& keys) : ReplicationSet(shape) {
  for (ReplicationKey const& key : keys) insert(key);
}

bool ReplicationSet::contains(ReplicationKey const& key) const {
  return shape_.contains(key) && members_[shape_.position(key)];
}

bool ReplicationSet::insert(ReplicationKey const& key) {
  SIM_CHECK(shape_.contains(key));
  auto member = members_[shape_.position(key)];
  if (member) return false;
  member = true;
  ++size_;
  return true;
}

std::vector<ReplicationKey> ReplicationSet::keys() const {
  std::vector<ReplicationKey> keys;
  keys.reserve(size_);
  for (std::uint64_t at = 0; at < members_.size(); ++at)
    if (members_[at]) keys.push_back(shape_.key_at(at));
  return keys;
}

}  // namespace sim
