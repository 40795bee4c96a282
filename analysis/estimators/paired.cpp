#include "analysis/estimators/paired.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/estimators/quantile.hpp"
#include "analysis/estimators/student.hpp"
#include "sim/base/contracts.hpp"

namespace analysis {
namespace {

// Error variance of each future's mean; empty if no future has two replications.
std::vector<double> error_variances(std::span<Moments const> futures) {
  double squares = 0;
  double degrees = 0;
  for (Moments const& m : futures) {
    if (m.n < 2) continue;
    squares += m.variance * static_cast<double>(m.n - 1);
    degrees += static_cast<double>(m.n - 1);
  }
  std::vector<double> all;
  if (degrees == 0) return all;
  for (Moments const& m : futures) {
    if (m.n == 0) continue;
    all.push_back((m.n > 1 ? m.variance : squares / degrees) / static_cast<double>(m.n));
  }
  return all;
}

double sum(std::span<double const> values) {
  double total = 0;
  for (double const x : values) total += x;
  return total;
}

// The reference's values where there is a pair, NaN elsewhere.
std::vector<double> only_pairs(Arm const& arm, std::span<double const> differences) {
  std::vector<double> kept(arm.values.begin(), arm.values.end());
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (std::isnan(differences[i])) kept[i] = undefined;
  }
  return kept;
}

// mean / |reference|, interval by Fieller's theorem over futures.
void set_relative(PairedDifference& p, std::span<Moments const> change, std::span<Moments const> reference) {
  p.reference_mean = clustered_mean(reference).mean;
  double const size = std::fabs(p.reference_mean);
  if (!(size > 0)) return;
  p.relative = p.mean / size;
  std::vector<double> d, x;
  for (std::size_t f = 0; f < change.size(); ++f) {
    if (change[f].n == 0) continue;
    d.push_back(change[f].mean);
    x.push_back(reference[f].mean);
  }
  if (d.size() < 2) return;
  double covariance = 0;
  for (std::size_t f = 0; f < d.size(); ++f) covariance += (d[f] - p.mean) * (x[f] - p.reference_mean);
  auto const k = static_cast<double>(d.size());
  double const t = student_quantile((1 + interval_level) / 2, d.size() - 1);
  double const scale = t * t / k;
  // Bounds r of the ratio: (mean - r reference)^2 = t^2 Var(mean - r reference), a quadratic a r^2 - 2 b r + c = 0.
  double const a = p.reference_mean * p.reference_mean - scale * moments(x).variance;
  double const b = p.mean * p.reference_mean - scale * covariance / (k - 1);
  double const c = p.mean * p.mean - scale * moments(d).variance;
  if (!(a > 0)) return;  // the reference's own interval contains zero: every ratio is possible
  double const root = std::sqrt(std::max(0.0, b * b - a * c));
  double const sign = p.reference_mean > 0 ? 1 : -1;
  p.relative_lo = sign * (b - sign * root) / a;
  p.relative_hi = sign * (b + sign * root) / a;
}

// Variance of a mean of independent pairs over that of the means of antithetic halves.
double antithetic_factor(Arm const& change) {
  std::vector<double> first, second, means;
  for (std::size_t i = 0; i + 1 < change.values.size(); i += 2) {
    first.push_back(change.values[i]);
    second.push_back(change.values[i + 1]);
    means.push_back((change.values[i] + change.values[i + 1]) / 2);
  }
  double const together = moments(means).variance;
  return together > 0 ? (moments(first).variance + moments(second).variance) / 4 / together : undefined;
}

void set_shares(PairedDifference& p, std::span<double const> means, Worse worse) {
  auto const count = [&](auto condition) {  // NaN fulfils none of the conditions
    return static_cast<double>(std::count_if(means.begin(), means.end(), condition)) / static_cast<double>(p.futures);
  };
  double const negative = count([](double m) { return m < 0; });
  double const positive = count([](double m) { return m > 0; });
  p.share_better = worse == Worse::higher ? negative : positive;
  p.share_worse = worse == Worse::higher ? positive : negative;
  p.share_equal = count([](double m) { return m == 0; });
}

}  // namespace

std::vector<double> pair_differences(Arm const& treatment, Arm const& reference) {
  SIM_CHECK(treatment.values.size() == reference.values.size() && treatment.futures == reference.futures);
  std::vector<double> all(treatment.values.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = treatment.values[i] - reference.values[i];
  for (std::size_t first = 0; treatment.unit > 1 && first < all.size(); first += treatment.unit) {
    auto const unit = std::span(all).subspan(first, treatment.unit);
    if (std::any_of(unit.begin(), unit.end(), [](double d) { return std::isnan(d); })) std::fill(unit.begin(), unit.end(), undefined);
  }
  return all;
}

std::vector<double> future_differences(Arm const& treatment, Arm const& reference) {
  auto const differences = pair_differences(treatment, reference);
  std::vector<double> means;
  for (Moments const& m : future_moments(treatment.with(differences))) {
    means.push_back(m.mean);
  }
  return means;
}

MeanDifference mean_difference(Arm const& treatment, Arm const& reference) {
  auto const differences = pair_differences(treatment, reference);
  auto const base = only_pairs(reference, differences);
  MeanDifference m{clustered_mean(treatment.with(differences)), undefined};
  double const size = std::fabs(clustered_mean(reference.with(base)).mean);
  if (size > 0) m.relative = m.change.mean / size;
  return m;
}

double monte_carlo_error(std::span<Moments const> futures) {
  auto const errors = error_variances(futures);
  return errors.empty() ? undefined : std::sqrt(sum(errors)) / static_cast<double>(errors.size());
}

double between_futures_sd(std::span<Moments const> futures) {
  auto const errors = error_variances(futures);
  if (errors.size() < 2) return undefined;
  std::vector<double> means;
  for (Moments const& m : futures) means.push_back(m.mean);
  double const noise = sum(errors) / static_cast<double>(errors.size());
  return std::sqrt(std::max(0.0, moments(means).variance - noise));
}

PairedDifference paired_difference(Arm const& treatment, Arm const& reference, Worse worse) {
  auto const differences = pair_differences(treatment, reference);
  Arm const change = treatment.with(differences);
  auto const futures = future_moments(change);
  Moments const pairs = moments(differences);

  PairedDifference p;
  p.n = pairs.n;
  p.dropped = differences.size() - pairs.n;
  if (p.n == 0) return p;
  Estimate const estimate = clustered_mean(futures);
  p.mean = estimate.mean;
  p.lo = estimate.lo;
  p.hi = estimate.hi;
  p.sd = std::sqrt(pairs.variance);
  p.monte_carlo_se = monte_carlo_error(futures);
  p.future_sd = between_futures_sd(futures);

  std::vector<double> means;
  for (Moments const& m : futures) means.push_back(m.mean);
  p.futures = moments(means).n;
  auto const spread = selected_quantiles(means, std::array{0.025, 0.975});
  p.predictive_lo = spread[0];
  p.predictive_hi = spread[1];
  set_shares(p, means, worse);

  auto const base = only_pairs(reference, differences);
  set_relative(p, futures, future_moments(reference.with(base)));
  double const independent = moments(base).variance + moments(only_pairs(treatment, differences)).variance;
  if (pairs.variance > 0) p.variance_reduction = independent / pairs.variance;
  if (change.unit == 2) p.antithetic_factor = antithetic_factor(change);
  p.cvar95 = cvar95_difference(treatment, reference, worse);
  p.exactly_zero = std::all_of(differences.begin(), differences.end(), [](double d) { return d == 0 || std::isnan(d); });
  return p;
}

}  // namespace analysis
