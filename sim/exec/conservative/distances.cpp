#include "sim/exec/conservative/distances.hpp"

#include <algorithm>
#include <limits>

namespace sim {

namespace {

/// The regions that a range touches: [first, last].
struct Touched {
  std::size_t first = 0, last = 0;
};

Touched touched(Regions const& regions, std::uint32_t first_lp, std::uint32_t last_lp) {
  auto const region_of = [&](std::uint32_t lp) {
    return static_cast<std::size_t>(std::upper_bound(regions.first.begin(), regions.first.end(), lp) - regions.first.begin()) - 1;
  };
  return {region_of(first_lp), region_of(last_lp - 1)};
}

}  // namespace

Distances::Distances(World const& world, LpRanges const& ranges, Duration width) : Distances(ranges.count()) {
  Regions const& regions = world.regions();
  if (regions.count() == 0 || workers_ == 1) return;
  for (unsigned from = 0; from < workers_; ++from) {
    for (unsigned to = 0; to < workers_; ++to) {
      std::uint64_t& windows = windows_[std::size_t{from} * workers_ + to];
      windows = std::numeric_limits<std::uint64_t>::max();  // an empty range neither acts nor is acted on
      if (from == to || ranges.first(from) == ranges.last(from) || ranges.first(to) == ranges.last(to)) continue;
      Touched const a = touched(regions, ranges.first(from), ranges.last(from));
      Touched const b = touched(regions, ranges.first(to), ranges.last(to));
      for (std::size_t i = a.first; i <= a.last; ++i) {
        for (std::size_t j = b.first; j <= b.last; ++j) {
          windows = std::min(windows, static_cast<std::uint64_t>(regions.between(i, j).ticks / width.ticks));
        }
      }
    }
  }
  least_ = *std::min_element(windows_.begin(), windows_.end());
  if (least_ == 1) return;  // all meet at every window, whatever the other distances
  for (unsigned through = 0; through < workers_; ++through) {
    for (unsigned from = 0; from < workers_; ++from) {
      for (unsigned to = 0; to < workers_; ++to) {
        std::uint64_t& windows = windows_[std::size_t{from} * workers_ + to];
        if (from != to) windows = std::min(windows, windows_after(between(from, through), between(through, to)));
      }
    }
  }
}

}  // namespace sim
