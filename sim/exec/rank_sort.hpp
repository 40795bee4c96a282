// Sorts a few entries without a branch that could be mispredicted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace sim {

/// Most entries that sort_by_rank takes.
inline constexpr std::size_t ranked_max = 16;

/// Sorts entries by key(entry), counting for each how many come before it. False if two have the same key, whose order it
/// leaves open.
template <class Entry, class Key>
bool sort_by_rank(std::span<Entry> entries, Key key) {
  Entry unsorted[ranked_max];
  std::uint32_t rank[ranked_max];
  std::uint32_t ties = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    Entry const entry = entries[i];
    auto mine = static_cast<std::uint32_t>(i);
    for (std::size_t j = 0; j < i; ++j) {
      std::uint32_t const is_before = key(entry) < key(unsorted[j]);
      ties |= key(entry) == key(unsorted[j]);
      rank[j] += is_before;
      mine -= is_before;
    }
    unsorted[i] = entry;
    rank[i] = mine;
  }
  for (std::size_t i = 0; i < entries.size(); ++i) entries[rank[i]] = unsorted[i];
  return ties == 0;
}

}  // namespace sim
