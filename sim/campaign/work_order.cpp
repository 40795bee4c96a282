#include "sim/campaign/work_order.hpp"

#include "sim/base/contracts.hpp"

namespace sim {

WorkOrder::WorkOrder(ReplicationSet done, Shard shard) : done_(std::move(done)), shard_(shard), history_(shard.index) {
  SIM_EXPECT(shard.index < shard.count);
  for (std::uint64_t history = shard.index; history < histories(); history += shard.count) {
    planned_ += done_.shape().points;
    for (std::uint32_t point = 0; point < done_.shape().points; ++point)
      done_before_ += done_.contains(key_at(history, point));
  }
}

std::uint64_t WorkOrder::histories() const {
  return std::uint64_t{done_.shape().futures} * done_.shape().replications;
}

ReplicationKey WorkOrder::key_at(std::uint64_t history, std::uint32_t point) const {
  return {.point = point,
          .future = static_cast<std::uint32_t>(history % done_.shape().futures),
          .replication = static_cast<std::uint32_t>(history / done_.shape().futures)};
}

std::optional<ReplicationKey> WorkOrder::next() {
  auto const keys = next_history(1);
  if (keys.empty()) return std::nullopt;
  return keys.front();
}

std::vector<ReplicationKey> WorkOrder::next_history(std::size_t most) {
  std::vector<ReplicationKey> keys;
  while (history_ < histories() && keys.size() < most) {
    ReplicationKey const key = key_at(history_, point_);
    if (!done_.contains(key)) keys.push_back(key);
    if (++point_ < done_.shape().points) continue;
    point_ = 0;
    history_ += shard_.count;
    if (!keys.empty()) break;
  }
  return keys;
}

}  // namespace sim
