#include "sim/exec/conservative/conservative.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <utility>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/exec/conservative/partition.hpp"
#include "sim/exec/inits.hpp"
#include "sim/exec/make_snapshot.hpp"
#include "sim/exec/rerun.hpp"
#include "sim/exec/worker_team.hpp"

namespace sim {

namespace {

class Conservative final : public Executor {
 public:
  Conservative(unsigned threads, std::uint64_t small_window)
      : threads_(threads), small_window_(small_window), partitions_(threads), told_{std::vector<Told>(threads), std::vector<Told>(threads)},
        team_(threads, [this](unsigned me) { work(me); }) {}

  void start(World& world, RowSink& rows, Time start, RunLimits limits) override {
    set_up(limits);
    rerun_.reset(rows, limits, start);
    world.start(start);
    reset_partitions(world, start, {start, ~std::uint64_t{0}});
    insert_beginning(world, start, rerun_.rows(), [&](std::byte const* record) { insert(record); });
    world_ = &world;
  }

  void resume(World& world, RowSink& rows, std::shared_ptr<Snapshot const> snapshot, RunLimits limits) override {
    set_up(limits);
    rerun_.reset(rows, limits, snapshot);
    world.resume(*snapshot);
    before_ = snapshot->statistics;
    reset_partitions(world, snapshot->time, snapshot->last);
    insert_pending(world, *snapshot, [&](std::byte const* record) { insert(record); });
    world_ = &world;
  }

  void run_until(Time end) override {
    if (Executor* const again = rerun_.executor()) return again->run_until(end);
    if (world_ == nullptr) throw Error("nothing to run (no world was started, or it has failed) start a new one");
    World& world = *std::exchange(world_, nullptr);  // stays null if something is thrown
    end_ = end;
    team_.run();
    if (why_stopped_ == Stop::run_again) return rerun_.run(world, end);
    paused_ = std::max(paused_, end);
    world_ = &world;
  }

  RunStatistics statistics() const override {
    if (Executor const* const again = rerun_.executor()) return again->statistics();
    RunStatistics all = before_;
    for (Partition const& partition : partitions_) all += partition.statistics();
    return all;
  }

  ExecutionStatistics execution() const override {
    ExecutionStatistics all{.windows = windows_, .windows_alone = windows_alone_};
    for (Partition const& partition : partitions_) all.handled += partition.statistics().events;
    all.waiting_s = team_.waiting_s();
    if (rerun_.executor() == nullptr) return all;
    all.rollbacks = 1;  // of everything
    all.rolled_back = all.handled;
    return all += rerun_.executor()->execution();
  }

  std::shared_ptr<Snapshot const> snapshot() const override {
    if (Executor const* const again = rerun_.executor()) return again->snapshot();
    if (world_ == nullptr) refuse_snapshot();
    EventKey last = partitions_[0].last();
    std::vector<PendingEntry> pending;
    for (Partition const& partition : partitions_) {
      last = std::max(last, partition.last());
      partition.calendar().walk([&](std::byte* record) {
        pending.push_back({reinterpret_cast<EventHeader const*>(record)->key.time.ticks, record});
      });
    }
    sort_entries(pending);
    return make_snapshot(*world_, paused_, last, statistics(), pending);
  }

 private:
  /// Why the workers stop.
  enum class Stop { no, at_end, run_again, failed };

  /// What a worker tells the others before they meet. Two sets, used in turn: nobody writes what another still reads.
  struct alignas(64) Told {
    std::uint64_t earliest = WindowCalendar::none;
    std::uint64_t load = 0;    // events in that window, about
    std::uint64_t events = 0;  // committed since the start or resumption
    bool sound = true;         // no handler threw
    bool failed = false;       // what it threw is kept
    std::uint64_t ran = WindowCalendar::none;  // of the first worker: the last window run
  };

