#include "analysis/estimators/log_ratio.hpp"

#include "sim/base/contracts.hpp"
#include "sim/base/math.hpp"

namespace analysis {

Estimate log_ratio(std::span<Moments const> treatment, std::span<Moments const> reference, double level) {
  SIM_CHECK(treatment.size() == reference.size());
  std::vector<double> y, x;
  for (std::size_t f = 0; f < treatment.size(); ++f) {
    if (treatment[f].n == 0 || reference[f].n == 0) continue;
    y.push_back(treatment[f].mean);
    x.push_back(reference[f].mean);
  }
  double const mean_y = moments(y).mean, mean_x = moments(x).mean;
  if (!(mean_y > 0 && mean_x > 0)) return {y.size(), undefined, undefined, undefined};
  for (std::size_t f = 0; f < y.size(); ++f) y[f] = y[f] / mean_y - x[f] / mean_x;
  Estimate const spread = mean_interval(y, level);
  double const ratio = sim::math::log(mean_y / mean_x), half = (spread.hi - spread.lo) / 2;
  return {y.size(), ratio, ratio - half, ratio + half};
}

}  // namespace analysis
