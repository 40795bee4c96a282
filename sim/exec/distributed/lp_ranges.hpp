// Who of several ranks runs which logical processes: contiguous ranges, of equal number or of equal load.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/exec/distributed/ranks.hpp"
#include "sim/kernel/lp_block.hpp"

namespace sim {

/// Contiguous ranges that cover all logical processes.
class LpRanges {
 public:
  /// Equal numbers.
  LpRanges(std::uint32_t lps, unsigned ranks);
  /// All on the first rank.
  static LpRanges all_on_first(std::uint32_t lps, unsigned ranks);
  /// Equal loads, as nearly as contiguous ranges can; `loads` [LPs].
  LpRanges(std::vector<std::uint64_t> const& loads, unsigned ranks);

  std::uint32_t first(unsigned rank) const { return ends_[rank]; }
  std::uint32_t last(unsigned rank) const { return ends_[rank + 1]; }
  /// Whose range holds the LP.
  unsigned owner(std::uint32_t lp) const {
    unsigned rank = 0;
    while (lp >= ends_[rank + 1]) ++rank;
    return rank;
  }
  friend bool operator==(LpRanges const&, LpRanges const&) = default;

 private:
  std::vector<std::uint32_t> ends_;  // [ranks + 1], from 0
};

/// Brings the blocks of every rank's logical processes to all others; all call it.
void exchange_blocks(WorldTable const& table, LpRanges const& ranges, Ranks& ranks);

}  // namespace sim
