// The loop of the executors that run one event after the other; they differ in how they run a handler.
#pragma once

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "sim/base/prefetch.hpp"
#include "sim/base/error.hpp"
#include "sim/exec/failures.hpp"
#include "sim/exec/inits.hpp"
#include "sim/exec/make_snapshot.hpp"
#include "sim/exec/pending_event_set.hpp"
#include "sim/kernel/dispatch.hpp"
#include "sim/kernel/executor.hpp"

namespace sim {

/// `Step` has init(World const&, LpId, Time start, HandlerOutput&) and handle(World const&, EventHeader const&,
/// HandlerOutput&).
template <class Step>
class EventLoop final : public Executor {
 public:
  void start(World& world, RowSink& rows, Time start, RunLimits limits) override {
    world_ = nullptr;
    world.start(start);
    rows_ = &rows;
    limits_ = limits;
    statistics_ = {};
    resumed_events_ = 0;
    last_ = {start, ~std::uint64_t{0}};
    pending_.reset(world.table().layout.stride);
    auto const insert = [&](std::byte const* record) { pending_.insert(record); };
    for_each_record(world.external_records(start), world.table().layout.stride, insert);
    run_inits(world, start, rows, output_, [&](LpId lp) { step_.init(world, lp, start, output_); }, insert);
    paused_ = start;
    world_ = &world;
  }

  std::shared_ptr<Snapshot const> snapshot() const override {
    if (world_ == nullptr || statistics_.outcome == RunOutcome::censored) refuse_snapshot();
    return make_snapshot(*world_, paused_, last_, statistics_, pending_.sorted());
  }

  void resume(World& world, RowSink& rows, std::shared_ptr<Snapshot const> snapshot, RunLimits limits) override {
    world_ = nullptr;
    world.resume(*snapshot);
    rows_ = &rows;
    limits_ = limits;
    statistics_ = snapshot->statistics;
    resumed_events_ = statistics_.events;
    last_ = snapshot->last;
    pending_.reset(snapshot->stride);
    insert_pending(world, *snapshot, [&](std::byte const* record) { pending_.insert(record); });
    paused_ = snapshot->time;
    world_ = &world;
  }

  void run_until(Time end) override {
    if (world_ == nullptr) throw Error("nothing to run (no world was started, or it has failed) start a new one");
    World& world = *std::exchange(world_, nullptr);  // stays null if something is thrown
    WorldTable const& table = world.table();
    while (EventHeader const* const event = pending_.front()) {
      if (event->key.time >= end) break;
      if (statistics_.events == limits_.events) {
        statistics_.outcome = RunOutcome::censored;
        break;
      }
      prefetch(table);
      run_event(world, table, *event);
      if (pause_) [[unlikely]] {
        pause_ = false;
        end = std::min(end, last_.time + tick);
      }
    }
    paused_ = std::max(paused_, end);
    world_ = &world;
  }

  RunStatistics statistics() const override { return statistics_; }
  ExecutionStatistics execution() const override { return {.handled = statistics_.events - resumed_events_}; }

 private:
  void run_event(World const& world, WorldTable const& table, EventHeader const& event) {
    EventKey const key = event.key;
    LpId const lp = event.to;
    if (!(last_ < key)) [[unlikely]] refuse_order(world, event);
    statistics_.ties += table.block(static_cast<std::uint32_t>(lp)).last == key.time;
    output_.clear();
    try {
      step_.handle(world, event, output_);
    } catch (...) {
      rethrow_handler_failure(world, event);
    }
    EventCause const cause = event_cause(table.layout, event);
    if (table.layout.has_cause) [[unlikely]] rows_->event(event, cause);
    pending_.pop();
    if (output_.rows.size() != 0) [[unlikely]] {
      deliver_rows({output_.rows.data(), output_.rows.size()}, table, lp, key, cause.parent, *rows_);
      pause_ = rows_->wants_pause();
    }
    std::size_t const stride = table.layout.stride;
    for (std::size_t at = 0; at < output_.events.size(); at += stride) {
      std::byte const* const record = output_.events.data() + at;
      auto const& sent = *reinterpret_cast<EventHeader const*>(record);
      Duration const delay = sent.key.time - key.time;
      if (sent.to != lp && delay < statistics_.shortest_delay) statistics_.shortest_delay = delay;
      pending_.insert(record);
    }
    ++statistics_.events;
    last_ = key;
  }

  /// When a bucket has been opened, asks the cache for the LPs of the next one and for the parameters of the agents in
  /// this one, whose blocks should have arrived by now.
  void prefetch(WorldTable const& table) {
    if (pending_.opened() == prefetched_) [[likely]] return;
    prefetched_ = pending_.opened();
    for (PendingEntry const& entry : pending_.ahead()) sim::prefetch(receiver(table, entry.event()).agent);
    pending_.visit_next_bucket([&](EventHeader const& event) { sim::prefetch(&receiver(table, event)); });
  }

  static LpBlock& receiver(WorldTable const& table, EventHeader const& event) {
    return table.block(static_cast<std::uint32_t>(event.to));
  }

  [[noreturn]] static void refuse_order(World const& world, EventHeader const& event) {
    throw ReplicationFailure("event is not after the one before it (two events have the same key, or one is in the past)",
                             world.name(event.to), world.type(event.to).events[event.kind].name, event.key.time);
  }

  Step step_;
  World* world_ = nullptr;  // null if there is nothing to continue
  RowSink* rows_ = nullptr;
  bool pause_ = false;  // the sink wants one
  RunLimits limits_;
  RunStatistics statistics_;
  std::uint64_t resumed_events_ = 0;  // of the history before this run
  EventKey last_;
  Time paused_;  // every event before it is committed
  PendingEventSet pending_;
  HandlerOutput output_;
  std::uint64_t prefetched_ = 0;
};

}  // namespace sim
