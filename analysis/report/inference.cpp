#include "analysis/report/inference.hpp"

#include <array>
#include <cmath>


namespace analysis {
namespace {

constexpr std::array difference_quantiles{0.05, 0.5, 0.95};

}  // namespace

FactorBasis const& Inferences::basis(std::vector<std::size_t> used) {
  for (FactorBasis const& kept : bases_)
    if (kept.used() == used) return kept;
  FactorBasis made(schema_->factor_values, schema_->factors.size(), std::move(used));
  std::size_t bytes = made.bytes();
  for (FactorBasis const& kept : bases_) bytes += kept.bytes();
  // Full: the last ones give way. The treatments come round in the same order, so dropping the oldest would lose each just before its use.
  for (; bytes > most_kept_bytes && !bases_.empty(); bases_.pop_back()) bytes -= bases_.back().bytes();
  return bases_.emplace_back(std::move(made));
}

VarianceShares Inferences::shares(Pairs const& pairs) {
  auto const futures = pairs.futures();
  VarianceShares const nested = nested_shares(futures, pairs.change().unit_futures);
  if (nested.method != VarianceShares::Method::none || pairs.change().replications > pairs.change().unit) return nested;
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
  return basis(std::move(used)).shares(means);
}

Inference Inferences::of(Pairs const& pairs, ArmQuantiles& treatment, ArmQuantiles& reference) {
  auto const units = pairs.unit_means();
  Moments const m = moments(units);
  Inference i;
  if (m.n == 0) return i;
  i.p = t_test(m);
  bool const is_alone = m.n == 1 && pairs.change().unit_futures > 1;  // one design says nothing of others like it
  if (!is_alone) i.sign = sign_test(units);
  i.bca = bootstrap_.mean(units);
  i.equivalence = equivalence_test(m, smallest_effect_ * std::fabs(clustered_mean(pairs.reference_units()).mean));
  for (double const p : difference_quantiles) i.quantiles.push_back({p, quantile_difference(treatment, reference, p)});
  i.variance = shares(pairs);
  return i;
}

}  // namespace analysis
