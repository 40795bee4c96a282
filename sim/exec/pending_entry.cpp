#include "sim/exec/pending_entry.hpp"

#include <algorithm>
#include <cstddef>

namespace sim {

namespace {

bool before(PendingEntry const& a, PendingEntry const& b) { return a.before(b); }

constexpr std::size_t ranked_max = 16;

/// Sorts few entries by counting for each how many come before it: no branch to mispredict. False if two have the same
/// time, whose order it leaves open.
bool sort_by_rank(std::vector<PendingEntry>& entries) {
  std::size_t const count = entries.size();
  PendingEntry unsorted[ranked_max];
  std::uint32_t rank[ranked_max] = {};
  std::uint32_t ties = 0;
  for (std::size_t i = 0; i < count; ++i) {
    PendingEntry const entry = entries[i];
    std::uint32_t mine = static_cast<std::uint32_t>(i);
    for (std::size_t j = 0; j < i; ++j) {
      std::uint32_t const is_before = entry.time < unsorted[j].time;
      ties |= entry.time == unsorted[j].time;
      rank[j] += is_before;
      mine -= is_before;
    }
    unsorted[i] = entry;
    rank[i] = mine;
  }
  for (std::size_t i = 0; i < count; ++i) entries[rank[i]] = unsorted[i];
  return ties == 0;
}

}  // namespace

void sort_entries(std::vector<PendingEntry>& entries) {
  if (entries.size() > ranked_max || !sort_by_rank(entries)) std::sort(entries.begin(), entries.end(), before);
}

}  // namespace sim
