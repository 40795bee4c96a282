#include "analysis/estimators/mean.hpp"

#include <cmath>

#include "analysis/estimators/student.hpp"
#include "sim/base/contracts.hpp"

namespace analysis {

Moments moments(std::span<double const> values) {
  Moments m;
  double origin = 0;
  double sum = 0;
  for (double const x : values) {
    if (std::isnan(x)) continue;
    if (m.n++ == 0) origin = x;
    sum += x - origin;  // shifted, so that equal values keep their mean to the bit
  }
  if (m.n == 0) return m;
  double const n = static_cast<double>(m.n);
  m.mean = origin + sum / n;
  if (m.n == 1) return m;
  double squares = 0;
  double rest = 0;
  for (double const x : values) {
    if (std::isnan(x)) continue;
    double const deviation = x - m.mean;
    squares += deviation * deviation;
    rest += deviation;
  }
  // Corrected two-pass variance (Chan, Golub and LeVeque 1983, eq. 1.7).
  m.variance = std::fmax(0.0, squares - rest * rest / n) / (n - 1);
  return m;
}

Estimate mean_interval(Moments const& m, double level) {
  Estimate e{m.n, m.mean, undefined, undefined};
  if (m.n < 2) return e;
  double const error = std::sqrt(m.variance / static_cast<double>(m.n));
  double const half = error == 0 ? 0.0 : error * student_quantile(0.5 + level / 2, m.n - 1);
  e.lo = m.mean - half;
  e.hi = m.mean + half;
  return e;
}

Estimate mean_interval(std::span<double const> values, double level) { return mean_interval(moments(values), level); }

std::vector<Moments> future_moments(Arm const& arm) {
  SIM_CHECK(arm.values.size() == arm.futures * arm.replications);
  std::vector<Moments> all(arm.futures);
  if (arm.unit == 1) {
    for (std::size_t f = 0; f < arm.futures; ++f) all[f] = moments(arm.future(f));
    return all;
  }
  SIM_CHECK(arm.replications % arm.unit == 0);
  std::vector<double> means(arm.replications / arm.unit);
  for (std::size_t f = 0; f < arm.futures; ++f) {
    auto const values = arm.future(f);
    for (std::size_t u = 0; u < means.size(); ++u) {
      double sum = 0;  // NaN if a part is
      for (double const x : values.subspan(u * arm.unit, arm.unit)) sum += x;
      means[u] = sum / static_cast<double>(arm.unit);
    }
    all[f] = moments(means);
  }
  return all;
}

std::vector<Moments> unit_moments(std::span<Moments const> futures, std::size_t unit_futures) {
  if (unit_futures == 1) return {futures.begin(), futures.end()};
  std::vector<Moments> units;
  std::vector<double> means;
  for (std::size_t first = 0; first < futures.size(); first += unit_futures) {
    means.clear();
    for (Moments const& m : futures.subspan(first, std::min(unit_futures, futures.size() - first))) means.push_back(m.mean);
    Moments const all = moments(means);
    units.push_back({all.n > 0 ? 1u : 0u, all.mean, undefined});
  }
  return units;
}

std::vector<Moments> unit_moments(Arm const& arm) {
  auto futures = future_moments(arm);
  return arm.unit_futures == 1 ? futures : unit_moments(futures, arm.unit_futures);
}

Estimate clustered_mean(std::span<Moments const> units, double level) {
  std::vector<double> means;
  Moments const* last = nullptr;
  for (Moments const& m : units) {
    if (m.n == 0) continue;
    means.push_back(m.mean);
    last = &m;
  }
  return means.size() == 1 ? mean_interval(*last, level) : mean_interval(means, level);
}

Estimate clustered_mean(Arm const& arm, double level) { return clustered_mean(unit_moments(arm), level); }

}  // namespace analysis
