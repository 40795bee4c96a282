#include "sim/campaign/splitting/splitting.hpp"

#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "sim/base/error.hpp"
#include "sim/campaign/splitting/level_watch.hpp"
#include "sim/kernel/digest.hpp"
#include "sim/rng/stream_id.hpp"

namespace sim {

namespace {

/// A history as it stood when it first reached a level; without a snapshot one that has not begun.
struct Entrance {
  std::shared_ptr<Snapshot const> snapshot;
  std::shared_ptr<Splittable::Memory const> memory;
  double level = 0;
  std::uint32_t origin = 0;  // branch in which it began
};

/// The trajectories of one stage and what came of them.
struct Stage {
  std::vector<Entrance> reached;
  std::uint64_t events = 0;
};

class Splitting {
 public:
  Splitting(Scenario const& scenario, std::shared_ptr<Future const> future, SplittingRun const& run, ReplicationRecord& record)
      : scenario_(scenario), rare_event_(scenario.schema().rare_event), run_(run), record_(record),
        replication_(scenario.build(std::move(future), record.key)), splittable_(splittable()),
        watch_(splittable_, replication_->rows()), stream_(replication_->world().stream()),
        end_(to_time(scenario.schema().responses.front().window_to)) {}

  /// False if asked to stop.
  bool run() {
    std::size_t const stages = rare_event_.levels.size();
    std::vector<Entrance> entrances(1);
    entrances.front().memory = splittable_.remember();
    std::vector<double>& responses = record_.responses;
    responses.assign(stages + 2, 0);
    double reach = 1;
    for (std::size_t stage = 0; stage < stages && reach > 0; ++stage) {
      std::optional<Stage> done = run_stage(stage, std::move(entrances));
      if (!done) return record_.status == ReplicationStatus::censored;
      responses[stages] += reach * static_cast<double>(done->events) / rare_event_.effort;
      reach *= static_cast<double>(done->reached.size()) / rare_event_.effort;
      responses[stage] = reach;
      record_.events += static_cast<double>(done->events);
      responses.back() = record_.events;
      entrances = std::move(done->reached);
    }
    return true;
  }

 private:
  Splittable& splittable() const {
    Splittable* const splittable = replication_->splittable();
    SIM_CHECK(splittable != nullptr);
    return *splittable;
  }

  /// Empty if asked to stop, and if a history was censored.
  std::optional<Stage> run_stage(std::size_t stage, std::vector<Entrance> entrances) {
    RngStream const rest({stream_.seed, stream_.future, stream_.replication}, stream_id("splitting/entrances"), 0, stage);
    std::vector<std::uint32_t> const starts = spread(entrances.size(), rare_event_.effort, rest);
    Stage result;
    auto branch = static_cast<std::uint32_t>(stage * rare_event_.effort);
    for (std::size_t i = 0; i < entrances.size(); ++i) {
      Entrance const from = std::exchange(entrances[i], {});  // its memory is freed when the last history from it has ended
      for (std::uint32_t j = 0; j < starts[i]; ++j) {
        ++branch;
        if (from.snapshot && from.level >= rare_event_.levels[stage]) {
          result.reached.push_back(from);  // it jumped over this level
          continue;
        }
        if (run_.stop != nullptr && run_.stop->load(std::memory_order_relaxed) == StopRequest::now) return std::nullopt;
        if (!run_trajectory(from, stage, branch, result)) return std::nullopt;
      }
    }
    return result;
  }

  /// False if it was censored.
  bool run_trajectory(Entrance const& from, std::size_t stage, std::uint32_t branch, Stage& result) {
    World& world = replication_->world();
    Executor& executor = run_.executor;
    std::uint32_t const origin = from.snapshot ? from.origin : branch;
    world.rewind();
    splittable_.draw_from({stream_.seed, stream_.future, stream_.replication, branch, origin});
    splittable_.recall(*from.memory);
    double const goal = rare_event_.levels[stage];
    RunLimits const limits{.events = run_.event_limit};
    if (from.snapshot) {
      watch_.begin(from.snapshot->time, from.level, goal);
      executor.resume(world, watch_, from.snapshot, limits);
    } else {
      watch_.begin(scenario_.start(), splittable_.level(), goal);
      executor.start(world, watch_, scenario_.start(), limits);
    }
    RunStatistics const before = from.snapshot ? from.snapshot->statistics : RunStatistics{};
    bool const is_there = !from.snapshot && watch_.wants_pause();  // the rows of the beginning
    if (!from.snapshot && branch == 1) record_.digest_before = world.digest();
    if (!is_there) executor.run_until(end_);
    if (executor.statistics().outcome == RunOutcome::censored) return censor();
    run_.work.add(executor, before);
    result.events += executor.statistics().events - before.events;
    record_.digest = mix_digest(record_.digest, branch, world.digest());
    if (watch_.is_at_goal()) result.reached.push_back(entrance(stage, origin));
    return true;
  }

  Entrance entrance(std::size_t stage, std::uint32_t origin) const {
    if (stage + 1 == rare_event_.levels.size()) return {};  // nothing starts from the event itself
    return {run_.executor.snapshot(), splittable_.remember(), watch_.level(), origin};
  }

  bool censor() {
    record_.status = ReplicationStatus::censored;
    record_.message = "a history of the splitting run has more than " + std::to_string(run_.event_limit) +
                      " events (the study's event_limit) raise it if the model is sound";
    record_.responses.clear();
    return false;
  }

  Scenario const& scenario_;
  RareEventInfo const& rare_event_;
  SplittingRun const& run_;
  ReplicationRecord& record_;
  std::unique_ptr<Replication> replication_;
  Splittable& splittable_;
  LevelWatch watch_;
  ReplicationStream const stream_;
  Time const end_;
};

}  // namespace

std::vector<std::uint32_t> spread(std::size_t entrances, std::uint32_t effort, RngStream rng) {
  std::vector<std::uint32_t> starts(entrances, static_cast<std::uint32_t>(effort / entrances));
  std::vector<std::size_t> order(entrances);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = 0; i < effort % entrances; ++i) {
    std::swap(order[i], order[i + rng.below(static_cast<std::uint32_t>(entrances - i))]);
    ++starts[order[i]];
  }
  return starts;
}

bool run_splitting(Scenario const& scenario, std::shared_ptr<Future const> future, SplittingRun const& run, ReplicationRecord& record) {
  return Splitting(scenario, std::move(future), run, record).run();
}

}  // namespace sim
