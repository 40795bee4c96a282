// Rank correlations between factors: a Gaussian copula for independent points, Iman and Conover's re-pairing for strata.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/campaign/sampling/design_request.hpp"
#include "sim/campaign/sampling/sampling.hpp"
#include "sim/campaign/sampling/symmetric_matrix.hpp"

namespace sim {

/// Most factors that are correlated with others.
inline constexpr std::size_t correlated_factors_max = 100;

/// The correlated columns of a design and Cholesky's factor of the correlations of their normal scores, r = 2 sin(pi rho / 6)
/// for Spearman's rho (K. Pearson 1907; W. H. Kruskal, JASA 53 (1958) 814).
class CorrelatedColumns {
 public:
  /// `factors` names the columns; SamplingError where the correlations are not positive definite, with the pairs that
  /// contradict each other most and the factor that would mend it.
  CorrelatedColumns(std::vector<std::string> const& factors, std::vector<RankCorrelation> const& correlations);

  bool empty() const { return columns_.empty(); }
  std::size_t size() const { return columns_.size(); }

  /// Correlates one point of independent uniforms [factors] in place by a Gaussian copula. A column that is correlated
  /// with no earlier one keeps its bits.
  void correlate(double* u) const;

  /// Re-pairs the values within the correlated columns of u [points x factors]; each column keeps its values
  /// (R. L. Iman and W. J. Conover, Commun. Stat. B 11 (1982) 311). SamplingError for too few points.
  void repair(std::vector<double>& u, DesignRequest const& request) const;

 private:
  std::vector<std::size_t> columns_;  // of the design, ascending
  SquareMatrix lower_{0};
};

}  // namespace sim
