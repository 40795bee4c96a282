#include "sim/exec/conservative/window_calendar.hpp"

#include <algorithm>
#include <bit>

#include "sim/base/contracts.hpp"

namespace sim {

void WindowCalendar::reset(std::size_t stride, Time origin, Duration width) {
  SIM_CHECK(width >= tick);
  chunks_.reset(stride);
  origin_ = static_cast<std::uint64_t>(origin.ticks);
  width_ = static_cast<std::uint64_t>(width.ticks);
  reciprocal_ = ~std::uint64_t{0} / width_ + 1;  // 2^64 over the width, rounded up; does not fit for a width of one tick
  divided_from_ = width_ == 1 ? 0 : std::uint64_t{1} << 63;
  now_ = 0;
  size_ = 0;
  used_ = {};
  levels_ = {};
}

Time WindowCalendar::end_of(std::uint64_t window) const {
  std::int64_t end = 0;
  return __builtin_add_overflow(start_of(window).ticks, static_cast<std::int64_t>(width_), &end) ? end_of_time : Time{end};
}

std::uint64_t WindowCalendar::earliest() const {
  for (unsigned level = 0; level < levels; ++level) {
    std::uint64_t const digit = now_ >> (level * digit_bits) & (slots - 1);
    // On level 0 the current window counts; above, the current slot lies on the levels below.
    std::uint64_t at = level == 0 ? digit : digit + 1;
    while (at < slots) {
      std::uint64_t const bits = used_[level][at / 64] >> at % 64;
      if (bits == 0) {
        at = (at / 64 + 1) * 64;
        continue;
      }
      at += static_cast<std::uint64_t>(std::countr_zero(bits));
      std::uint64_t const above = level + 1 == levels ? 0 : now_ >> ((level + 1) * digit_bits) << ((level + 1) * digit_bits);
      return above | at << (level * digit_bits);
    }
  }
  return none;
}

std::size_t WindowCalendar::count(std::uint64_t first, std::uint64_t end) const {
  std::size_t records = 0;
  for (unsigned level = 0; level < levels; ++level) {
    unsigned const shift = level * digit_bits;
    std::uint64_t const now = now_ >> shift, block = now / slots * slots;
    for (std::uint64_t slot = std::max(first >> shift, level == 0 ? now : now + 1); slot < block + slots; ++slot) {
      if (slot << shift >= end) return records;
      records += levels_[level][slot % slots].count;
    }
  }
  return records;
}

void WindowCalendar::advance(std::uint64_t window) {
  std::uint64_t const differs = window ^ now_;
  now_ = window;
  if (differs < slots) [[likely]] return;
  for (unsigned level = levels - 1; level > 0; --level) {
    std::uint64_t const at = window >> (level * digit_bits) & (slots - 1);
    RecordChain chain = levels_[level][at];
    if (chain.count == 0) continue;
    clear(level, at);
    size_ -= chain.count;
    chunks_.take(chain, [this](std::byte* record) { insert(record); });
  }
}

RecordChain WindowCalendar::take() {
  RecordChain const chain = levels_[0][now_ % slots];
  clear(0, now_ % slots);
  size_ -= chain.count;
  return chain;
}

}  // namespace sim
