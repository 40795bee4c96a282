#include "sim/exec/pending_entry.hpp"

#include <algorithm>
#include <span>

#include "sim/exec/rank_sort.hpp"

namespace sim {

void sort_entries(std::vector<PendingEntry>& entries) {
  if (entries.size() <= ranked_max &&
      sort_by_rank(std::span(entries), [](PendingEntry const& entry) { return entry.time; })) return;
  std::sort(entries.begin(), entries.end(), [](PendingEntry const& a, PendingEntry const& b) { return a.before(b); });
}

}  // namespace sim
