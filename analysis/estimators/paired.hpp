// What a treatment changes: differences of paired histories under common random numbers, futures as clusters.
#pragma once

#include "analysis/estimators/mean.hpp"
#include "analysis/estimators/selection.hpp"
#include "analysis/estimators/tail.hpp"

namespace analysis {

/// Treatment minus reference. Pairs are histories with the same future and replication that both have; the others are
/// left out and counted. Undefined numbers are NaN (see docs/methods/estimators.md for each case).
struct PairedDifference {
  std::size_t n = 0;        // pairs
  std::size_t futures = 0;  // futures with at least one pair
  std::size_t units = 0;    // independent units behind the interval: these futures, the replications of a single one, or sets that share draws
  std::size_t dropped = 0;  // (future, replication) places without a pair
  double mean = undefined;  // unweighted mean over the units' mean differences
  double lo = undefined;    // 95 % interval of that mean; with one future, of that future's mean
  double hi = undefined;
  double sd = undefined;              // of the difference over all pairs
  double monte_carlo_se = undefined;  // standard error of the mean were the futures fixed; needs two replications
  double future_sd = undefined;       // spread of the true mean difference over futures; needs two of both
  double predictive_lo = undefined;   // 2.5 and 97.5 % quantiles of the futures' mean differences
  double predictive_hi = undefined;
  double reference_mean = undefined;  // over the same pairs and futures
  double relative = undefined;        // mean / |reference_mean|; bounds by Fieller (1954)
  double relative_lo = undefined;
  double relative_hi = undefined;
  double share_better = undefined;  // shares of futures by the sign of their mean difference
  double share_equal = undefined;
  double share_worse = undefined;
  double variance_reduction = undefined;  // Var(independent difference) / Var(paired difference)
  double antithetic_factor = undefined;   // Var(mean of independent pairs) / Var(mean of antithetic halves); only of such
  Estimate cvar95;                        // difference of CVaR95
  bool exactly_zero = false;              // every pair is equal; false without pairs
};

/// Differences of all pairs, NaN where there is none, or where the other half of an antithetic pair has none. [futures x replications]
std::vector<double> pair_differences(Arm const& treatment, Arm const& reference);

/// Mean difference of each future, NaN for a future without pairs. [futures]
std::vector<double> future_differences(Arm const& treatment, Arm const& reference);

/// The pairs of two arms, looked up once for all that is asked of them. Both arms must have the same futures and replications; their values must outlive it.
class Pairs {
 public:
  Pairs(Arm const& treatment, Arm const& reference);
  Pairs(Pairs const&) = delete;
  Pairs& operator=(Pairs const&) = delete;

  /// Differences as pair_differences gives them, and the values of the two arms where there is a pair, NaN elsewhere.
  Arm change() const { return treatment_.with(differences_); }
  Arm treatment() const { return are_complete() ? treatment_ : treatment_.with(kept_treatment_); }
  Arm reference() const { return are_complete() ? reference_ : reference_.with(kept_reference_); }
  /// No arm has a value without a partner.
  bool are_complete() const { return kept_treatment_.empty(); }
  /// Moments of the differences within each future. [futures]
  std::span<Moments const> futures() const { return futures_; }
  /// The same of the independent units (mean.hpp). [units]
  std::span<Moments const> units() const { return treatment_.unit_futures == 1 ? futures_ : units_; }
  /// Moments of the reference's independent units, over the pairs. [units]
  std::span<Moments const> reference_units() const { return reference_units_; }
  /// Mean difference of each independent unit: the units, or the replications of a single future. NaN where there is none.
  std::vector<double> unit_means() const;

 private:
  Arm treatment_, reference_;
  std::vector<double> differences_, kept_treatment_, kept_reference_;
  std::vector<Moments> futures_, units_, reference_units_;
};

/// The mean difference alone, for many nations at once.
struct MeanDifference {
  Estimate change;             // n: independent units, or pairs if there is a single future
  double relative = undefined;  // mean / |reference mean over the same pairs|
};
MeanDifference mean_difference(Arm const& treatment, Arm const& reference);

/// All numbers of PairedDifference. Both arms must have the same futures and replications.
PairedDifference paired_difference(Arm const& treatment, Arm const& reference, Worse worse);
/// The same; `treatment` and `reference` hold the values of the two arms of `pairs`.
PairedDifference paired_difference(Pairs const& pairs, Selection& treatment, Selection& reference, Worse worse);

/// Standard error of the unweighted mean over futures from the variance within futures alone. A future with one
/// replication takes the pooled variance of the others; undefined if no future has two.
double monte_carlo_error(std::span<Moments const> futures);
/// The same of an arm. Futures of a unit share the draws of their replications: of these the means over the unit count, where all its futures have one.
double monte_carlo_error(Arm const& arm);

/// Standard deviation over futures of the true mean, Monte Carlo noise removed: the variance of the futures' means less
/// the mean of their error variances, not below 0 (unweighted-means estimator of one-way random effects; balanced data
/// give the ANOVA estimator, Searle, Casella and McCulloch 1992, ch. 3). Needs two futures and two replications.
double between_futures_sd(std::span<Moments const> futures);

}  // namespace analysis
