// A row sink that watches a level rise and asks for a pause where it reaches its goal.
#pragma once

#include <span>

#include "sim/campaign/splitting/splittable.hpp"
#include "sim/kernel/row.hpp"

namespace sim {

class LevelWatch final : public RowSink {
 public:
  /// Hands rows on to `rows`, from which `splittable` makes its level.
  LevelWatch(Splittable const& splittable, RowSink& rows) : splittable_(splittable), rows_(rows) {}

  /// Begins with a history at `time` that has reached `level` and is to reach `goal`.
  void begin(Time time, double level, double goal) {
    time_ = time;
    level_ = level;
    goal_ = goal;
    is_told_ = true;
  }

  void event(EventHeader const& event, EventCause const& cause) override { rows_.event(event, cause); }
  /// Throws Error if the executor has gone on without asking for a pause.
  void row(RowKey const& key, std::span<std::byte const> bytes) override {
    if (!is_told_ && key.event.time != time_) [[unlikely]] refuse_executor();
    is_told_ = false;
    time_ = key.event.time;
    rows_.row(key, bytes);
  }
  /// True at the goal, and where the history is over. Throws Error, with both values and the date, if the level has fallen.
  bool wants_pause() override;

  double level() const { return level_; }
  bool is_at_goal() const { return level_ >= goal_; }

 private:
  [[noreturn]] static void refuse_executor();

  Splittable const& splittable_;
  RowSink& rows_;
  Time time_;
  double level_ = 0, goal_ = 0;
  bool is_told_ = true;  // the executor knows whether to pause after the last row
};

}  // namespace sim
