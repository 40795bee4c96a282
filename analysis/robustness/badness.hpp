// Values turned so that high is bad, regrets, and whether the threshold is met: what the criteria are made of.
#pragma once

#include "analysis/robustness/robustness.hpp"

namespace analysis {

/// All are [treatments][futures].
struct Badness {
  Badness(Outcomes2d const& outcomes, RobustOptions const& options);
  std::vector<std::vector<double>> values;     // the response, or minus it where low is bad
  std::vector<std::vector<double>> regrets;    // badness less that of the best treatment in the same future (Savage 1951)
  std::vector<std::vector<double>> satisfies;  // 1: as good as the threshold or better, else 0; NaN without a threshold
};

}  // namespace analysis
