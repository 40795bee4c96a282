// Who of several workers (threads or ranks) runs which logical processes: contiguous ranges, of equal number or load.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/kernel/regions.hpp"

namespace sim {

/// Contiguous ranges that cover all logical processes.
class LpRanges {
 public:
  /// Equal numbers.
  LpRanges(std::uint32_t lps, unsigned workers);
  /// All on the first worker.
  static LpRanges all_on_first(std::uint32_t lps, unsigned workers);
  /// Equal loads, as nearly as contiguous ranges can; `loads` [LPs].
  LpRanges(std::vector<std::uint64_t> const& loads, unsigned workers);

  /// Puts each border where a region begins, if there are enough of them and no range then holds over 5/4 of its share;
  /// otherwise changes nothing. `loads` [LPs], or none if all weigh the same.
  void follow(Regions const& regions, std::vector<std::uint64_t> const& loads = {});

  unsigned count() const { return static_cast<unsigned>(ends_.size() - 1); }
  std::uint32_t first(unsigned worker) const { return ends_[worker]; }
  std::uint32_t last(unsigned worker) const { return ends_[worker + 1]; }
  /// Whose range holds the LP.
  unsigned owner(std::uint32_t lp) const {
    unsigned worker = std::min(lp / share_, count() - 1);  // right if all ranges have the same length
    while (lp < ends_[worker]) --worker;
    while (lp >= ends_[worker + 1]) ++worker;
    return worker;
  }
  friend bool operator==(LpRanges const& a, LpRanges const& b) { return a.ends_ == b.ends_; }

 private:
  void set_share();

  std::vector<std::uint32_t> ends_;  // [workers + 1], from 0
  std::uint32_t share_ = 1;
};

}  // namespace sim