  void set_up(RunLimits limits) {
    world_ = nullptr;
    limits_ = limits;
    before_ = {};
    team_.reset();
    windows_ = windows_alone_ = 0;
    counted_ = WindowCalendar::none;
  }

  void reset_partitions(World const& world, Time origin, EventKey last) {
    std::uint32_t const lps = world.lp_count();
    share_ = std::max(1u, (lps + threads_ - 1) / threads_);
    for (unsigned i = 0; i < threads_; ++i) {
      partitions_[i].reset(world, origin, std::min(lps, i * share_), std::min(lps, (i + 1) * share_), threads_, last);
      partitions_[i].limit(limits_.events - std::min(limits_.events, before_.events));
    }
    paused_ = origin;
    table_ = &world.table();
  }

  void insert(std::byte const* record) {
    partitions_[static_cast<std::uint32_t>(reinterpret_cast<EventHeader const*>(record)->to) / share_].insert(record);
  }

  /// Window after window; every worker comes to the same decisions, from what all have told.
  void work(unsigned me) {
    unsigned parity = 0;
    std::uint64_t ran = WindowCalendar::none;
    tell(me, parity, ran);
    Stop why = Stop::no;
    while (true) {
      team_.meet(me);
      std::uint64_t const window = agreed_window(parity);
      bool const alone = is_small(parity, window);
      why = reason_to_stop(parity, window);
      if (me == 0 && why != Stop::run_again && why != Stop::failed) deliver(parity);
      if (why != Stop::no) break;
      if (!alone) {
        if (me == 0) count(window, false);
        drain(me, parity);
        parity ^= 1;
        ran = window;
        bool const sound = run(me, window, parity);
        tell(me, parity, ran, take_over(me) && sound);
      } else {
        if (me == 0) run_alone(parity, window);
        parity ^= 1;
      }
    }
    drain(me, parity);
    if (me == 0) why_stopped_ = why;
    team_.part();
  }

  /// Of the first worker: a window that an end of run_until has cut into pieces is one.
  void count(std::uint64_t window, bool alone) {
    if (window == std::exchange(counted_, window)) return;
    ++windows_;
    windows_alone_ += alone && threads_ > 1;
  }

  std::uint64_t agreed_window(unsigned parity) const {
    std::uint64_t window = WindowCalendar::none;
    for (Told const& told : told_[parity]) window = std::min(window, told.earliest);
    return window;
  }

  /// True if one worker had better run the window alone, because meeting would cost more than it saves.
  bool is_small(unsigned parity, std::uint64_t window) const {
    if (threads_ == 1) return true;
    std::uint64_t load = 0;
    for (Told const& told : told_[parity]) load += told.earliest == window ? told.load : 0;
    return load < small_window_ * threads_;
  }

  Stop reason_to_stop(unsigned parity, std::uint64_t window) const {
    std::uint64_t events = before_.events;
    bool sound = true, failed = false;
    for (Told const& told : told_[parity]) {
      events += told.events;
      sound = sound && told.sound;
      failed = failed || told.failed;
    }
    if (failed) return Stop::failed;
    if (!sound || events > limits_.events) return Stop::run_again;
    // What is left of a window that has been run lies at or after the end.
    if (window == WindowCalendar::none || window == told_[parity][0].ran) return Stop::at_end;
    if (partitions_[0].start_of(window) >= end_) return Stop::at_end;
    return events == limits_.events ? Stop::run_again : Stop::no;
  }

  void tell(unsigned me, unsigned parity, std::uint64_t ran, bool sound = true) {
    Partition const& partition = partitions_[me];
    Told& told = told_[parity][me];
    std::uint64_t const own = partition.earliest();
    told.earliest = std::min(own, partition.earliest_sent());
    told.load = told.earliest == WindowCalendar::none ? 0 : partition.load(told.earliest);
    told.events = partition.statistics().events;
    told.sound = sound;
    told.failed = team_.has_failed(me);
    told.ran = ran;
  }

