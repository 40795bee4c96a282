#include "sim/app/campaign/run_ranks.hpp"

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

#include "sim/app/campaign/branch_option.hpp"
#include "sim/app/world_study.hpp"
#include "sim/campaign/campaign.hpp"
#include "sim/exec/distributed/mpi_session.hpp"
#include "sim/exec/executors.hpp"

namespace app {

namespace {

/// An executor whose ranks agree, before each piece of a run, on what they have been asked to do.
class Agreeing final : public sim::Executor {
 public:
  Agreeing(std::unique_ptr<sim::Executor> executor, StopSignals const& signals, std::atomic<sim::StopRequest>& agreed)
      : executor_(std::move(executor)), signals_(signals), agreed_(agreed) {}
  void start(sim::World& world, sim::RowSink& rows, sim::Time start, sim::RunLimits limits) override {
    executor_->start(world, rows, start, limits);
  }
  void run_until(sim::Time end) override {
    agreed_ = static_cast<sim::StopRequest>(sim::greatest_of_ranks(static_cast<int>(signals_.request().load())));
    executor_->run_until(end);
  }
  sim::RunStatistics statistics() const override { return executor_->statistics(); }
  sim::ExecutionStatistics execution() const override { return executor_->execution(); }
  std::shared_ptr<sim::Snapshot const> snapshot() const override { return executor_->snapshot(); }
  void resume(sim::World& world, sim::RowSink& rows, std::shared_ptr<sim::Snapshot const> snapshot,
              sim::RunLimits limits) override {
    executor_->resume(world, rows, std::move(snapshot), limits);
  }

 private:
  std::unique_ptr<sim::Executor> executor_;
  StopSignals const& signals_;
  std::atomic<sim::StopRequest>& agreed_;
};

/// The other ranks compute the same records; the first one keeps them.
class NoRecords final : public sim::RecordSink {
 public:
  void append(sim::ReplicationRecord&&) override {}
};

}  // namespace

Invitation::~Invitation() {
  if (is_given_ || sim::rank_count() == 1) return;
  std::vector<std::byte> nothing;
  sim::take_from_first_rank(nothing);
}

void Invitation::give(std::vector<sim::ReplicationKey> const& already_done) {
  if (sim::rank_count() == 1) return;
  std::vector<std::byte> message{std::byte{1}};
  auto const keys = std::as_bytes(std::span(already_done));
  message.insert(message.end(), keys.begin(), keys.end());
  is_given_ = true;
  sim::take_from_first_rank(message);
}

Exit follow_first_rank(RunOptions const& options) {
  StopSignals const signals;
  std::vector<std::byte> message;
  sim::take_from_first_rank(message);
  if (message.empty()) return Exit::done;
  std::vector<sim::ReplicationKey> already_done((message.size() - 1) / sizeof(sim::ReplicationKey));
  if (!already_done.empty()) std::memcpy(already_done.data(), message.data() + 1, message.size() - 1);
  auto const study = open_study(options.study, options.overrides);
  if (!study) return Exit::bad_input;
  AgreedStop stop(signals, true);
  NoRecords sink;
  sim::CampaignOptions const how{.jobs = 1,
                                 .event_limit = study->study.event_limit,
                                 .branch_at = branch_time(branch_of(options.branch_at, study->study)),
                                 .stop = &stop.request()};
  (void)sim::run_campaign(*study->scenario, sink, [&] { return stop.make_executor(options.executor, options.threads); },
                          how, already_done);
  return Exit::done;
}

AgreedStop::AgreedStop(StopSignals const& signals, bool together)
    : signals_(signals), together_(together && sim::rank_count() > 1) {}

std::atomic<sim::StopRequest> const& AgreedStop::request() const {
  return together_ ? agreed_ : signals_.request();
}

std::unique_ptr<sim::Executor> AgreedStop::make_executor(std::string const& name, unsigned threads) {
  auto executor = sim::make_executor(name, std::max(1U, threads));
  if (!together_) return executor;
  return std::make_unique<Agreeing>(std::move(executor), signals_, agreed_);
}

}  // namespace app
