#include "sim/exec/distributed/distributed.hpp"

#include <algorithm>
#include <utility>

#include "sim/base/error.hpp"
#include "sim/exec/distributed/mpi_session.hpp"
#include "sim/exec/distributed/rank_windows.hpp"
#include "sim/exec/inits.hpp"
#include "sim/exec/make_snapshot.hpp"
#include "sim/exec/rerun.hpp"

namespace sim {

namespace {

class Distributed final : public Executor {
 public:
  void start(World& world, RowSink& rows, Time start, RunLimits limits) override {
    set_up();
    rerun_.reset(rows, limits, start);
    together([&] {
      world.start(start);
      windows_.reset(world, start, {start, ~std::uint64_t{0}}, rerun_.rows(), limits.events);
      insert_beginning(world, start, rerun_.rows(), [&](std::byte const* record) { windows_.insert(record); });
    });
    paused_ = start;
    world_ = &world;
  }

  void resume(World& world, RowSink& rows, std::shared_ptr<Snapshot const> snapshot, RunLimits limits) override {
    set_up();
    rerun_.reset(rows, limits, snapshot);
    together([&] {
      world.resume(*snapshot);
      before_ = snapshot->statistics;
      windows_.reset(world, snapshot->time, snapshot->last, rerun_.rows(), limits.events - std::min(limits.events, before_.events));
      insert_pending(world, *snapshot, [&](std::byte const* record) { windows_.insert(record); });
    });
    paused_ = snapshot->time;
    world_ = &world;
  }

  void run_until(Time end) override {
    if (Executor* const again = rerun_.executor()) return together([&] { again->run_until(end); });
    if (world_ == nullptr) throw Error("nothing to run (no world was started, or it has failed) start a new one");
    World& world = *std::exchange(world_, nullptr);  // stays null if something is thrown
    bool const is_sound = windows_.run_until(end, failure_);
    failure_.throw_together(ranks_);
    // Every rank runs the whole again by itself.
    if (!is_sound) return together([&] { rerun_.run(world, end); });
    windows_.share_blocks();
    paused_ = std::max(paused_, end);
    world_ = &world;
  }

  RunStatistics statistics() const override {
    if (Executor const* const again = rerun_.executor()) return again->statistics();
    RunStatistics all = before_;
    return all += windows_.totals().statistics;
  }

  ExecutionStatistics execution() const override {
    if (Executor const* const again = rerun_.executor()) return again->execution();
    ExecutionStatistics all = windows_.totals().execution;
    all.handled = windows_.totals().statistics.events;
    return all;
  }

  std::shared_ptr<Snapshot const> snapshot() const override {
    if (Executor const* const again = rerun_.executor()) return again->snapshot();
    if (world_ == nullptr) refuse_snapshot();
    std::vector<PendingEntry> pending;
    auto records = windows_.gather_pending();
    for (ByteBuffer& of_rank : records) {
      for (std::size_t at = 0; at < of_rank.size(); at += world_->table().layout.stride) {
        std::byte* const record = of_rank.data() + at;
        pending.push_back({reinterpret_cast<EventHeader const*>(record)->key.time.ticks, record});
      }
    }
    sort_entries(pending);
    return make_snapshot(*world_, paused_, windows_.totals().last, statistics(), pending);
  }

 private:
  void set_up() {
    world_ = nullptr;
    before_ = {};
    failure_.clear();
  }

  /// Runs `part`, which needs no other rank; what it throws on one rank makes all throw.
  template <class Part>
  void together(Part part) {
    try {
      part();
    } catch (...) {
      failure_.keep();
    }
    failure_.throw_together(ranks_);
  }

  Ranks ranks_;
  RankWindows windows_{ranks_};
  RankFailure failure_;
  World* world_ = nullptr;  // null if there is nothing to continue
  Rerun rerun_;
  RunStatistics before_;  // of the snapshot resumed
  Time paused_;
};

}  // namespace

std::unique_ptr<Executor> make_distributed() {
  begin_ranks();
  return std::make_unique<Distributed>();
}

}  // namespace sim
