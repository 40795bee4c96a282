#include "sim/exec/optimistic/optimistic.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <utility>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/exec/inits.hpp"
#include "sim/exec/make_snapshot.hpp"
#include "sim/exec/optimistic/speculation_window.hpp"
#include "sim/exec/optimistic/time_warp_partition.hpp"
#include "sim/exec/worker_team.hpp"

namespace sim {

namespace {

class Optimistic final : public Executor {
 public:
  Optimistic(unsigned threads, OptimisticOptions const& options)
      : threads_(threads), options_(options), partitions_(threads),
        told_{std::vector<Told>(threads), std::vector<Told>(threads)}, team_(threads, [this](unsigned me) { work(me); }) {}

  void start(World& world, RowSink& rows, Time start, RunLimits limits) override {
    set_up(rows, limits);
    world.start(start);
    reset_partitions(world, start, {start, ~std::uint64_t{0}});
    insert_beginning(world, start, rows, [&](std::byte const* record) { insert(record); });
    world_ = &world;
  }

  void resume(World& world, RowSink& rows, std::shared_ptr<Snapshot const> snapshot, RunLimits limits) override {
    set_up(rows, limits);
    world.resume(*snapshot);
    before_ = snapshot->statistics;
    reset_partitions(world, snapshot->time, snapshot->last);
    insert_pending(world, *snapshot, [&](std::byte const* record) { insert(record); });
    world_ = &world;
  }

  void run_until(Time end) override {
    if (world_ == nullptr) throw Error("nothing to run (no world was started, or it has failed) start a new one");
    World& world = *std::exchange(world_, nullptr);  // stays null if something is thrown
    end_ = end;
    team_.run();
    paused_ = std::max(paused_, end);
    world_ = &world;
  }

  RunStatistics statistics() const override {
    RunStatistics all = before_;
    all.outcome = outcome_;
    for (TimeWarpPartition const& partition : partitions_) all += partition.statistics();
    return all;
  }

  ExecutionStatistics execution() const override {
    ExecutionStatistics all = execution_;
    for (TimeWarpPartition const& partition : partitions_) all += partition.execution();
    all.waiting_s = team_.waiting_s();
    return all;
  }

  std::shared_ptr<Snapshot const> snapshot() const override {
    if (world_ == nullptr || outcome_ == RunOutcome::censored) refuse_snapshot();
    std::vector<PendingEntry> pending;
    for (TimeWarpPartition const& partition : partitions_) partition.pending(pending);
    sort_entries(pending);
    return make_snapshot(*world_, paused_, last(), statistics(), pending);
  }

 private:
  /// What the workers do between two meetings.
  enum class Round { ahead, undo, alone, end, failed };

  /// What a worker tells the others before they meet. Two sets, used in turn: nobody writes what another still reads.
  struct alignas(64) Told {
    Time earliest = end_of_time;
    Time stuck = end_of_time;                // of an event whose handler threw
    std::uint64_t events = 0;                // processed and not undone
    std::uint64_t handled = 0, undone = 0;   // in all
    std::uint64_t uncommitted = 0;
    bool censored = false;                   // the limit of events is reached and more are due
    bool failed = false;                     // what it threw is kept
  };
  /// The sum of it, the same for all.
  struct Meeting {
    Time gvt = end_of_time, stuck = end_of_time;
    std::uint64_t events = 0, handled = 0, undone = 0, uncommitted = 0;
    bool censored = false, failed = false;
  };
  void set_up(RowSink& rows, RunLimits limits) {
    world_ = nullptr;
    rows_ = &rows;
    limits_ = limits;
    before_ = {};
    outcome_ = RunOutcome::complete;
    execution_ = {};
    team_.reset();
  }

