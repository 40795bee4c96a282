#include "sim/exec/conservative/lp_ranges.hpp"

#include <numeric>

namespace sim {

LpRanges::LpRanges(std::uint32_t lps, unsigned workers) {
  for (unsigned worker = 0; worker <= workers; ++worker) {
    ends_.push_back(static_cast<std::uint32_t>(std::uint64_t{lps} * worker / workers));
  }
  set_share();
}

LpRanges LpRanges::all_on_first(std::uint32_t lps, unsigned workers) {
  LpRanges ranges(lps, workers);
  std::fill(ranges.ends_.begin() + 1, ranges.ends_.end(), lps);
  return ranges;
}

LpRanges::LpRanges(std::vector<std::uint64_t> const& loads, unsigned workers) : ends_{0} {
  std::uint64_t const total = std::accumulate(loads.begin(), loads.end(), std::uint64_t{0});
  std::uint64_t before = 0;
  std::uint32_t lp = 0;
  for (unsigned worker = 1; worker < workers; ++worker) {
    std::uint64_t const share = total / workers * worker;
    // A process belongs to the side on which its middle lies.
    while (lp < loads.size() && before + loads[lp] / 2 < share) before += loads[lp++];
    ends_.push_back(lp);
  }
  ends_.push_back(static_cast<std::uint32_t>(loads.size()));
  set_share();
}

void LpRanges::set_share() { share_ = std::max(1u, (ends_.back() + count() - 1) / count()); }

void LpRanges::follow(Regions const& regions, std::vector<std::uint64_t> const& loads) {
  if (regions.count() < count() || count() == 1) return;
  std::vector<std::uint64_t> before(loads.size() + 1);  // load of all LPs before one
  std::partial_sum(loads.begin(), loads.end(), before.begin() + 1);
  auto const load_before = [&](std::uint32_t lp) { return loads.empty() ? lp : before[lp]; };
  std::uint64_t const total = load_before(ends_.back());
  std::vector<std::uint32_t> ends{0};
  for (unsigned worker = 1; worker < count(); ++worker) {
    std::uint64_t const wanted = load_before(ends_[worker]);
    auto const distance = [&](std::uint32_t lp) {
      std::uint64_t const at = load_before(lp);
      return at > wanted ? at - wanted : wanted - at;
    };
    ends.push_back(*std::min_element(regions.first.begin(), regions.first.end(),
                                     [&](std::uint32_t a, std::uint32_t b) { return distance(a) < distance(b); }));
  }
  ends.push_back(ends_.back());
  for (unsigned worker = 0; worker < count(); ++worker) {
    std::uint64_t const load = load_before(ends[worker + 1]) - load_before(ends[worker]);
    if (load * count() > total / 4 * 5 || load == 0) return;
  }
  ends_ = std::move(ends);
}

}  // namespace sim
