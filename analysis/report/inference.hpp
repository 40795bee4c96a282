// What else is known of a difference than its mean and t-interval: tests, other intervals, quantiles, parts of its variance.
#pragma once

#include <vector>

#include "analysis/estimators/bootstrap.hpp"
#include "analysis/estimators/paired.hpp"
#include "analysis/estimators/quantile_interval.hpp"
#include "analysis/estimators/sign_test.hpp"
#include "analysis/estimators/t_test.hpp"
#include "analysis/estimators/variance_shares.hpp"
#include "sim/base/results.hpp"

namespace analysis {

/// A quantile, or the difference of two.
struct QuantileEstimate {
  double probability = 0;
  Estimate value;
};

/// Of the mean differences of the independent units: the futures, or sets of futures that share draws; or of the pairs' differences where there is a single future.
struct Inference {
  double p = undefined;     // two-sided, that the mean is 0
  SignTest sign;            // median of the units
  Estimate bca;             // of the mean; bounds undefined for too few or too many units (bootstrap.hpp)
  Equivalence equivalence;  // against the smallest effect of interest
  std::vector<QuantileEstimate> quantiles;  // of the histories of the treatment less those of the reference
  VarianceShares variance;  // of the pairs' differences
};

/// Regressions are kept for the sets of usable futures of as many treatments of a partial campaign as this holds.
inline constexpr std::size_t most_kept_bytes = std::size_t{64} << 20;

/// Makes inferences on the differences of one study; keeps what they share.
class Inferences {
 public:
  /// `smallest_effect`: share of the reference mean. The schema must outlive this.
  Inferences(sim::ResultSchema const& schema, double smallest_effect) : schema_(&schema), smallest_effect_(smallest_effect), bootstrap_(schema.seed) {}

  /// `treatment` and `reference` hold the values of the two arms of `pairs`.
  Inference of(Pairs const& pairs, ArmQuantiles& treatment, ArmQuantiles& reference);

 private:
  VarianceShares shares(Pairs const& pairs);
  FactorBasis const& basis(std::vector<std::size_t> used);

  sim::ResultSchema const* schema_;
  double smallest_effect_;
  Bootstrap bootstrap_;
  std::vector<FactorBasis> bases_;  // one for each set of usable futures, as far as most_kept_bytes goes
};

}  // namespace analysis
