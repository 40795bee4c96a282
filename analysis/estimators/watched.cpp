#include "analysis/estimators/watched.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimators/paired.hpp"
#include "analysis/estimators/proportion.hpp"
#include "analysis/estimators/quantile.hpp"
#include "analysis/estimators/quantile_interval.hpp"
#include "sim/base/contracts.hpp"

namespace analysis {
namespace {

// 1 where the value reaches the threshold, else 0; NaN stays NaN.
std::vector<double> reached(Arm const& arm, double threshold) {
  std::vector<double> all(arm.values.begin(), arm.values.end());
  for (double& x : all) x = std::isnan(x) ? x : (x >= threshold ? 1.0 : 0.0);
  return all;
}

Estimate of_one_arm(Watched const& w, Arm const& arm, double level) {
  switch (w.statistic) {
    case Statistic::mean: return clustered_mean(arm, level);
    case Statistic::quantile: return quantile_interval(arm, w.probability, level);
    case Statistic::cvar: return cvar95_interval(arm, w.worse, level);
    case Statistic::proportion: {
      auto const hits = reached(arm, w.threshold);
      return proportion_interval(Arm{hits, arm.futures, arm.replications}, level);
    }
  }
  return {};
}

Estimate of_difference(Watched const& w, Arm const& treatment, Arm const& reference, double level) {
  auto const same_shape = [&](std::span<double const> v) { return Arm{v, treatment.futures, treatment.replications}; };
  switch (w.statistic) {
    case Statistic::mean: return clustered_mean(same_shape(pair_differences(treatment, reference)), level);
    case Statistic::quantile: return quantile_difference(treatment, reference, w.probability, level);
    case Statistic::cvar: return cvar95_difference(treatment, reference, w.worse, level);
    case Statistic::proportion: {
      auto const a = reached(treatment, w.threshold);
      auto const b = reached(reference, w.threshold);
      auto const differences = pair_differences(same_shape(a), same_shape(b));
      return proportion_difference(same_shape(differences), level);
    }
  }
  return {};
}

// Units that differ from the most common value.
std::size_t differing(Arm const& arm) {
  std::vector<double> units;
  for (Moments const& m : future_moments(independent_units(arm))) units.push_back(m.mean);
  auto const ascending = sorted(units);
  std::size_t most = 0;
  for (auto first = ascending.begin(); first != ascending.end();) {
    auto const next = std::upper_bound(first, ascending.end(), *first);
    most = std::max(most, static_cast<std::size_t>(next - first));
    first = next;
  }
  return ascending.size() - most;
}

}  // namespace

Estimate watched_interval(Watched const& watched, Arm const& treatment, Arm const* reference, double level) {
  SIM_CHECK(level > 0 && level < 1);
  return reference == nullptr ? of_one_arm(watched, treatment, level)
                              : of_difference(watched, treatment, *reference, level);
}

bool is_degenerate(Watched const& watched, Arm const& treatment, Arm const* reference) {
  if (watched.statistic == Statistic::proportion) return false;
  if (watched.statistic == Statistic::quantile && reference == nullptr) return false;
  if (reference == nullptr) return differing(treatment) < least_differing;
  auto const differences = pair_differences(treatment, *reference);
  return differing(Arm{differences, treatment.futures, treatment.replications}) < least_differing;
}

}  // namespace analysis
