// How much of what differs between futures is Monte Carlo noise and no factor's doing.
#pragma once

#include <span>

#include "analysis/sensitivity/resample.hpp"

namespace analysis {

struct NoiseShare {
  double variance = undefined;  // of a future's mean, of its replications alone
  Index share;                  // of the variance over futures of these means, at most 1
};

/// mean(s^2 / n) over futures, over the variance of their means (nested analysis of variance; S. R. Searle, G. Casella and C. E. McCulloch 1992,
/// ch. 3), with a bootstrap interval over futures. A future with one replication takes the pooled variance within the others. Undefined where no
/// future has two replications, or where the means do not vary. `unit_futures` neighbouring futures that share draws are resampled together.
NoiseShare noise_share(std::span<Moments const> futures, Resampler const& resampler, std::size_t unit_futures = 1);

}  // namespace analysis
