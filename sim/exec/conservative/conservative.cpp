#include "sim/exec/conservative/conservative.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <utility>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/exec/conservative/distances.hpp"
#include "sim/exec/conservative/pace.hpp"
#include "sim/exec/conservative/partition.hpp"
#include "sim/exec/inits.hpp"
#include "sim/exec/make_snapshot.hpp"
#include "sim/exec/rerun.hpp"
#include "sim/exec/worker_team.hpp"

namespace sim {

namespace {

/// Rows that a worker holds before it meets the others although it could run on [bytes].
constexpr std::size_t rows_max = std::size_t{1} << 20;
/// Windows that one worker runs for all before it looks again at how full those to come are, where looking is dear.
constexpr std::uint64_t look_interval = 64;

class Conservative final : public Executor {
 public:
  Conservative(unsigned threads, std::uint64_t small_window)
      : threads_(threads), small_window_(small_window), partitions_(threads),
        told_{std::vector<Told>(threads), std::vector<Told>(threads)},
        outputs_{std::vector<Output>(threads), std::vector<Output>(threads)},
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
    for (Partition& partition : partitions_) partition.run_until(end);
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
    ExecutionStatistics all{.windows_alone = windows_alone_, .meetings = meetings_};
    for (Partition const& partition : partitions_) {
      all.handled += partition.statistics().events;
      all.windows = std::max(all.windows, partition.windows());
    }
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
    std::uint64_t due = WindowCalendar::none;       // its first window
    std::uint64_t earliest = WindowCalendar::none;  // that, or the first window of what it has sent
    std::uint64_t load = 0;    // events in its windows before any other worker can act on it, about
    std::uint64_t events = 0;  // committed since the start or resumption
    bool sound = true;         // no handler threw
    bool failed = false;       // what it threw is kept
    bool alone = false;        // of the first worker: it is faster without the others
    std::vector<std::uint64_t> sent;  // [threads] first window of what it has sent to each; if they run ahead of each other
  };

  /// What comes of a worker's windows; likewise two sets.
  struct alignas(64) Output {
    Outboxes outboxes;
    CommittedRows rows;
  };

  /// What all come to know at a meeting.
  struct Agreed {
    std::uint64_t window = WindowCalendar::none;  // nobody has an event in an earlier one
    std::uint64_t load = 0;
    std::uint64_t events = 0;
    bool sound = true, failed = false, alone = false;
  };

  void set_up(RunLimits limits) {
    world_ = nullptr;
    limits_ = limits;
    before_ = {};
    team_.reset();
    merge_.reset();
    pace_.reset();
    windows_alone_ = meetings_ = 0;
    is_better_alone_ = false;
  }

  void reset_partitions(World const& world, Time origin, EventKey last) {
    ranges_ = LpRanges(world.lp_count(), threads_);
    ranges_.follow(world.regions());
    for (unsigned i = 0; i < threads_; ++i) {
      partitions_[i].reset(world, origin, ranges_, i, last);
      partitions_[i].limit(limits_.events - std::min(limits_.events, before_.events));
      for (auto& outputs : outputs_) {
        outputs[i].outboxes.reset(threads_);
        outputs[i].rows.reset();
      }
    }
    distances_ = Distances(world, ranges_, partitions_[0].window_width());
    paused_ = origin;
    table_ = &world.table();
  }

  void insert(std::byte const* record) {
    partitions_[ranges_.owner(static_cast<std::uint32_t>(reinterpret_cast<EventHeader const*>(record)->to))].insert(record);
  }

