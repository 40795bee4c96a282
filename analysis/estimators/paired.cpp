#include "analysis/estimators/paired.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/estimators/proportion.hpp"
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

// mean / |reference|, interval by Fieller's theorem over units.
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

Pairs::Pairs(Arm const& treatment, Arm const& reference)
    : treatment_(treatment), reference_(reference), differences_(pair_differences(treatment, reference)), futures_(future_moments(change())) {
  if (treatment.unit_futures > 1) units_ = unit_moments(futures_, treatment.unit_futures);
  bool complete = true;
  for (std::size_t i = 0; i < differences_.size() && complete; ++i)
    complete = !std::isnan(differences_[i]) || (std::isnan(treatment.values[i]) && std::isnan(reference.values[i]));
  if (complete) {
    reference_units_ = unit_moments(reference_);
    return;
  }
  kept_treatment_.assign(treatment.values.begin(), treatment.values.end());
  kept_reference_.assign(reference.values.begin(), reference.values.end());
  for (std::size_t i = 0; i < differences_.size(); ++i)
    if (std::isnan(differences_[i])) kept_treatment_[i] = kept_reference_[i] = undefined;
  reference_units_ = unit_moments(this->reference());
}

std::vector<double> Pairs::unit_means() const {
  std::vector<double> means;
  auto const add = [&](std::span<Moments const> units) {
    for (Moments const& m : units) means.push_back(m.mean);
  };
  Arm const alone = independent_units(change());
  if (alone.futures == treatment_.futures && alone.replications == treatment_.replications) add(units());
  else add(future_moments(alone));
  return means;
}

MeanDifference mean_difference(Arm const& treatment, Arm const& reference) {
  Pairs const pairs(treatment, reference);
  MeanDifference m{clustered_mean(pairs.units()), undefined};
  double const size = std::fabs(clustered_mean(pairs.reference_units()).mean);
  if (size > 0) m.relative = m.change.mean / size;
  return m;
}

double monte_carlo_error(std::span<Moments const> futures) {
  auto const errors = error_variances(futures);
  return errors.empty() ? undefined : std::sqrt(sum(errors)) / static_cast<double>(errors.size());
}

double monte_carlo_error(Arm const& arm) {
  std::vector<double> means;
  for (std::size_t u = 0; u < arm.units(); ++u) {
    auto const values = arm.unit_values(u);
    for (std::size_t r = 0; r < arm.replications; ++r) {
      double sum = 0, n = 0;  // NaN if one of the futures has no value
      for (std::size_t i = r; i < values.size(); i += arm.replications) sum += values[i], ++n;
      means.push_back(sum / n);
    }
  }
  return monte_carlo_error(future_moments({means, arm.units(), arm.replications, arm.unit}));
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
  Pairs const pairs(treatment, reference);
  Selection with(pairs.treatment().values), without(pairs.reference().values);
  return paired_difference(pairs, with, without, worse);
}

PairedDifference paired_difference(Pairs const& pairs, Selection& treatment, Selection& reference, Worse worse) {
  Arm const change = pairs.change();
  auto const futures = pairs.futures();
  Moments const all = moments(change.values);

  PairedDifference p;
  p.n = all.n;
  p.dropped = change.values.size() - all.n;
  if (p.n == 0) return p;
  Estimate const estimate = clustered_mean(pairs.units());
  p.units = estimate.n;
  p.mean = estimate.mean;
  p.lo = estimate.lo;
  p.hi = estimate.hi;
  p.sd = std::sqrt(all.variance);
  p.monte_carlo_se = change.unit_futures == 1 ? monte_carlo_error(futures) : monte_carlo_error(change);
  p.future_sd = between_futures_sd(futures);

  std::vector<double> means;
  for (Moments const& m : futures) means.push_back(m.mean);
  p.futures = moments(means).n;
  auto const spread = selected_quantiles(means, std::array{0.025, 0.975});
  p.predictive_lo = spread[0];
  p.predictive_hi = spread[1];
  set_shares(p, means, worse);

  set_relative(p, pairs.units(), pairs.reference_units());
  double const independent = moments(pairs.reference().values).variance + moments(pairs.treatment().values).variance;
  if (all.variance > 0) p.variance_reduction = independent / all.variance;
  if (change.unit == 2) p.antithetic_factor = antithetic_factor(change);
  p.cvar95 = cvar95_difference({pairs.treatment(), &treatment}, {pairs.reference(), &reference}, worse);
  p.exactly_zero = std::all_of(change.values.begin(), change.values.end(), [](double d) { return d == 0 || std::isnan(d); });
  return p;
}

}  // namespace analysis
