#include "analysis/robustness/badness.hpp"

#include <algorithm>
#include <cmath>

namespace analysis {

Badness::Badness(Outcomes2d const& outcomes, RobustOptions const& options) {
  double const sign = options.worse == Worse::higher ? 1 : -1, threshold = sign * options.threshold;
  for (std::size_t t = 0; t < outcomes.treatments; ++t) {
    auto& bad = values.emplace_back();
    auto& good = satisfies.emplace_back();
    for (double const x : outcomes.row(t)) {
      bad.push_back(sign * x);
      good.push_back(std::isnan(threshold) ? undefined : bad.back() <= threshold ? 1 : 0);
    }
  }
  regrets = values;
  for (std::size_t f = 0; f < outcomes.futures; ++f) {
    double least = values[0][f];
    for (auto const& bad : values) least = std::min(least, bad[f]);
    for (auto& regret : regrets) regret[f] -= least;
  }
}

}  // namespace analysis
