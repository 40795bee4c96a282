#include "sim/app/bench/queue_campaign.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "models/queue/queue.hpp"
#include "sim/base/contracts.hpp"

namespace app {

namespace {

constexpr std::array service_rates{1.0, 1.25};  // of the treatments [1/s]; customers come at 0.8 /s
constexpr std::uint32_t replications_per_future = 10;

class QueueReplication final : public sim::Replication, public sim::RowSink {
 public:
  QueueReplication(sim::ReplicationStream const& stream, std::uint32_t point, std::size_t stretches, sim::Time end)
      : model_(queue::build({.service_rate = service_rates[point]}, stream)), end_(end), sums_(stretches), counts_(stretches) {}
  sim::World& world() override { return model_.world; }
  sim::RowSink& rows() override { return *this; }
  void row(sim::RowKey const& key, std::span<std::byte const> bytes) override {
    queue::ServiceBegin begin;
    std::memcpy(&begin, bytes.data(), sizeof begin);
    auto const time = static_cast<double>(key.event.time.ticks) / static_cast<double>(end_.ticks);
    std::size_t const stretch = std::min(sums_.size() - 1, static_cast<std::size_t>(time * static_cast<double>(sums_.size())));
    sums_[stretch] += begin.wait;
    counts_[stretch] += 1;
  }
  void take_over(sim::Replication const&) override {}
  void measure(sim::ReplicationRecord& record) override {
    double sum = 0, count = 0;
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      sum += sums_[i];
      count += counts_[i];
      record.responses.push_back(sums_[i] / std::max(1.0, counts_[i]));
    }
    record.responses.front() = sum / std::max(1.0, count);
  }

 private:
  queue::Model model_;
  sim::Time end_;
  std::vector<double> sums_, counts_;  // of waits, in each stretch
};

}  // namespace

QueueCampaign::QueueCampaign(QueueCampaignSize const& size) : end_(sim::Time{} + sim::second * size.served_s) {
  std::uint64_t const per_future = replications_per_future * service_rates.size();
  schema_.study = "queue_campaign";
  schema_.seed = 1;
  schema_.futures = static_cast<std::uint32_t>((size.replications + per_future - 1) / per_future);
  schema_.replications = replications_per_future;
  schema_.start = schema_.record_from = to_date(start());
  schema_.end = to_date(end_);
  schema_.treatments = {{.name = "slow"}, {.name = "fast"}};
  schema_.reference = "slow";
  for (std::uint32_t i = 0; i < size.responses; ++i) {
    schema_.responses.push_back({.name = "wait_" + std::to_string(i), .unit = "s", .definition = "mean wait",
                                 .window_from = schema_.start, .window_to = schema_.end});
  }
}

std::shared_ptr<sim::Future const> QueueCampaign::prepare(std::uint32_t) const { return std::make_shared<sim::Future>(); }

std::unique_ptr<sim::Replication> QueueCampaign::build(std::shared_ptr<sim::Future const>, sim::ReplicationKey key) const {
  sim::ReplicationStream const stream{.seed = schema_.seed, .future = key.future, .replication = key.replication};
  return std::make_unique<QueueReplication>(stream, key.point, schema_.responses.size(), end_);
}

void QueueCampaign::treat(sim::Replication&, std::uint32_t) const {
  sim::contract_violated("check", "treatments of this campaign have no beginning in common", __FILE__, __LINE__);
}

}  // namespace app
