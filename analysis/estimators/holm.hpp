// Several tests at once: p-values adjusted so that a false alarm anywhere in the family is as rare as in one test.
#pragma once

#include <span>
#include <vector>

#include "analysis/estimators/mean.hpp"

namespace analysis {

/// Adjusted p-values of a family of tests.
struct Holm {
  std::vector<double> adjusted;  // [p-values] undefined where the p-value is
  std::size_t family = 0;        // tests that count
  std::size_t left_out = 0;      // undefined ones, which do not
};

/// Step-down adjustment (S. Holm, Scand. J. Stat. 6(2), 1979): to reject where it is at most .05 errs anywhere in the family with at
/// most 5 %, however the tests depend on one another. The same numbers as R's p.adjust.
Holm holm(std::span<double const> p_values);

}  // namespace analysis
