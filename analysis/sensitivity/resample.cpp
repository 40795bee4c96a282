#include "analysis/sensitivity/resample.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/estimators/quantile.hpp"
#include "analysis/estimators/student.hpp"
#include "sim/base/math.hpp"
#include "sim/rng/stream.hpp"
#include "sim/rng/stream_id.hpp"

namespace analysis {
namespace {

constexpr std::size_t least_resamples = 20;
constexpr std::uint32_t outside_replications = 0xffffffff;  // no history has this number
constexpr std::uint32_t draws = 0, orders = 1;              // purposes

sim::RngStream stream(std::uint64_t seed, std::uint64_t agent, std::uint32_t purpose, std::uint64_t resample) {
  return {sim::ReplicationStream{seed, 0, outside_replications}, agent, purpose, resample};
}

// Probability below the lower end of an expanded interval.
double lower_tail(std::size_t units) {
  double const n = static_cast<double>(units);
  return sim::math::normal_cdf(-std::sqrt(n / (n - 1)) * student_quantile(0.5 + interval_level / 2, units - 1));
}

}  // namespace

bool is_clear(Index const& index, std::size_t compared) {
  if (std::isnan(index.value) || std::isnan(index.error) || index.units < 2 || compared == 0) return false;
  double const tail = (1 - interval_level) / 2 / static_cast<double>(compared);
  return std::fabs(index.value) > student_quantile(1 - tail, index.units - 1) * index.error;
}

Resampler::Resampler(std::uint64_t seed, std::string_view purpose) : seed_(seed), purpose_(sim::stream_id(purpose)) {}

std::vector<double> Resampler::weights(std::uint64_t resample, std::size_t n) const {
  auto rng = stream(seed_, purpose_, draws, resample);
  std::vector<double> count(n, 0);
  for (std::size_t i = 0; i < n; ++i) ++count[rng.below(static_cast<std::uint32_t>(n))];
  return count;
}

std::vector<std::uint32_t> Resampler::permutation(std::uint64_t resample, std::size_t n) const {
  auto rng = stream(seed_, purpose_, orders, resample);
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0u);
  for (std::size_t i = n; i > 1; --i) std::swap(order[i - 1], order[rng.below(static_cast<std::uint32_t>(i))]);
  return order;
}

Index percentile_index(double value, std::span<double const> resampled, std::size_t units) {
  Index index{value, undefined, undefined, undefined, units};
  auto const ascending = sorted(resampled);
  if (std::isnan(value) || units < 2 || ascending.size() < least_resamples) return index;
  double const tail = lower_tail(units);
  index.lo = std::min(value, quantile(ascending, tail));
  index.hi = std::max(value, quantile(ascending, 1 - tail));
  double const n = static_cast<double>(units);
  index.error = std::sqrt(moments(ascending).variance * n / (n - 1));
  return index;
}

Index bias_reduced_index(double raw, std::span<double const> resampled, std::size_t units) {
  double const mean = moments(resampled).mean;
  std::vector<double> turned;
  for (double const x : resampled) turned.push_back(2 * raw - x);
  return percentile_index(2 * raw - mean, turned, units);
}

}  // namespace analysis
