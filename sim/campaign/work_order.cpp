#include "sim/campaign/work_order.hpp"

#include <algorithm>

#include "sim/base/contracts.hpp"

namespace sim {

WorkOrder::WorkOrder(ReplicationSet done, Shard shard, Stopping* stopping, std::function<void()> fetch)
    : done_(std::move(done)), shard_(shard), stopping_(stopping), fetch_(std::move(fetch)), history_(shard.index) {
  SIM_EXPECT(shard.index < shard.count);
  blocks_ = stopping_ != nullptr && stopping_->counts_futures() ? stopping_->counts() : std::vector{done_.shape().futures};
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
  std::uint64_t const replications = done_.shape().replications;
  auto const end = std::upper_bound(blocks_.begin(), blocks_.end(), history / replications);
  std::uint32_t const first = end == blocks_.begin() ? 0 : *(end - 1);
  std::uint64_t const width = *end - first, within = history - first * replications;
  return {.point = point,
          .future = first + static_cast<std::uint32_t>(within % width),
          .replication = static_cast<std::uint32_t>(within / width)};
}

bool WorkOrder::is_settled() {
  if (stopping_ == nullptr) return true;
  stopping_->look();
  return stopping_->is_settled();
}

bool WorkOrder::is_over() {
  if (stopping_ == nullptr || !is_settled()) return false;
  leave_out_the_rest();
  return true;
}

bool WorkOrder::is_ahead(ReplicationKey const& key) const {
  return stopping_ != nullptr && (stopping_->counts_futures() ? key.future : key.replication) >= stopping_->next_count();
}

void WorkOrder::leave_out(ReplicationKey const& key) {
  if (!done_.contains(key)) std::atomic_ref(left_out_).fetch_add(1, std::memory_order_relaxed);
}

void WorkOrder::leave_out_the_rest() {
  for (; history_ < histories(); history_ += shard_.count, point_ = 0)
    for (; point_ < done_.shape().points; ++point_) leave_out(key_at(history_, point_));
}

std::optional<ReplicationKey> WorkOrder::next() {
  auto const keys = next_history(1);
  if (keys.empty()) return std::nullopt;
  return keys.front();
}

std::vector<ReplicationKey> WorkOrder::next_history(std::size_t most) {
  std::vector<ReplicationKey> keys;
  if (is_over()) return keys;
  while (history_ < histories() && keys.size() < most) {
    ReplicationKey const key = key_at(history_, point_);
    if (keys.empty() && fetch_ && is_ahead(key)) {
      fetch_();
      if (is_over()) return keys;
    }
    bool const is_needed = stopping_ == nullptr || stopping_->needs(key);
    if (!done_.contains(key) && is_needed) keys.push_back(key);
    if (!is_needed) leave_out(key);
    if (++point_ < done_.shape().points) continue;
    point_ = 0;
    history_ += shard_.count;
    if (!keys.empty()) break;
  }
  return keys;
}

}  // namespace sim
