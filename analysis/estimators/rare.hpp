// Probabilities of rare events from independent splitting runs: interval, and work against crude sampling.
#pragma once

#include "analysis/estimators/mean.hpp"

namespace analysis {

/// A probability from the unbiased estimates of `n` independent runs.
struct RareProbability {
  Estimate estimate;                  // mean, 95 % interval; n: independent units
  double relative_error = undefined;  // standard error over mean; undefined where nothing was seen
  bool never_seen = false;            // no run got there: lo is 0 and hi an upper bound
};

/// From the futures' mean estimates (or, of a single future, its replications'). The spread of an estimate of splitting grows with
/// the probability, so the interval holds every p from which the mean is at most t standard errors away, a standard error being
/// relative error x p: [mean / (1 + t e), mean / (1 - t e)], up to 1 where t e is 1 or more. It is skewed to the right as the
/// estimates are. Where only k units are above 0, lo is no more than the mean times the exact lower limit of a Poisson count k over k. Coverage is in docs/methods/splitting.md. One unit: no interval.
RareProbability rare_probability(Arm const& estimates);

/// Upper bound of a probability of which no run has seen anything: the bound `before` of the level before it, and that none of
/// `histories` started there got through, 1 - 0.05^(1/histories). Exact for the first level, whose histories are independent and
/// for which `before` is 1.
double unseen_bound(double before, double histories);

/// Events that crude sampling needs for the same relative error of the mean, over those that splitting took.
struct SplittingGain {
  double crude_events = undefined;  // needed by crude sampling: (1 - p)/p / relative_error^2 x events of a history
  double events = undefined;        // of all runs
  double factor = undefined;        // their ratio
};
SplittingGain splitting_gain(RareProbability const& probability, double crude_events_of_a_history, double events);

}  // namespace analysis