  /// Meeting after meeting; every worker comes to the same decisions, from what all have told.
  void work(unsigned me) {
    unsigned parity = 0;
    tell(me, parity);
    Stop why = Stop::no;
    while (true) {
      team_.meet(me);
      Agreed const all = agreed(parity);
      why = reason_to_stop(all);
      if (me == 0) {
        look_at_pace(all.events);
        meetings_ += threads_ > 1;
        if (why != Stop::run_again && why != Stop::failed) deliver(parity, why == Stop::no ? all.window : WindowCalendar::none);
      }
      if (why != Stop::no) break;
      if (is_small(all)) {
        if (me == 0) run_alone(parity, all.window);
        parity ^= 1;
        continue;
      }
      std::uint64_t const bound = distances_.least() > 1 ? reachable(me, parity) : all.window + 1;
      drain(me, parity);
      parity ^= 1;
      bool const sound = distances_.least() > 1 ? run_ahead(me, bound, parity) : run_together(me, all.window, parity);
      tell(me, parity, sound);
    }
    drain(me, parity);
    if (me == 0) why_stopped_ = why;
    team_.part();
  }

  Agreed agreed(unsigned parity) const {
    Agreed all{.events = before_.events, .alone = told_[parity][0].alone};
    for (Told const& told : told_[parity]) {
      all.window = std::min(all.window, told.earliest);
      all.events += told.events;
      all.sound = all.sound && told.sound;
      all.failed = all.failed || told.failed;
    }
    for (Told const& told : told_[parity]) {
      if (told.due < windows_after(all.window, distances_.least())) all.load += told.load;
    }
    return all;
  }

  /// True if one worker had better run the window alone, because meeting would cost more than it saves.
  bool is_small(Agreed const& all) const { return threads_ == 1 || all.alone || all.load < small_window_ * threads_; }

  Stop reason_to_stop(Agreed const& all) const {
    if (all.failed) return Stop::failed;
    if (!all.sound || all.events > limits_.events) return Stop::run_again;
    if (all.window == WindowCalendar::none || partitions_[0].start_of(all.window) >= end_) return Stop::at_end;
    return all.events == limits_.events ? Stop::run_again : Stop::no;
  }

  void tell(unsigned me, unsigned parity, bool sound = true, bool looks = true) {
    Partition const& partition = partitions_[me];
    Told& told = told_[parity][me];
    told.due = partition.due();
    told.earliest = std::min(told.due, outputs_[parity][me].outboxes.earliest());
    told.load = 0;
    if (looks && told.due != WindowCalendar::none) {
      told.load = partition.load(told.due, windows_after(told.due, distances_.least()));
    }
    if (distances_.least() > 1) {
      told.sent.clear();
      for (Outbox const& box : outputs_[parity][me].outboxes.to) told.sent.push_back(box.earliest);
    }
    told.events = partition.statistics().events;
    told.sound = sound;
    if (me == 0) told.alone = is_better_alone_;
    told.failed = team_.has_failed(me);
  }

  std::uint64_t told_events(unsigned parity) const {
    std::uint64_t events = 0;
    for (Told const& told : told_[parity]) events += told.events;
    return events;
  }

  /// Of the first worker, where `events` have been run by all so far and no more: no mode counts another's events.
  void look_at_pace(std::uint64_t events) {
    if (threads_ == 1 || small_window_ == 0) return;
    is_better_alone_ = pace_.is_better_alone(std::chrono::steady_clock::now(), events, team_.waited(0));
  }

  /// The first window in which another worker may still act on this one.
  std::uint64_t reachable(unsigned me, unsigned parity) const {
    std::uint64_t bound = WindowCalendar::none;
    for (unsigned other = 0; other < threads_; ++other) {
      if (other == me) continue;
      std::uint64_t due = told_[parity][other].due;
      for (Told const& told : told_[parity]) due = std::min(due, told.sent[other]);
      bound = std::min(bound, windows_after(due, distances_.between(other, me)));
    }
    return bound;
  }

  bool run(unsigned me, std::uint64_t window, unsigned parity) {
    Output& output = outputs_[parity][me];
    return partitions_[me].run(window, output.outboxes, output.rows);
  }

  /// One window, which all run at once.
  bool run_together(unsigned me, std::uint64_t window, unsigned parity) {
    return team_.guarded(me, [&] {
      bool sound = run(me, window, parity);
      for (unsigned i = 1; i < threads_; ++i) sound = partitions_[me].take_over(partitions_[(me + i) % threads_]) && sound;
      return sound;
    });
  }