  void reset_partitions(World const& world, Time origin, EventKey last) {
    std::uint32_t const lps = world.lp_count();
    share_ = std::max(1u, (lps + threads_ - 1) / threads_);
    for (unsigned i = 0; i < threads_; ++i) {
      std::uint32_t const from = std::min(lps, i * share_);
      partitions_[i].reset(world, {i, threads_, from, std::min(lps, from + share_), share_}, last);
    }
    window_.reset(threads_, options_.small_round, options_.window, world.lookahead());
    to_the_end_ = false;
    paused_ = origin;
    table_ = &world.table();
  }

  void insert(std::byte const* record) {
    partitions_[static_cast<std::uint32_t>(reinterpret_cast<EventHeader const*>(record)->to) / share_].insert(record);
  }

  /// Of all partitions' events.
  EventKey last() const {
    EventKey last = partitions_[0].last();
    for (TimeWarpPartition const& partition : partitions_) last = std::max(last, partition.last());
    return last;
  }

  /// Round after round; every worker comes to the same decisions, from what all have told.
  void work(unsigned me) {
    SpeculationWindow window = window_;
    bool to_the_end = to_the_end_;
    unsigned parity = 0;
    Round round = Round::undo;
    Meeting before;
    tell(me, parity);
    while (true) {
      if (threads_ > 1) team_.meet(me);
      Meeting const now = add_up(parity);
      if (round == Round::ahead) window.after_round(now.handled - before.handled, now.undone - before.undone);
      if (round == Round::alone) window.after_alone(now.handled - before.handled, before.gvt, now.gvt);
      to_the_end = to_the_end || now.events > limits_.events;
      round = choose(now, window.ahead() && !to_the_end);
      if (round == Round::failed) break;
      if (me == 0) count(round);
      team_.guarded(me, [&] { return run(me, round, now, window, parity), true; });
      parity ^= 1;
      if (round == Round::end) break;
      if (round != Round::alone) tell(me, parity);
      else if (me == 0) for (unsigned i = 0; i < threads_; ++i) tell(i, parity);
      before = now;
    }
    team_.part();
    if (me != 0) return;
    team_.guarded(0, [&] { return deliver(parity), true; });
    window_ = window;
    to_the_end_ = to_the_end;
  }

  /// What one worker does in one round; what it leaves goes to the boxes and rows of the other parity.
  void run(unsigned me, Round round, Meeting const& now, SpeculationWindow const& window, unsigned parity) {
    if (me == 0) deliver(parity);
    unsigned const next = parity ^ 1;
    if (round == Round::alone) {
      if (me == 0) run_alone(window.alone(), parity);
      return;
    }
    TimeWarpPartition& partition = partitions_[me];
    // Over the limit of events, some of what is before GVT must not commit.
    if (now.events <= limits_.events) partition.commit(std::min(now.gvt, end_), next);
    receive(me, parity, next);
    if (round == Round::undo) partition.undo_all(next);
    if (round == Round::ahead) partition.speculate(now.gvt, window.horizon(now.gvt, end_), options_.memory_max, next);
  }

  Round choose(Meeting const& now, bool ahead) const {
    if (now.failed) return Round::failed;
    if (now.censored) return Round::end;
    if (now.gvt >= end_ && now.events <= limits_.events) return Round::end;
    // A handler threw at the least event of all: it commits, so it is run in its place, to fail there.
    if (ahead && now.stuck != now.gvt) return Round::ahead;
    return now.uncommitted > 0 ? Round::undo : Round::alone;
  }

  void count(Round round) {
    ++execution_.gvt_rounds;
    execution_.meetings += threads_ > 1;
    execution_.windows += round == Round::ahead || round == Round::alone;
    execution_.windows_alone += round == Round::alone;
  }

  Meeting add_up(unsigned parity) const {
    Meeting sum;
    sum.events = before_.events;
    for (Told const& told : told_[parity]) {
      sum.gvt = std::min(sum.gvt, told.earliest);
      sum.stuck = std::min(sum.stuck, told.stuck);
      sum.events += told.events;
      sum.handled += told.handled;
      sum.undone += told.undone;
      sum.uncommitted += told.uncommitted;
      sum.censored = sum.censored || told.censored;
      sum.failed = sum.failed || told.failed;
    }
    return sum;
  }

