#include <fmt/format.h>

#include <algorithm>
#include <mutex>

#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/app/results/comparison.hpp"
#include "sim/app/results/recorded_campaign.hpp"
#include "sim/app/stop_signals.hpp"
#include "sim/campaign/campaign.hpp"
#include "sim/campaign/work_order.hpp"
#include "sim/exec/executors.hpp"

namespace app {

namespace {

/// Holds each replication that was run again against the record.
class ComparingSink final : public sim::RecordSink {
 public:
  explicit ComparingSink(RecordedCampaign& campaign) : campaign_(campaign) {}

  void append(sim::ReplicationRecord&& now) override {
    std::scoped_lock const hold(mutex_);  // HDF5: one thread at a time
    keep_columns(campaign_.schema(), campaign_.study().scenario->schema(), now);
    std::vector<std::string> const found = differences(campaign_.schema(), campaign_.read(now.key), now);
    ++compared_;
    if (found.empty()) return;
    ++different_;
    complain(fmt::format("point {}, future {}, replication {}:\n", now.key.point, now.key.future, now.key.replication));
    complain_of(found);
  }
  std::uint64_t compared() const { return compared_; }
  std::uint64_t different() const { return different_; }

 private:
  RecordedCampaign& campaign_;
  std::mutex mutex_;
  std::uint64_t compared_ = 0, different_ = 0;
};

/// Every replication but `count` recorded ones, spread evenly.
sim::ReplicationSet all_but(RecordedCampaign const& campaign, std::size_t count) {
  sim::ReplicationSet chosen(sim::shape_of(campaign.schema())), others(chosen.shape());
  for (std::size_t i = 0; i < count; ++i) chosen.insert(campaign.key(i * campaign.size() / count));
  for (std::uint64_t at = 0; at < chosen.shape().size(); ++at) {
    sim::ReplicationKey const key = chosen.shape().key_at(at);
    if (!chosen.contains(key)) others.insert(key);
  }
  return others;
}

/// Runs `count` replications, spread evenly over the record, again; exit code 4 if any differs.
Exit recompute(RecordedCampaign& campaign, std::size_t count, unsigned jobs) {
  StopSignals const signals;
  ComparingSink sink(campaign);
  sim::WorkOrder order(all_but(campaign, count));
  sim::CampaignOptions const how{.jobs = jobs, .event_limit = campaign.study().study.event_limit, .stop = &signals.request()};
  auto const summary =
      sim::run_campaign(*campaign.study().scenario, sink, [] { return sim::make_executor("sequential"); }, how, order,
                        {order.planned(), order.done_before()});
  print(fmt::format("recomputed: {} of {} replications, {} differ\n", sink.compared(), campaign.size(), sink.different()));
  if (sink.different() > 0) return Exit::verification_differs;
  return summary.stopped ? Exit::stopped_early : Exit::done;
}

}  // namespace

Exit verify(VerifyOptions const& options) {
  RecordedCampaign campaign(options.results);
  print(fmt::format("checksums:  {}\n", campaign.verify()));
  std::size_t const count = options.all ? campaign.size() : std::min<std::size_t>(options.replications, campaign.size());
  return count == 0 ? Exit::done : recompute(campaign, count, options.jobs);
}

}  // namespace app
