#include "sim/app/bench/precision_methods.hpp"

namespace app {

namespace {

/// Both said plainly, whatever the study says.
std::vector<sim::Override> reduction(bool antithetic, bool controls) {
  std::vector<sim::Override> overrides{antithetic ? "variance_reduction.antithetic=true" : "variance_reduction.antithetic=false",
                                       controls ? "variance_reduction.controls=true" : "variance_reduction.controls=false"};
  if (antithetic) overrides.emplace_back("campaign.replications=2");
  return overrides;
}

}  // namespace

std::vector<PrecisionMethod> precision_methods() {
  return {
      {"independent", "independent sampling", Sharing::nothing, 1, reduction(false, false)},
      {"common_random_numbers", "common random numbers", Sharing::numbers, 1, reduction(false, false)},
      {"branching", "+ branching", Sharing::beginning, 1, reduction(false, false)},
      {"controls", "+ control variates", Sharing::beginning, 1, reduction(false, true)},
      {"antithetic", "+ antithetic pairs", Sharing::beginning, 2, reduction(true, false)},
      {"all", "all of them", Sharing::beginning, 2, reduction(true, true)},
  };
}

}  // namespace app
