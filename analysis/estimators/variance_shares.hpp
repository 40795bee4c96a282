// How much of a spread the uncertain factors make, and how much chance within a future.
#pragma once

#include <span>
#include <vector>

#include "analysis/estimators/mean.hpp"

namespace analysis {

/// x with P(F <= x) = `probability` for the F distribution of these degrees of freedom (> 0).
double fisher_quantile(double probability, double numerator, double denominator);

/// Parts of the variance of single values: between futures, and within them. They add up to 1; all undefined without a method.
struct VarianceShares {
  enum class Method { none, nested, regression } method = Method::none;
  double parametric = undefined;   // of the futures; by regression only what is linear in the factors
  double monte_carlo = undefined;  // of chance within a future; by regression an upper bound
  double lo = undefined, hi = undefined;  // 95 % interval of `parametric`; nested only
};

/// One-way random effects over futures with at least two futures and one with two values. Unweighted means with the harmonic mean of
/// their sizes (J. D. Thomas and R. A. Hultquist, Ann. Stat. 6(3), 1978); for balanced data the analysis of variance.
/// Interval: the jackknife of log F over futures (J. N. Arvesen and T. H. Schmitz, Biometrics 26(4), 1970), because that of the F distribution holds
/// for normal effects alone. Where `unit_futures` neighbouring futures share draws,
/// the jackknife leaves them out together. Clipped to [0, 1]; undefined if nothing varies, the interval below three units.
VarianceShares nested_shares(std::span<Moments const> futures, std::size_t unit_futures = 1, double level = interval_level);

/// Futures beyond the factors from which on a regression is made.
inline constexpr std::size_t least_futures_beyond = 20;

/// Linear regression on factors with a constant term, by its normal equations (Cholesky), which are summed future by future: one
/// decomposition for many responses, of factors^2 numbers however many futures there are.
class FactorBasis {
 public:
  FactorBasis() = default;
  /// values: [futures x factors], row-major, of the futures `used`; constant and collinear factors are left out. `values` must outlive this.
  FactorBasis(std::span<double const> values, std::size_t factors, std::vector<std::size_t> used);

  std::vector<std::size_t> const& used() const { return used_; }
  std::size_t rank() const { return kept_.size(); }
  /// Memory that it holds.
  std::size_t bytes() const { return sizeof(std::size_t) * used_.size() + sizeof(double) * (lower_.size() + 2 * means_.size()); }
  /// Share of the variance of `y` [used] that a linear function of the factors explains, adjusted for their number (R^2 adjusted, clipped
  /// to [0, 1]); an estimate of what they explain linearly, as often too high as too low. Undefined below least_futures_beyond futures beyond the factors, and if y is constant.
  VarianceShares shares(std::span<double const> y) const;

 private:
  void centred(std::size_t future, std::span<double> row) const;
  void forward(std::span<double> b) const;  // solves lower_ x = b in place, for as many rows as b has

  std::span<double const> values_;
  std::size_t factors_ = 0;
  std::vector<std::size_t> used_, kept_;  // futures; factors that are not left out
  std::vector<double> means_;             // [factors]
  std::vector<double> lower_;             // of Cholesky, row after row. [rank (rank + 1) / 2]
};

}  // namespace analysis
