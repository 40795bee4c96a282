// How far ahead of GVT to run, and whether to run ahead at all; found from what the last rounds gave.
#pragma once

#include <algorithm>
#include <cstdint>

#include "sim/base/time.hpp"

namespace sim {

/// Bounded optimism: the window grows while at least 95 % of what is done stays done, quickly above 98 %; it shrinks
/// below 90 % and is halved below 66 %. Nor does it hold more events than stay in a worker's cache. Depends on counts
/// only, never on a clock, so that every worker keeps its own copy, and all come to the same.
class SpeculationWindow {
 public:
  /// `small_round`: events per worker and round for which meeting does not pay. `fixed` > 0: the width, for ever.
  void reset(unsigned workers, std::uint64_t small_round, Duration fixed, Duration lookahead) {
    *this = {};
    workers_ = workers;
    small_ = small_round * workers;
    is_fixed_ = fixed.ticks > 0;
    width_ = is_fixed_ ? fixed.ticks : lookahead.ticks;
    ahead_ = workers > 1 && small_round == 0;
  }

  /// Where events lie too far ahead of `gvt` to be run, if `end` is not before.
  Time horizon(Time gvt, Time end) const {
    std::int64_t horizon = 0;
    if (__builtin_add_overflow(gvt.ticks, width_, &horizon)) return end;
    return std::min(Time{horizon}, end);
  }

  /// True if the workers run ahead; else one of them runs `alone()` events, in order.
  bool ahead() const { return ahead_; }
  std::uint64_t alone() const { return workers_ == 1 ? ~std::uint64_t{0} : alone_ - done_alone_; }

  /// After a round of all workers.
  void after_round(std::uint64_t handled, std::uint64_t undone) {
    if (settling_ > 0) {  // what came of the last width is undone only now
      --settling_;
      return;
    }
    handled_ += handled;
    undone_ += undone;
    ++rounds_;
    if (rounds_ < 4 || (handled_ < 256 * workers_ && rounds_ < 16)) return;
    std::int64_t const before = width_;
    bool const grown = !is_fixed_ && tune();
    std::uint64_t const kept = handled_ - std::min(handled_, undone_);
    if (kept < small_ * rounds_ && !grown) {
      ahead_ = false;
    } else if (++paying_ == 64) {
      alone_ = alone_first;
    }
    if (width_ != before) settling_ = 2;
    handled_ = undone_ = rounds_ = 0;
  }
  /// After `events` in order between two values of GVT: once they were enough, all run ahead again.
  void after_alone(std::uint64_t events, Time from, Time to) {
    if (workers_ == 1) return;
    done_alone_ += events;
    span_alone_ += static_cast<double>(to.ticks) - static_cast<double>(from.ticks);
    if (done_alone_ < alone_) return;
    if (!is_fixed_ && !is_measured_) {
      double const wanted = span_alone_ / static_cast<double>(done_alone_) * static_cast<double>(first_round * workers_);
      width_ = std::max(width_, static_cast<std::int64_t>(std::min(wanted, static_cast<double>(width_max))));
      is_measured_ = true;
    }
    alone_ = std::min(2 * alone_, alone_last);
    done_alone_ = paying_ = 0;
    span_alone_ = 0;
    ahead_ = true;
  }

 private:
  static constexpr std::uint64_t alone_first = 1024, alone_last = 65536;  // events
  static constexpr std::int64_t width_max = std::int64_t{1} << 61;        // [ticks]
  static constexpr std::uint64_t first_round = 128;                       // events per worker to begin with
  static constexpr std::uint64_t round_grows = 768, round_max = 3072;     // events per worker

  /// True if the window has grown.
  bool tune() {
    std::uint64_t const per_worker = handled_ / (rounds_ * workers_);
    std::uint64_t const undone_percent = undone_ * 100 / std::max<std::uint64_t>(1, handled_);
    if (undone_percent > 34 || per_worker > round_max) {
      width_ = std::max<std::int64_t>(1, width_ / 2);
    } else if (undone_percent > 10) {
      width_ = std::max<std::int64_t>(1, width_ - width_ / 8);
    } else if (undone_percent < 5 && per_worker < round_grows && width_ < width_max) {
      width_ += undone_percent < 2 ? width_ : (width_ + 7) / 8;
      return true;
    }
    return false;
  }

  std::uint64_t workers_ = 1, small_ = 0;
  std::int64_t width_ = 1;  // [ticks]
  bool is_fixed_ = false, is_measured_ = false, ahead_ = false;
  std::uint64_t alone_ = alone_first;
  std::uint64_t handled_ = 0, undone_ = 0, rounds_ = 0;  // since the last tuning
  std::uint64_t done_alone_ = 0;                         // since one worker began to run alone
  double span_alone_ = 0;                                // [ticks]
  unsigned settling_ = 0;                                // rounds not to be looked at
  std::uint64_t paying_ = 0;                             // tunings since one worker ran alone
};

}  // namespace sim
