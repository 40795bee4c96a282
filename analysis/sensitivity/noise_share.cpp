#include "analysis/sensitivity/noise_share.hpp"

#include <algorithm>
#include <cmath>

namespace analysis {
namespace {

constexpr std::size_t resamples = 500;

double share_of(std::span<double const> errors, std::span<double const> means, std::span<double const> weights, double* noise = nullptr) {
  double n = 0, error = 0, sum = 0;
  for (std::size_t i = 0; i < means.size(); ++i) {
    n += weights[i];
    error += weights[i] * errors[i];
    sum += weights[i] * means[i];
  }
  double const mean = sum / n;
  double squares = 0;
  for (std::size_t i = 0; i < means.size(); ++i) squares += weights[i] * (means[i] - mean) * (means[i] - mean);
  if (noise != nullptr) *noise = error / n;
  return squares > 0 ? std::min(1.0, error / n / (squares / (n - 1))) : undefined;
}

}  // namespace

NoiseShare noise_share(std::span<Moments const> futures, Resampler const& resampler, std::size_t unit_futures) {
  double within = 0, degrees = 0;
  for (auto const& m : futures) {
    if (m.n < 2) continue;
    within += m.variance * static_cast<double>(m.n - 1);
    degrees += static_cast<double>(m.n - 1);
  }
  NoiseShare noise;
  if (degrees == 0) return noise;
  std::vector<double> errors, means;
  std::vector<std::size_t> unit;  // of each mean, from 0 without gaps
  std::size_t units = 0, last = futures.size();
  for (std::size_t f = 0; f < futures.size(); ++f) {
    auto const& m = futures[f];
    if (m.n == 0) continue;
    units += f / unit_futures != last;
    last = f / unit_futures;
    unit.push_back(units - 1);
    errors.push_back((m.n > 1 ? m.variance : within / degrees) / static_cast<double>(m.n));
    means.push_back(m.mean);
  }
  if (means.size() < 2) return noise;
  double const value = share_of(errors, means, std::vector<double>(means.size(), 1.0), &noise.variance);
  std::vector<double> resampled;
  std::vector<double> weights(means.size());
  for (std::size_t b = 0; b < resamples && units > 1; ++b) {
    auto const of_units = resampler.weights(b, units);
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = of_units[unit[i]];
    resampled.push_back(share_of(errors, means, weights));
  }
  noise.share = percentile_index(value, resampled, units);
  return noise;
}

}  // namespace analysis