  bool run(unsigned me, std::uint64_t window, unsigned parity) {
    return team_.guarded(me, [&] { return partitions_[me].run(window, end_, parity); });
  }

  /// Helps the others with the window that all run.
  bool take_over(unsigned me) {
    return team_.guarded(me, [&] {
      bool sound = true;
      for (unsigned i = 1; i < threads_; ++i) sound = partitions_[me].take_over(partitions_[(me + i) % threads_]) && sound;
      return sound;
    });
  }

  /// The first worker runs window after window for all, as long as they are small.
  void run_alone(unsigned parity, std::uint64_t window) {
    unsigned const next = parity ^ 1;
    for (unsigned i = 0; i < threads_; ++i) drain(i, parity);
    while (true) {
      count(window, true);
      bool sound = true;
      for (unsigned i = 0; i < threads_; ++i) sound = run(i, window, next) && sound;
      for (unsigned i = 0; i < threads_; ++i) drain(i, next);
      for (unsigned i = 0; i < threads_; ++i) {
        partitions_[i].forget_sent();
        tell(i, next, window, sound);
      }
      window = agreed_window(next);
      if (reason_to_stop(next, window) != Stop::no || !is_small(next, window)) return;
      deliver(next);
    }
  }

  /// Takes over what has been sent to partition `to`.
  void drain(unsigned to, unsigned parity) {
    std::size_t const stride = table_->layout.stride;
    partitions_[to].release_window();
    for (Partition& from : partitions_) {
      ByteBuffer& box = from.outbox(parity, to);
      for_each_record({box.data(), box.size()}, stride, [&](std::byte const* record) { partitions_[to].insert(record); });
      box.clear();
    }
  }

  /// Hands the rows of the last window to the sink, in event order.
  void deliver(unsigned parity) {
    order_.clear();
    for (Partition& partition : partitions_) {
      WindowLog& log = partition.window_log(parity);
      for (WindowLog::Call const& call : log.calls) order_.push_back({&call, &log});
    }
    if (order_.empty()) return;
    if (order_.size() > 1) {
      std::sort(order_.begin(), order_.end(), [](auto const& a, auto const& b) { return a.call->key < b.call->key; });
    }
    team_.guarded(0, [&] {
      for (Logged const& one : order_) hand_on(one);
      return true;
    });
    for (Partition& partition : partitions_) partition.window_log(parity).clear();
  }

  struct Logged {
    WindowLog::Call const* call;
    WindowLog const* log;
  };

  void hand_on(Logged const& one) {
    auto const& [call, log] = one;
    if (table_->layout.has_cause) {
      auto const& event = *reinterpret_cast<EventHeader const*>(log->events.data() + call->event);
      rerun_.rows().event(event, event_cause(table_->layout, event));
    }
    std::span<std::byte const> const rows(log->rows.data() + call->rows, call->rows_size);
    if (!rows.empty()) deliver_rows(rows, *table_, call->lp, call->key, call->parent, rerun_.rows());
  }

  unsigned const threads_;
  std::uint64_t const small_window_;  // events per worker below which one runs them all
  World* world_ = nullptr;  // null if there is nothing to continue
  WorldTable const* table_ = nullptr;
  Rerun rerun_;
  RunLimits limits_;
  RunStatistics before_;                       // of the snapshot resumed
  Time paused_, end_;
  Stop why_stopped_ = Stop::no;                // written by the first worker
  std::uint32_t share_ = 1;                    // LPs of a partition
  std::deque<Partition> partitions_;           // [threads]
  std::array<std::vector<Told>, 2> told_;      // [threads]
  std::vector<Logged> order_;
  std::uint64_t windows_ = 0, windows_alone_ = 0, counted_ = WindowCalendar::none;  // written by the first worker
  WorkerTeam team_;
};

}  // namespace

std::unique_ptr<Executor> make_conservative(unsigned threads, std::uint64_t small_window) {
  return std::make_unique<Conservative>(std::max(1u, threads), small_window);
}

}  // namespace sim
