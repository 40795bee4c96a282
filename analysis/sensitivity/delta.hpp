// Borgonovo's delta from given data: how far knowing one factor moves the whole distribution of the output, whatever the design.
#pragma once

#include <span>
#include <vector>

#include "analysis/sensitivity/classes.hpp"
#include "analysis/sensitivity/resample.hpp"

namespace analysis {

/// delta = E|f_Y - f_Y given X| / 2 (E. Borgonovo, Reliab. Eng. Syst. Saf. 92 (2007) 771): 0 for an inert factor, 1 for one that fixes Y. It
/// sees changes of spread and shape as well as of the mean, needs no independent factors, and is the same for any increasing function of Y.
struct Delta {
  Index index;                // bias-reduced; of an inert factor not exactly 0, hence the chance levels
  double chance = undefined;  // what an inert factor reaches in 19 of 20
  double chance_of_largest = undefined;  // what the largest of all factors here, were all inert, reaches in 19 of 20
};

/// Of each factor, from points that are independent draws. `x` is [factors][points], y [points]; values must be defined. The estimator of
/// Plischke, Borgonovo and Smith (2013) with bootstrap bias reduction; Y is replaced by the normal scores of its ranks, densities within classes
/// are kernel estimates with 0.7 of the normal reference bandwidth on a grid, the density of Y is their mixture. Chance: permutations of Y. Undefined
/// where y or the factor does not vary.
std::vector<Delta> deltas(std::vector<std::vector<double>> const& x, std::span<double const> y, Resampler const& resampler);

/// Without bias reduction, intervals and chance.
double plain_delta(std::span<double const> x, std::span<double const> y);

}  // namespace analysis
