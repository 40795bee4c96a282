#include "sim/base/stopping_info.hpp"

#include <cstdint>

#include "sim/base/shortest_number.hpp"

namespace sim {

std::string name_of(StoppingTarget const& target) {
  std::string const what = target.statistic == "mean"       ? "mean"
                           : target.statistic == "cvar"     ? "CVaR95"
                           : target.statistic == "quantile" ? shortest_number(100 * target.probability) + " % quantile"
                                                            : "share of histories with at least " + shortest_number(target.threshold);
  std::string const whose = target.nation.empty() ? "" : " of " + target.nation;
  return (target.is_difference ? "change of the " : "") + what + " in " + target.response + whose + (target.controls ? ", controlled" : "");
}

std::vector<LookRow> last_looks(StoppingInfo const& stopping) {
  std::vector<LookRow> last;
  for (std::uint32_t target = 0; target < stopping.targets.size(); ++target) {
    std::vector<LookRow> of_target;
    for (LookRow const& row : stopping.looks) {
      if (row.target != target) continue;
      if (of_target.size() <= row.point) of_target.resize(row.point + 1, {.target = UINT32_MAX});
      of_target[row.point] = row;
    }
    for (LookRow const& row : of_target)
      if (row.target == target) last.push_back(row);
  }
  return last;
}

}  // namespace sim
