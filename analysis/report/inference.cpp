#include "analysis/report/inference.hpp"

#include <array>
#include <cmath>

#include "analysis/estimators/paired.hpp"
#include "analysis/estimators/proportion.hpp"
#include "analysis/estimators/quantile_interval.hpp"

namespace analysis {
namespace {

constexpr std::array difference_quantiles{0.05, 0.5, 0.95};

std::vector<double> means_of(std::span<Moments const> futures) {
  std::vector<double> means;
  for (Moments const& m : futures) means.push_back(m.mean);
  return means;
}

}  // namespace

VarianceShares Inferences::shares(Arm const& change) {
  auto const futures = future_moments(change);
  VarianceShares const nested = nested_shares(futures);
  if (nested.method != VarianceShares::Method::none || change.replications > change.unit) return nested;
  std::size_t const factors = schema_->factors.size();
  if (factors == 0 || schema_->factor_values.size() < factors * futures.size()) return {};
  std::vector<std::size_t> used;
  std::vector<double> means;
  for (std::size_t f = 0; f < futures.size(); ++f) {
    if (futures[f].n == 0) continue;
    used.push_back(f);
    means.push_back(futures[f].mean);
  }
  if (used.size() < least_futures_beyond) return {};
  if (!basis_ || basis_->used() != used) basis_ = FactorBasis(schema_->factor_values, factors, used);
  return basis_->shares(means);
}

Inference Inferences::of(Arm const& treatment, Arm const& reference) {
  auto const differences = pair_differences(treatment, reference);
  Arm const change = treatment.with(differences);
  auto const units = means_of(future_moments(independent_units(change)));
  Moments const m = moments(units);
  Inference i;
  if (m.n == 0) return i;
  i.p = t_test(m);
  i.sign = sign_test(units);
  i.bca = bootstrap_.mean(units);
  std::vector<double> base(reference.values.begin(), reference.values.end());
  for (std::size_t k = 0; k < base.size(); ++k)
    if (std::isnan(differences[k])) base[k] = undefined;
  i.equivalence = equivalence_test(m, smallest_effect_ * std::fabs(clustered_mean(reference.with(base)).mean));
  for (double const p : difference_quantiles) i.quantiles.push_back({p, quantile_difference(treatment, reference, p)});
  i.variance = shares(change);
  return i;
}

}  // namespace analysis
