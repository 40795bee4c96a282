#include "analysis/sensitivity/morris.hpp"

#include <cmath>

#include "sim/base/contracts.hpp"

namespace analysis {
namespace {

constexpr std::size_t resamples = 1000;

double weighted_mean(std::span<double const> values, std::span<double const> weights) {
  double sum = 0, total = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sum += weights[i] * values[i];
    total += weights[i];
  }
  return sum / total;
}

}  // namespace

double morris_step(std::size_t levels) {
  SIM_CHECK(levels >= 2 && levels % 2 == 0);
  return static_cast<double>(levels) / static_cast<double>(2 * (levels - 1));
}

std::vector<std::vector<double>> elementary_effects(std::span<double const> y, MorrisTrajectories const& design) {
  SIM_CHECK(y.size() == design.moved.size() && y.size() == design.direction.size() && y.size() % (design.factors + 1) == 0);
  std::size_t const trajectories = y.size() / (design.factors + 1);
  std::vector<std::vector<double>> effects(design.factors, std::vector<double>(trajectories, undefined));
  for (std::size_t i = 1; i < y.size(); ++i) {
    if (design.moved[i] < 0) continue;
    effects.at(static_cast<std::size_t>(design.moved[i]))[i / (design.factors + 1)] = design.direction[i] * (y[i] - y[i - 1]) / design.step;
  }
  return effects;
}

MorrisIndex morris_index(std::span<double const> effects, Resampler const& resampler) {
  std::vector<double> kept, sizes;
  for (double const e : effects) {
    if (std::isnan(e)) continue;
    kept.push_back(e);
    sizes.push_back(std::fabs(e));
  }
  auto const m = moments(kept);
  auto const mean = mean_interval(m);
  MorrisIndex index;
  index.mu = {mean.mean, mean.lo, mean.hi, std::sqrt(m.variance / static_cast<double>(m.n)), m.n};
  index.sigma = std::sqrt(m.variance);
  std::vector<double> resampled;
  for (std::size_t b = 0; kept.size() > 1 && b < resamples; ++b) resampled.push_back(weighted_mean(sizes, resampler.weights(b, sizes.size())));
  index.mu_star = percentile_index(moments(sizes).mean, resampled, sizes.size());
  return index;
}

}  // namespace analysis
