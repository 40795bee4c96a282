// Whether meeting pays: several workers beside other programs may be slower than one of them alone.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace sim {

/// Kept by the first worker. Where it waits much, it tries for a moment how fast it is alone, and stays so for a while if that is
/// faster: a worker without a core holds up all others at every meeting. Depends on the clock, so no result may depend on it.
class Pace {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Span = std::chrono::steady_clock::duration;

  void reset() { *this = {}; }

  /// The first worker is alone from now on: a trial begins here, not with the windows that all have still run together.
  void begin_alone(Time wall_now, std::uint64_t events, Span waited) {
    if (mode_ == Mode::trial && !has_begun_) enter(Mode::trial, trial_for, wall_now, events, waited);
    has_begun_ = true;
  }

  /// True if the first worker should run the next windows alone. `events` run by all so far, `waited` by the first worker.
  bool is_better_alone(Time wall_now, std::uint64_t events, Span waited) {
    if (since_ == Time{}) enter(Mode::together, together_for, wall_now, events, waited);
    if (wall_now - since_ < span_) return mode_ != Mode::together;
    double const elapsed_s = seconds(wall_now - since_);
    double const pace = static_cast<double>(events - events_) / elapsed_s;
    switch (mode_) {
      case Mode::together:
        together_ = pace;
        if (seconds(waited - waited_) > waiting_worth_a_trial * elapsed_s) enter(Mode::trial, trial_for, wall_now, events, waited);
        else enter(Mode::together, together_for, wall_now, events, waited);
        break;
      case Mode::trial:
        if (pace > together_) enter(Mode::alone, patience_, wall_now, events, waited);
        else enter(Mode::together, patience_, wall_now, events, waited);
        patience_ = std::min(2 * patience_, patience_max);
        break;
      case Mode::alone: enter(Mode::together, together_for, wall_now, events, waited); break;
    }
    return mode_ != Mode::together;
  }

 private:
  enum class Mode { together, trial, alone };

  static constexpr Span together_for = std::chrono::milliseconds(20), trial_for = std::chrono::milliseconds(5);
  static constexpr Span patience_min = std::chrono::milliseconds(200), patience_max = std::chrono::seconds(3);
  static constexpr double waiting_worth_a_trial = 0.2;  // share of the time

  static double seconds(Span span) { return std::chrono::duration<double>(span).count(); }

  void enter(Mode mode, Span span, Time wall_now, std::uint64_t events, Span waited) {
    has_begun_ = mode != mode_ ? false : has_begun_;
    mode_ = mode;
    span_ = span;
    since_ = wall_now;
    events_ = events;
    waited_ = waited;
  }

  Mode mode_ = Mode::together;
  bool has_begun_ = false;  // alone
  Span span_{}, waited_{}, patience_ = patience_min;
  Time since_{};
  std::uint64_t events_ = 0;
  double together_ = 0;  // events a second
};

}  // namespace sim
