#include "sim/exec/window_batch.hpp"

#include <algorithm>
#include <utility>

#include "sim/exec/rank_sort.hpp"

namespace sim {

namespace {

constexpr std::size_t events_per_block = 8;

void sort_entries(std::span<BatchEntry> entries) {
  if (entries.size() <= ranked_max && sort_by_rank(entries, [](BatchEntry const& entry) { return entry.place; })) return;
  std::sort(entries.begin(), entries.end(), [](BatchEntry const& a, BatchEntry const& b) { return a.before(b); });
}

}  // namespace

std::span<BatchEntry const> WindowBatch::sorted() {
  if (entries_.size() <= 2 * events_per_block) {
    sort_entries(entries_);
    return entries_;
  }
  auto const blocks = static_cast<std::uint32_t>(std::min<std::size_t>(entries_.size() / events_per_block, lps_));
  scatter(blocks);
  std::uint32_t begin = 0;
  for (std::uint32_t const end : ends_) {
    sort_entries(std::span(scattered_).subspan(begin, end - begin));
    begin = end;
  }
  return scattered_;
}

void WindowBatch::scatter(std::uint32_t blocks) {
  ends_.assign(blocks, 0);
  scattered_.resize(entries_.size());
  // floor(lp * blocks / lps), monotone in lp, by a multiplication.
  std::uint64_t const scale = (std::uint64_t{blocks} << 32) / lps_;
  auto const block_of = [scale](BatchEntry const& entry) { return static_cast<std::uint32_t>(entry.lp() * scale >> 32); };
  for (BatchEntry const& entry : entries_) ++ends_[block_of(entry)];
  std::uint32_t begin = 0;
  for (std::uint32_t& end : ends_) begin += std::exchange(end, begin);
  for (BatchEntry const& entry : entries_) scattered_[ends_[block_of(entry)]++] = entry;
}

}  // namespace sim
