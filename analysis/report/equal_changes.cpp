#include <cmath>

#include "analysis/estimators/student.hpp"
#include "analysis/report/sensitivity_data.hpp"
#include "analysis/report/words.hpp"
#include "analysis/sensitivity/slope.hpp"

namespace analysis {
namespace {

// Futures in a regression for each coefficient, below which a group of factors that may depend on each other is not told apart (a usual rule
// of thumb: F. E. Harrell, Regression Modeling Strategies, 2015, 4.4, has 10 to 20).
constexpr std::size_t futures_per_slope = 10;

Index scaled(Index slope, double by) {
  slope.value *= by;
  slope.lo *= by;
  slope.hi *= by;
  slope.error *= by;
  return slope;
}

bool is_factorial(std::string const& type) { return type == "full_factorial" || type == "fractional_factorial"; }

// Rise over run between two futures.
double secant(SensitivityData const& data, std::size_t j, std::size_t from, std::size_t to) {
  double const run = data.value(j, to) - data.value(j, from);
  return run != 0 ? (data.difference[to] - data.difference[from]) / run : undefined;
}

// Futures 1 + 2 j and 2 + 2 j hold factor j at its low and high quantile; the interval comes from the replications alone.
std::vector<Index> slopes_one_at_a_time(SensitivityData const& data) {
  double within = 0;
  std::size_t degrees = 0;
  for (auto const& m : data.pairs) {
    if (m.n < 2) continue;
    within += m.variance * static_cast<double>(m.n - 1);
    degrees += m.n - 1;
  }
  std::vector<Index> all;
  for (std::size_t j = 0; j < data.factors.size(); ++j) {
    std::size_t const low = 1 + 2 * j, high = low + 1;
    if (high >= data.pairs.size()) return std::vector<Index>(data.factors.size());
    Index slope;
    slope.value = secant(data, j, low, high);
    if (degrees > 0 && !std::isnan(slope.value)) {
      double const noise = within / static_cast<double>(degrees) * (1 / static_cast<double>(data.pairs[low].n) + 1 / static_cast<double>(data.pairs[high].n));
      slope.error = std::sqrt(noise) / std::fabs(data.value(j, high) - data.value(j, low));
      double const half = slope.error == 0 ? 0 : slope.error * student_quantile(0.5 + interval_level / 2, degrees);
      slope.lo = slope.value - half;
      slope.hi = slope.value + half;
      slope.units = degrees + 1;
    }
    all.push_back(slope);
  }
  return all;
}

// The mean over trajectories of the slope of the one step that each makes in a factor.
std::vector<Index> slopes_of_steps(SensitivityData const& data, sim::SamplingInfo const& sampling) {
  std::vector<std::vector<double>> slopes(data.factors.size());
  for (std::size_t f = 1; f < data.difference.size(); ++f) {
    for (std::size_t j = 0; j < slopes.size() && sampling.moved[f] >= 0; ++j)
      if (data.value(j, f) != data.value(j, f - 1)) slopes[j].push_back(secant(data, j, f - 1, f));
  }
  std::vector<Index> all;
  for (auto const& one : slopes) {
    auto const m = moments(one);
    auto const mean = mean_interval(m);
    all.push_back({mean.mean, mean.lo, mean.hi, std::sqrt(m.variance / static_cast<double>(m.n)), m.n});
  }
  return all;
}

// From A to AB_j nothing but factor j changes.
std::vector<Index> slopes_of_rows(SensitivityData const& data, sim::SamplingInfo const& sampling) {
  std::size_t const width = (sampling.second_order ? 2 : 1) * sampling.factors.size() + 2;
  std::vector<Index> all;
  for (std::size_t j = 0; j < data.factors.size(); ++j) {
    std::vector<double> run, rise;
    for (std::size_t a = 0; a + width <= data.difference.size(); a += width) {
      std::size_t const ab = a + 2 + j;
      if (std::isnan(data.difference[a]) || std::isnan(data.difference[ab])) continue;
      run.push_back(data.value(j, ab) - data.value(j, a));
      rise.push_back(data.difference[ab] - data.difference[a]);
    }
    all.push_back(run.size() < slope_least_futures ? Index{} : slopes({run}, rise, Intercept::none)[0]);
  }
  return all;
}

// Regression, of factors that may depend on each other together.
std::vector<Index> regressions(SensitivityData const& data, std::string const& type, std::vector<std::string>& notes) {
  std::vector<Index> all(data.factors.size());
  auto const y = sampled_differences(data);
  std::size_t skipped = 0;
  for (auto const& group : data.groups) {
    std::size_t const least = is_factorial(type) ? group.size() + 3 : group.size() == 1 ? slope_least_futures : futures_per_slope * (group.size() + 1);
    if (y.size() < least) {
      skipped += group.size();
      continue;
    }
    std::vector<std::vector<double>> columns;
    for (std::size_t const j : group) columns.push_back(sampled(data, j));
    auto const fitted = slopes(columns, y);
    for (std::size_t i = 0; i < group.size(); ++i) all[group[i]] = fitted[i];
  }
  if (skipped > 0)
    notes.push_back("No effect of an equal change of " + count_of(skipped, "factor", "factors") + ": a regression wants " + std::to_string(slope_least_futures) +
                    " futures, and of factors that may depend on each other " + std::to_string(futures_per_slope) + " for each of them.");
  return all;
}

}  // namespace

void equal_changes(sim::ResultSchema const& schema, SensitivityData const& data, Sensitivity& all) {
  auto const& sampling = schema.sampling;
  bool const whole = data.factors.size() == sampling.factors.size();
  std::vector<Index> slope;
  if (sampling.type == "one_at_a_time" && whole && schema.futures == 2 * data.factors.size() + 1) {
    slope = slopes_one_at_a_time(data);
    all.notes.push_back("Effects of an equal change are exact differences between the low and the high quantile of each factor, scaled; their intervals hold Monte Carlo noise alone.");
  } else if (are_trajectories(sampling, schema.futures)) {
    slope = slopes_of_steps(data, sampling);
  } else if (sampling.type == "saltelli" && whole) {
    slope = slopes_of_rows(data, sampling);
  } else {
    slope = regressions(data, sampling.type, all.notes);
  }
  std::size_t at_zero = 0;
  for (std::size_t j = 0; j < data.factors.size(); ++j) {
    auto& factor = all.factors[j];
    factor.change = equal_change(schema.factors[data.factors[j]]);
    factor.ten_percent = scaled(slope[j], factor.change.step);
    at_zero += factor.change.of == StepOf::range;
  }
  if (at_zero > 0)
    all.notes.push_back("The prior of " + count_of(at_zero, "factor has", "factors have") + " its median at 0: the equal change is there a tenth of the width of its central 90 %.");
}

}  // namespace analysis
