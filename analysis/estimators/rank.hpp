// Ranks and Spearman's rank correlation.
#pragma once

#include <span>
#include <vector>

namespace analysis {

/// Ranks from 1; equal values share the mean of their ranks. Values must not be NaN.
std::vector<double> ranks(std::span<double const> values);

/// Spearman's correlation over the positions where both values are there (not NaN). Undefined below three pairs or where
/// one side is constant.
double spearman(std::span<double const> x, std::span<double const> y);

}  // namespace analysis
