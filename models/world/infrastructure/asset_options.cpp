#include "models/world/infrastructure/asset_options.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/math.hpp"

namespace world {

std::vector<double> asset_sizes(AssetOptions const& options) {
  std::vector<double> sizes;
  sizes.reserve(static_cast<std::size_t>(options.per_sector));
  double sum = 0;
  for (int i = 0; i < options.per_sector; ++i) {
    // Exactly 1 / rank for the exponent 1.
    double const power = options.size_exponent == 1 ? i + 1 : sim::math::pow(i + 1, options.size_exponent);
    sizes.push_back(1.0 / power);
    sum += sizes.back();
  }
  for (double& size : sizes) size /= sum;
  return sizes;
}

double mean_fault_work_days() { return fault_work_days * sim::math::exp(fault_work_log_sd * fault_work_log_sd / 2); }

CrewPlan crew_plan(AssetOptions const& options) {
  if (!options.has_faults()) return {};
  double const at_work = options.per_sector * options.faults_per_year * mean_fault_work_days() / 365.25;
  int const needed = std::max(1, static_cast<int>(std::ceil(at_work / options.crew_load)));
  int const depots = (needed + max_crews - 1) / max_crews;
  return {depots, (needed + depots - 1) / depots};
}

}  // namespace world
