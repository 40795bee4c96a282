// The sign test and the interval of the median that goes with it: no assumption on the distribution.
#pragma once

#include <cstdint>
#include <span>

#include "analysis/estimators/mean.hpp"

namespace analysis {

/// P(B <= k) for the number of heads in n tosses of a fair coin.
double fair_binomial_cdf(std::uint64_t k, std::uint64_t n);

/// Median of independent values with the order statistics that the exact sign test does not reject, and the test of median 0.
struct SignTest {
  Estimate median;       // n: values; bounds undefined where there are too few (below 6 at 95 %)
  double p = undefined;  // two-sided, zeros left out (Conover 1999, 3.4); 1 if all are zero; undefined without values
};

/// Ignores NaN. Linear time: nothing is sorted. Median: the mean of the two middle values of an even number. The interval covers
/// with at least `level`; all equal: width 0.
SignTest sign_test(std::span<double const> values, double level = interval_level);

}  // namespace analysis
