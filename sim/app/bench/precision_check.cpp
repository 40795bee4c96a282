#include "sim/app/bench/precision_check.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace app {

std::vector<std::size_t> looks_until(double predicted_units) {
  auto const most = static_cast<std::size_t>(std::ceil(4 * std::max(predicted_units, 30.0)));
  std::vector<std::size_t> looks{30};
  while (looks.back() < most) looks.push_back(std::min(most, looks.back() + (looks.back() + 9) / 10));
  return looks;
}

PrecisionCheck check_prediction(PrecisionRow const& row, PrecisionSample const& sample, double target, ExtendSample const& extend) {
  auto const begun = std::chrono::steady_clock::now();
  PrecisionCheck check{.name = row.name, .target = target, .predicted_pairs = units_to(row.pair_variance, target)};
  check.predicted_cpu_s = check.predicted_pairs * row.pair_cpu_s;
  PrecisionSample run{.name = row.name, .values = {}, .cpu_s = {}, .pairs_per_unit = sample.pairs_per_unit};
  auto const pairs = static_cast<double>(sample.pairs_per_unit);
  for (std::size_t const units : looks_until(check.predicted_pairs / pairs)) {
    extend(run, units);
    check.difference = estimate_of(run);
    check.is_reached = (check.difference.hi - check.difference.lo) / 2 <= target;
    if (check.is_reached) break;
  }
  check.pairs = static_cast<double>(run.values.size()) * pairs;
  for (double const seconds : run.cpu_s) check.cpu_s += seconds;
  check.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return check;
}

}  // namespace app
