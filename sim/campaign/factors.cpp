#include "sim/campaign/factors.hpp"

#include "sim/base/campaign_shape.hpp"
#include "sim/base/contracts.hpp"

namespace sim {

std::vector<double> draw_factors(std::uint64_t seed, std::uint32_t futures, std::vector<ParameterInfo> const& factors) {
  Sampling sampling;
  for (auto const& factor : factors) sampling.factors.push_back(factor.name);
  return factor_design({seed, futures, factors, sampling}).values;
}

FactorDesign draw_futures(Study const& study) {
  std::vector<ParameterInfo> factors;
  for (auto const& factor : study.factors) factors.push_back(factor.info);
  auto design = factor_design({study.seed, study.futures, factors, study.sampling});
  SIM_CHECK(design.futures == study.futures);
  return design;
}

std::uint32_t future_of_draws(SamplingInfo const& sampling, std::uint32_t future) {
  return future - future % futures_together(sampling);
}

}  // namespace sim
