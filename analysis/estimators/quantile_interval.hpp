// Intervals of quantiles and of their paired differences, without a density; futures as clusters.
#pragma once

#include "analysis/estimators/mean.hpp"
#include "analysis/estimators/selection.hpp"

namespace analysis {

/// The histories of one arm, partly in order; several questions about its quantiles and tail cost little more than one. The arm's values
/// must outlive it.
class ArmQuantiles {
 public:
  explicit ArmQuantiles(Arm const& arm);

  Arm const& arm() const { return whole_; }
  Selection& values() { return values_; }

  /// Quantile of all histories (type 7, quantile.hpp) with the interval of Woodruff (1952): the order statistics at which the share of
  /// histories below leaves probability +- t * standard error, rounded outwards. The standard error is that of the share of histories up
  /// to the quantile, with its design effect (proportion.hpp). A bound beyond the largest or smallest value is undefined: there are too few
  /// histories for it.
  Estimate interval(double probability, double level = interval_level) { return at(probability, level).interval; }

  /// Shares of each independent unit's histories that are at most `bound`; NaN for a unit without any. [units, or replications of a single future]
  std::vector<double> shares(double bound) const;
  /// Those at the quantile itself, kept since its interval was made.
  std::span<double const> shares_at(double probability, double level) { return at(probability, level).shares; }

 private:
  // What has been asked before: differences come back to the quantiles of the summaries.
  struct Known {
    double probability = 0, level = 0;
    Estimate interval;
    std::vector<double> shares;  // empty without values
  };
  Known const& at(double probability, double level);
  Known make(double probability, double level);
  double design_effect(std::span<double const> shares, double bound) const;

  Arm whole_;
  Arm arm_;  // its independent units
  Selection values_;
  std::vector<Known> known_;
};

/// quantile of `treatment` less that of `reference`, both over the same pairs: half-widths h of the two intervals joined as standard errors,
/// root of h^2 + h'^2 - 2 r h h', with r the correlation of the futures' shares of histories up to each quantile, which is that of the two
/// quantiles (Bahadur 1966). Common random numbers make it narrower. t^2/2 futures without correlation are added, so that few pairs which
/// all agree do not make it vanish. Undefined where a bound of one of them is.
Estimate quantile_difference(ArmQuantiles& treatment, ArmQuantiles& reference, double probability, double level = interval_level);

/// The interval of one quantile of `arm`.
Estimate quantile_interval(Arm const& arm, double probability, double level = interval_level);

/// The difference of one quantile over the pairs that both arms have.
Estimate quantile_difference(Arm const& treatment, Arm const& reference, double probability, double level = interval_level);

}  // namespace analysis
