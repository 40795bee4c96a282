#include "sim/exec/conservative/window_batch.hpp"

#include <algorithm>
#include <utility>

#include "sim/exec/rank_sort.hpp"

namespace sim {

namespace {

void sort_entries(std::span<BatchEntry> entries) {
  if (entries.size() <= ranked_max && sort_by_rank(entries, [](BatchEntry const& entry) { return entry.place; })) return;
  std::sort(entries.begin(), entries.end(), [](BatchEntry const& a, BatchEntry const& b) { return a.before(b); });
}

}  // namespace

void WindowBatch::reset(std::uint32_t lps) {
  lps_ = lps;
  chunks_ = 0;
  entries_.clear();
  for (auto* entries : {&entries_, &scattered_}) entries->reserve(entries_reserved);
  ends_.reserve(entries_reserved);
}

void WindowBatch::divide() {
  ends_.clear();
  if (entries_.size() <= 2 * events_per_block) {
    chunks_ = !entries_.empty();
    return;
  }
  auto const blocks = static_cast<std::uint32_t>(std::min<std::size_t>(entries_.size() / events_per_block, lps_));
  scatter(blocks);
  chunks_ = static_cast<std::uint32_t>((blocks + blocks_per_chunk - 1) / blocks_per_chunk);
}

std::span<BatchEntry const> WindowBatch::sorted_chunk(std::uint32_t chunk) {
  if (ends_.empty()) {
    sort_entries(entries_);
    return entries_;
  }
  std::size_t const first = chunk * blocks_per_chunk, last = std::min(first + blocks_per_chunk, ends_.size());
  std::uint32_t const chunk_begin = first == 0 ? 0 : ends_[first - 1];
  std::uint32_t begin = chunk_begin;
  for (std::size_t block = first; block < last; ++block) {
    sort_entries(std::span(scattered_).subspan(begin, ends_[block] - begin));
    begin = ends_[block];
  }
  return std::span(scattered_).subspan(chunk_begin, begin - chunk_begin);
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
