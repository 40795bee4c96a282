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
    case Statistic::mean:
      return clustered_mean(arm, level);
    case Statistic::quantile:
      return quantile_interval(arm, w.probability, level);
    case Statistic::cvar:
      return cvar95_interval(arm, w.worse, level);
    case Statistic::proportion: {
      auto const hits = reached(arm, w.threshold);
      return proportion_interval(arm.with(hits), level);
    }
  }
  return {};
}

Estimate of_difference(Watched const& w, Arm const& treatment, Arm const& reference, double level) {
  auto const same_shape = [&](std::span<double const> v) { return treatment.with(v); };
  switch (w.statistic) {
    case Statistic::mean:
      return clustered_mean(same_shape(pair_differences(treatment, reference)), level);
    case Statistic::quantile:
      return quantile_difference(treatment, reference, w.probability, level);
    case Statistic::cvar:
      return cvar95_difference(treatment, reference, w.worse, level);
    case Statistic::proportion: {
      auto const a = reached(treatment, w.threshold);
      auto const b = reached(reference, w.threshold);
      auto const differences = pair_differences(same_shape(a), same_shape(b));
      return proportion_difference(same_shape(differences), level);
    }
  }
  return {};
}

// Ascending means of the independent units with data, or the values of the only one.
std::vector<double> ascending_units(Arm const& arm) {
  std::vector<double> means;
  for (Moments const& m : unit_moments(independent_units(arm))) means.push_back(m.mean);
  return sorted(means);
}

bool too_few_differ(std::span<double const> ascending) {
  std::size_t most = 0;
  for (auto first = ascending.begin(); first != ascending.end();) {
    auto const next = std::upper_bound(first, ascending.end(), *first);
    most = std::max(most, static_cast<std::size_t>(next - first));
    first = next;
  }
  return ascending.size() - most < least_differing;
}

bool too_skewed(std::span<double const> units, double units_per_square) {
  Moments const m = moments(units);
  double cubes = 0;
  for (double const x : units) cubes += (x - m.mean) * (x - m.mean) * (x - m.mean);
  auto const n = static_cast<double>(m.n);
  double const skewness = cubes / n / (m.variance * std::sqrt(m.variance));
  return !(n >= units_per_square * skewness * skewness);  // true where the skewness is not defined
}

}  // namespace

Estimate watched_interval(Watched const& watched, Arm const& treatment, Arm const* reference, double level) {
  SIM_CHECK(level > 0 && level < 1);
  return reference == nullptr ? of_one_arm(watched, treatment, level)
                              : of_difference(watched, treatment, *reference, level);
}

Doubt doubt_about(Watched const& watched, Arm const& treatment, Arm const* reference) {
  bool const cvar = watched.statistic == Statistic::cvar;
  std::vector<double> values(treatment.values.begin(), treatment.values.end());
  if (cvar) {
    values = cvar95_influences(treatment, reference, watched.worse);
  } else if (reference != nullptr) {
    values = pair_differences(treatment, *reference);
  }
  auto const units = ascending_units(treatment.with(values));
  if (units.size() < least_units) return Doubt::few_units;
  bool const proportion = watched.statistic == Statistic::proportion;
  bool const quantile = watched.statistic == Statistic::quantile;
  if (proportion || (quantile && reference == nullptr)) return Doubt::none;
  if (too_few_differ(units)) return Doubt::equal_values;
  double const units_per_square = cvar ? cvar_units_per_square_skewness : units_per_square_skewness;
  return !quantile && too_skewed(units, units_per_square) ? Doubt::skewed : Doubt::none;
}

bool is_degenerate(Watched const& watched, Arm const& treatment, Arm const* reference) {
  return doubt_about(watched, treatment, reference) != Doubt::none;
}

std::string_view words_of(Doubt doubt) {
  switch (doubt) {
    case Doubt::none:
      return "";
    case Doubt::few_units:
      return "fewer than 30 independent units";
    case Doubt::equal_values:
      return "fewer than 10 units differ from the others";
    case Doubt::skewed:
      return "too few units for values so skewed";
  }
  return "";
}

}  // namespace analysis
