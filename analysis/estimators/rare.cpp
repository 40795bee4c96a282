#include "analysis/estimators/rare.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "analysis/estimators/student.hpp"
#include "sim/base/math.hpp"

namespace analysis {

RareProbability rare_probability(Arm const& estimates) {
  std::vector<double> units;
  for (Moments const& unit : unit_moments(estimates))
    if (unit.n > 0) units.push_back(unit.mean);
  if (units.size() < 2 && estimates.unit_futures == 1) {  // the replications of a single future
    units.clear();
    std::copy_if(estimates.values.begin(), estimates.values.end(), std::back_inserter(units), [](double value) { return !std::isnan(value); });
  }
  Moments const m = moments(units);
  RareProbability result;
  result.estimate = {m.n, m.mean, undefined, undefined};
  result.never_seen = m.n > 0 && m.mean == 0;
  if (m.n < 2 || result.never_seen) return result;
  result.relative_error = std::sqrt(m.variance / static_cast<double>(m.n)) / m.mean;
  double const spread = student_quantile(0.5 + interval_level / 2, m.n - 1) * result.relative_error;
  auto const hits = static_cast<double>(std::count_if(units.begin(), units.end(), [](double unit) { return unit > 0; }));
  // What few units above 0 leave open: the exact lower limit of a Poisson count, as a share of the count (Garwood 1936).
  double const few = sim::math::gamma_quantile((1 - interval_level) / 2, hits) / hits;
  result.estimate.lo = m.mean * std::min(1 / (1 + spread), few);
  result.estimate.hi = spread < 1 ? std::min(1.0, m.mean / (1 - spread)) : 1;
  return result;
}

double unseen_bound(double before, double histories) {
  return before * (1 - sim::math::exp(sim::math::log(1 - interval_level) / histories));
}

SplittingGain splitting_gain(RareProbability const& probability, double crude_events_of_a_history, double events) {
  SplittingGain gain;
  gain.events = events;
  double const p = probability.estimate.mean, error = probability.relative_error;
  if (!(error > 0) || !(p > 0)) return gain;
  gain.crude_events = (1 - p) / p / (error * error) * crude_events_of_a_history;
  gain.factor = gain.crude_events / events;
  return gain;
}

}  // namespace analysis