  void tell(unsigned of, unsigned parity) {
    TimeWarpPartition& partition = partitions_[of];
    std::uint64_t const uncommitted = partition.uncommitted();
    told_[parity][of] = {.earliest = partition.earliest(),
                         .stuck = partition.stuck(),
                         .events = partition.statistics().events + uncommitted,
                         .handled = partition.execution().handled,
                         .undone = partition.execution().rolled_back,
                         .uncommitted = uncommitted,
                         .censored = outcome_ == RunOutcome::censored,
                         .failed = team_.has_failed(of)};
  }

  void receive(unsigned to, unsigned parity, unsigned next) {
    for (TimeWarpPartition& from : partitions_) partitions_[to].receive(from.outbox(parity, to), next);
  }

  /// The first worker runs `events` events of all partitions in order, for good: nothing is uncommitted. Ends between
  /// two times, so that nothing at GVT or later has been run.
  void run_alone(std::uint64_t events, unsigned parity) {
    for (unsigned i = 0; i < threads_; ++i) {
      receive(i, parity, parity ^ 1);
      partitions_[i].forget_stuck();
    }
    std::size_t const stride = table_->layout.stride;
    std::uint64_t committed = statistics().events;
    Time last = end_of_time;
    for (std::uint64_t done = 0;; ++done, ++committed) {
      TimeWarpPartition* const least = least_partition();
      if (least == nullptr) return;
      Time const time = least->front()->key.time;
      if (time >= end_ || (done >= events && time > last)) return;
      if (committed == limits_.events) {
        outcome_ = RunOutcome::censored;
        return;
      }
      last = time;
      ByteBuffer const& sent = least->run_front(*rows_);
      for_each_record({sent.data(), sent.size()}, stride, [&](std::byte const* record) { insert(record); });
    }
  }

  /// The partition of the least event of all; null if there is none.
  TimeWarpPartition* least_partition() {
    TimeWarpPartition* least = nullptr;
    EventHeader const* event = nullptr;
    for (TimeWarpPartition& partition : partitions_) {
      EventHeader const* const other = partition.front();
      if (other == nullptr || (event != nullptr && event->key < other->key)) continue;
      least = &partition;
      event = other;
    }
    return least;
  }

  /// Hands the rows of what was committed in the last round to the sink, in event order.
  void deliver(unsigned parity) {
    for (TimeWarpPartition& partition : partitions_) merge_.collect(partition.rows(parity));
    if (merge_.is_empty()) return;
    merge_.deliver(end_of_time, *table_, *rows_);
    for (TimeWarpPartition& partition : partitions_) partition.rows(parity).reset();
  }

  unsigned const threads_;
  OptimisticOptions const options_;
  World* world_ = nullptr;  // null if there is nothing to continue
  WorldTable const* table_ = nullptr;
  RowSink* rows_ = nullptr;
  RunLimits limits_;
  RunStatistics before_;                   // of the snapshot resumed
  RunOutcome outcome_ = RunOutcome::complete;
  Time paused_, end_;
  std::uint32_t share_ = 1;                // LPs of a partition
  SpeculationWindow window_;
  bool to_the_end_ = false;                // the limit of events is near: one after the other until it is reached
  std::deque<TimeWarpPartition> partitions_;  // [threads]
  std::array<std::vector<Told>, 2> told_;  // [threads]
  ExecutionStatistics execution_;
  RowMerge merge_;
  WorkerTeam team_;
};

}  // namespace

std::unique_ptr<Executor> make_optimistic(unsigned threads, OptimisticOptions const& options) {
  return std::make_unique<Optimistic>(std::max(1u, threads), options);
}

}  // namespace sim
