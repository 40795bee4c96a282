// Pending events by windows of simulated time, unordered within a window; what the conservative executor takes them from.
#pragma once

#include <array>
#include <cstdint>
#include <limits>

#include "sim/base/time.hpp"
#include "sim/exec/record_chunks.hpp"

namespace sim {

/// Hierarchical timing wheels (G. Varghese, A. Lauck, SOSP 1987) whose slots are windows: level 0 holds the windows that
/// agree with the current one in all but the lowest digit (base 256), level 1 those that agree in all but the lowest
/// two, and so on. Inserting is an append; a record moves down once per level.
class WindowCalendar {
 public:
  static constexpr std::uint64_t none = std::numeric_limits<std::uint64_t>::max();

  /// Empties the calendar; windows have `width` >= one tick and count from `origin`, before which nothing is inserted.
  void reset(std::size_t stride, Time origin, Duration width);

  /// The window of a time at or after the origin.
  std::uint64_t window_of(Time time) const {
    std::uint64_t const ticks = static_cast<std::uint64_t>(time.ticks) - origin_;
    if (ticks >= divided_from_) [[unlikely]] return ticks / width_;
    __extension__ using Product = unsigned __int128;
    auto window = static_cast<std::uint64_t>(Product{ticks} * reciprocal_ >> 64);
    window -= window * width_ > ticks;  // the rounded reciprocal is one too high at most
    return window;
  }
  /// First tick of a window.
  Time start_of(std::uint64_t window) const {
    return Time{static_cast<std::int64_t>(origin_ + window * width_)};
  }
  /// First tick after a window; the end of time if that comes first.
  Time end_of(std::uint64_t window) const;

  /// Adds a copy of a record whose window is not before the current one.
  void insert(std::byte const* record) {
    auto const& event = *reinterpret_cast<EventHeader const*>(record);
    copy_record(chunks_.append(slot(window_of(event.key.time))), record, chunks_.stride());
    ++size_;
  }

  /// No event is in an earlier window than this one; `none` if there is none at all. There may be none in it either, if it
  /// is far.
  std::uint64_t earliest() const;
  /// Makes `window` the current one; there must be nothing before it.
  void advance(std::uint64_t window);
  /// Takes the records of the current window out; to be given back with `release`.
  RecordChain take();
  void release(RecordChain& chain) { chunks_.release(chain); }
  /// Records in the windows [first, end), and some others where far windows share a slot.
  std::size_t count(std::uint64_t first, std::uint64_t end) const;

  /// The current window, and the ticks of each.
  std::uint64_t now() const { return now_; }
  Duration width() const { return Duration{static_cast<std::int64_t>(width_)}; }
  std::size_t size() const { return size_; }
  RecordChunks<32> const& chunks() const { return chunks_; }
  /// Calls f(record) for every record.
  template <class F>
  void walk(F&& f) const {
    for (auto const& level : levels_) {
      for (RecordChain const& chain : level) chunks_.walk(chain, f);
    }
  }

 private:
  static constexpr unsigned digit_bits = 8, levels = 64 / digit_bits;
  static constexpr std::uint64_t slots = std::uint64_t{1} << digit_bits;

  RecordChain& slot(std::uint64_t window) {
    std::uint64_t const differs = window ^ now_;
    if (differs < slots) [[likely]] return mark(0, window % slots);
    unsigned const level = (63u - static_cast<unsigned>(__builtin_clzll(differs))) / digit_bits;
    return mark(level, window >> (level * digit_bits) & (slots - 1));
  }
  RecordChain& mark(unsigned level, std::uint64_t at) {
    used_[level][at / 64] |= std::uint64_t{1} << at % 64;
    return levels_[level][at];
  }
  void clear(unsigned level, std::uint64_t at) {
    used_[level][at / 64] &= ~(std::uint64_t{1} << at % 64);
    levels_[level][at] = {};
  }

  RecordChunks<32> chunks_;
  std::uint64_t origin_ = 0, width_ = 1, reciprocal_ = 0, divided_from_ = 0, now_ = 0;
  std::size_t size_ = 0;
  std::array<std::array<std::uint64_t, slots / 64>, levels> used_{};  // a bit per slot that may hold records
  std::array<std::array<RecordChain, slots>, levels> levels_{};
};

}  // namespace sim
