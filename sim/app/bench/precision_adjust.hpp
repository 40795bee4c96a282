// A sample of `bench precision` from raw differences: less what control variates explain.
#pragma once

#include <vector>

#include "sim/app/bench/precision_results.hpp"

namespace app {

/// Sets `values`, `error_factor` and `fitted` of the sample. `controls` are differences of numbers with mean 0 [controls][units]; with none, or
/// too few units to fit their weights, the values are the differences.
void adjust(PrecisionSample& sample, std::vector<double> const& differences, std::vector<std::vector<double>> const& controls);

}  // namespace app