  /// Window after window before the first in which another worker may act on this one: what it has already, or what comes
  /// of something that this one sends.
  bool run_ahead(unsigned me, std::uint64_t bound, unsigned parity) {
    Output const& output = outputs_[parity][me];
    return team_.guarded(me, [&] {
      for (std::uint64_t window = partitions_[me].due(); window < bound; window = partitions_[me].due()) {
        if (!run(me, window, parity)) return false;
        for (unsigned other = 0; other < threads_; ++other) {
          bound = std::min(bound, windows_after(output.outboxes.to[other].earliest, distances_.between(other, me)));
        }
        if (output.rows.bytes() > rows_max) break;
      }
      return true;
    });
  }

  /// The first worker runs window after window for all, as long as they are small.
  void run_alone(unsigned parity, std::uint64_t window) {
    unsigned const next = parity ^ 1;
    for (unsigned i = 0; i < threads_; ++i) drain(i, parity);
    pace_.begin_alone(std::chrono::steady_clock::now(), before_.events + told_events(parity), team_.waited(0));
    for (std::uint64_t done = 1;; ++done) {
      bool sound = true;
      std::uint64_t const before = partitions_[0].windows();
      for (unsigned i = 0; i < threads_; ++i) {
        if (partitions_[i].is_past(window)) continue;
        sound = team_.guarded(0, [&] { return run(i, window, next); }) && sound;
      }
      windows_alone_ += threads_ > 1 && partitions_[0].windows() != before;
      for (unsigned i = 0; i < threads_; ++i) drain(i, next);
      bool const looks = distances_.least() == 1 || done % look_interval == 0;
      for (unsigned i = 0; i < threads_; ++i) tell(i, next, sound, looks);
      Agreed all = agreed(next);
      window = all.window;
      look_at_pace(all.events);
      told_[next][0].alone = all.alone = is_better_alone_;
      if (reason_to_stop(all) != Stop::no || !is_small(all)) return;
      deliver(next, window);
    }
  }

  /// Takes over what has been sent to partition `to`.
  void drain(unsigned to, unsigned parity) {
    std::size_t const stride = table_->layout.stride;
    partitions_[to].release_window();
    for (Output& from : outputs_[parity]) {
      Outbox& box = from.outboxes.to[to];
      for_each_record({box.records.data(), box.records.size()}, stride,
                      [&](std::byte const* record) { partitions_[to].insert(record); });
      box.clear();
    }
  }

  /// Hands the rows of the last windows to the sink, in event order, up to `window`, before which all is done.
  void deliver(unsigned parity, std::uint64_t window) {
    for (Output const& output : outputs_[parity]) merge_.collect(output.rows);
    if (merge_.is_empty()) return;
    Time const end = window == WindowCalendar::none ? end_of_time : partitions_[0].start_of(window);
    team_.guarded(0, [&] {
      merge_.deliver(end, *table_, rerun_.rows());
      return true;
    });
    for (Output& output : outputs_[parity]) output.rows.reset();
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
  LpRanges ranges_{0, 1};
  Distances distances_{1};                     // between the workers
  std::deque<Partition> partitions_;           // [threads]
  std::array<std::vector<Told>, 2> told_;      // [threads]
  std::array<std::vector<Output>, 2> outputs_;  // [threads], two sets in turn like what is told
  RowMerge merge_;
  std::uint64_t windows_alone_ = 0, meetings_ = 0;  // written by the first worker
  Pace pace_;                                       // likewise
  bool is_better_alone_ = false;                    // likewise
  WorkerTeam team_;
};

}  // namespace

std::unique_ptr<Executor> make_conservative(unsigned threads, std::uint64_t small_window) {
  return std::make_unique<Conservative>(std::max(1u, threads), small_window);
}

}  // namespace sim
