// Morris's screening: elementary effects, their mean, mean size and spread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/sensitivity/resample.hpp"

namespace analysis {

/// Trajectories as they stand in the futures; views, own nothing.
struct MorrisTrajectories {
  std::size_t factors = 0;                  // each trajectory has one more futures than that
  std::span<std::int32_t const> moved;      // [futures] the factor that differs from the future before, -1 at a start
  std::span<std::int32_t const> direction;  // [futures] 1 up, -1 down, 0 at a start
  double step = 0;                          // of a factor, as a share of the width of the grid
};

/// Width of a step of the grid with an even number of levels: levels / (2 (levels - 1)) (F. Campolongo, J. Cariboni and A. Saltelli,
/// Environ. Model. Softw. 22 (2007) 1509).
double morris_step(std::size_t levels);

/// Change of y per width of the grid in each trajectory (M. D. Morris, Technometrics 33 (1991) 161), NaN where y is undefined at either end
/// of the step. [factors x trajectories]; the unit is that of y.
std::vector<std::vector<double>> elementary_effects(std::span<double const> y, MorrisTrajectories const& design);

/// What the elementary effects of one factor say.
struct MorrisIndex {
  Index mu;       // mean, t-interval over trajectories
  Index mu_star;  // mean size (Campolongo and others 2007), bootstrap interval over trajectories
  double sigma = undefined;  // standard deviation: interactions, curvature and Monte Carlo noise
};
MorrisIndex morris_index(std::span<double const> effects, Resampler const& resampler);

}  // namespace analysis
