#include "sim/exec/distributed.hpp"

#include <algorithm>
#include <utility>

#include "sim/base/error.hpp"
#include "sim/exec/inits.hpp"
#include "sim/exec/later_rows.hpp"
#include "sim/exec/make_snapshot.hpp"
#include "sim/exec/mpi_session.hpp"
#include "sim/exec/rank_windows.hpp"
#include "sim/exec/sequential.hpp"
#include "sim/kernel/dispatch.hpp"

namespace sim {

namespace {

class Distributed final : public Executor {
 public:
  void start(World& world, RowSink& rows, Time start, RunLimits limits) override {
    set_up(rows, limits);
    start_ = start;
    together([&] {
      world.start(start);
      windows_.reset(world, start, {start, ~std::uint64_t{0}}, *rows_, limits.events);
      insert_all(world, world.external_records(start));
      HandlerOutput output;
      run_inits(
          world, start, *rows_, output, [&](LpId lp) { run_init(world.table(), lp, start, output); },
          [&](std::byte const* record) { windows_.insert(record); });
    });
    paused_ = start;
    world_ = &world;
  }

  void resume(World& world, RowSink& rows, std::shared_ptr<Snapshot const> snapshot, RunLimits limits) override {
    set_up(rows, limits);
    together([&] {
      world.resume(*snapshot);
      before_ = snapshot->statistics;
      windows_.reset(world, snapshot->time, snapshot->last, *rows_, limits.events - std::min(limits.events, before_.events));
      insert_all(world, snapshot->events);
      insert_all(world, world.external_records(snapshot->time));
    });
    paused_ = snapshot->time;
    resumed_ = std::move(snapshot);
    world_ = &world;
  }

  void run_until(Time end) override {
    if (fallback_) return together([&] { fallback_->run_until(end); });
    if (world_ == nullptr) throw Error("nothing to run (no world was started, or it has failed) start a new one");
    World& world = *std::exchange(world_, nullptr);  // stays null if something is thrown
    bool const is_sound = windows_.run_until(end, failure_);
    failure_.throw_together(ranks_);
    if (!is_sound) return run_again(world, end);
    windows_.share_blocks();
    paused_ = std::max(paused_, end);
    world_ = &world;
  }

  RunStatistics statistics() const override {
    if (fallback_) return fallback_->statistics();
    RunStatistics all = before_;
    all.events += windows_.totals().events;
    all.ties += windows_.totals().ties;
    all.shortest_delay = std::min(all.shortest_delay, windows_.totals().shortest_delay);
    return all;
  }

  ExecutionStatistics execution() const override {
    if (fallback_) return fallback_->execution();
    RankTotals const& all = windows_.totals();
    return {.handled = all.events, .windows = all.windows, .windows_alone = all.windows_alone, .waiting_s = all.waiting_s};
  }

  std::shared_ptr<Snapshot const> snapshot() const override {
    if (fallback_) return fallback_->snapshot();
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
  void set_up(RowSink& rows, RunLimits limits) {
    world_ = nullptr;
    fallback_.reset();
    resumed_.reset();
    sink_ = &rows;
    rows_ = std::make_unique<CountedRows>(rows);
    limits_ = limits;
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

  void insert_all(World const& world, std::span<std::byte const> records) {
    for (std::size_t at = 0; at < records.size(); at += world.table().layout.stride) windows_.insert(records.data() + at);
  }

  /// A handler threw or the limit of events lies within the last windows: every rank runs the whole again, one event after
  /// the other, to fail or stop at exactly the right one; rows that have been handed on are left out.
  void run_again(World& world, Time end) {
    world.rewind();
    later_ = std::make_unique<LaterRows>(*sink_, rows_->rows, rows_->events);
    fallback_ = make_sequential();
    together([&] {
      if (resumed_) fallback_->resume(world, *later_, resumed_, limits_);
      else fallback_->start(world, *later_, start_, limits_);
      fallback_->run_until(end);
    });
  }

  Ranks ranks_;
  RankWindows windows_{ranks_};
  RankFailure failure_;
  World* world_ = nullptr;  // null if there is nothing to continue
  RowSink* sink_ = nullptr;
  std::unique_ptr<CountedRows> rows_;
  RunLimits limits_;
  RunStatistics before_;  // of the snapshot resumed
  std::shared_ptr<Snapshot const> resumed_;
  Time start_, paused_;
  std::unique_ptr<LaterRows> later_;
  std::unique_ptr<Executor> fallback_;
};

}  // namespace

std::unique_ptr<Executor> make_distributed() {
  begin_ranks();
  return std::make_unique<Distributed>();
}

}  // namespace sim
