// Shapley effects from given data: shares of the variance that add up, also where factors are correlated.
#pragma once

#include <span>
#include <vector>

#include "analysis/sensitivity/resample.hpp"

namespace analysis {

/// Most factors whose subsets are all visited.
inline constexpr std::size_t shapley_factors_max = 10;

/// How much work is done: 2^factors x points x queries.
struct ShapleyBudget {
  std::size_t points = 2048;  // among which neighbours are sought, drawn at random from more
  std::size_t queries = 500;  // points around which variances are taken
};

struct ShapleyEffects {
  std::vector<Index> effects;    // [factors] shares of Var y; they add up to `explained`
  double explained = undefined;  // Var(E[y | all factors here]) / Var y
};

/// Shapley effects (A. B. Owen, SIAM/ASA J. Uncertain. Quantif. 2 (2014) 245; E. Song, B. L. Nelson and J. Staum, ibid. 4 (2016) 1060) with
/// E[Var(y | X_u)] of every subset u from the variance of y over a point and its two nearest neighbours in the ranks of X_u (B. Broto, F. Bachoc and
/// M. Depecker, ibid. 8 (2020) 693). `x` is [factors][points], at most shapley_factors_max factors, y [points]; values must be defined. `unexplained`:
/// variance of y that is left when all factors are known, where that is known (0 for a deterministic y of these factors alone); undefined: by
/// neighbours. Intervals: bootstrap over the queries. Undefined below 20 points or where y does not vary.
ShapleyEffects shapley_effects(std::vector<std::vector<double>> const& x, std::span<double const> y, double unexplained, Resampler const& resampler,
                               ShapleyBudget budget = {});

}  // namespace analysis
