#include "analysis/estimators/bootstrap.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/base/math.hpp"
#include "sim/rng/stream.hpp"
#include "sim/rng/stream_id.hpp"

namespace analysis {
namespace {

using sim::math::normal_cdf;
using sim::math::normal_quantile;

// Sum of times * deviations, in eight partial sums whose order never changes.
double weighted_sum(std::span<std::uint8_t const> times, std::span<double const> deviations) {
  std::array<double, 8> part{};
  std::size_t i = 0;
  for (; i + part.size() <= times.size(); i += part.size())
    for (std::size_t j = 0; j < part.size(); ++j) part[j] += times[i + j] * deviations[i + j];
  for (; i < times.size(); ++i) part[0] += times[i] * deviations[i];
  return ((part[0] + part[4]) + (part[1] + part[5])) + ((part[2] + part[6]) + (part[3] + part[7]));
}

// Quantile of ascending resampled values at `probability`: between the order statistics at (R + 1) p on the normal scale.
double resampled_quantile(std::span<double const> ascending, double probability) {
  double const ranks = static_cast<double>(ascending.size() + 1);
  double const place = probability * ranks;
  if (!(place >= 1 && place <= ranks - 1)) return undefined;
  auto const below = static_cast<std::size_t>(place);
  double const low = ascending[below - 1];
  if (below == ascending.size() || place == static_cast<double>(below)) return low;
  double const from = normal_quantile(static_cast<double>(below) / ranks), to = normal_quantile(static_cast<double>(below + 1) / ranks);
  return low + (normal_quantile(probability) - from) / (to - from) * (ascending[below] - low);
}

// Acceleration from the jackknife, whose deviations are those of the values but for a factor that cancels.
double acceleration(std::span<double const> deviations) {
  double squares = 0, cubes = 0;
  for (double const d : deviations) {
    squares += d * d;
    cubes += d * d * d;
  }
  return cubes / (6 * squares * std::sqrt(squares));
}

}  // namespace

Bootstrap::Times const& Bootstrap::draw(std::size_t units) {
  if (auto const known = kept_.find(units); known != kept_.end()) return known->second;
  if (units == last_units_) return last_;
  std::size_t const bytes = bootstrap_resamples * units;
  bool const fits = kept_bytes_ + bytes <= most_bootstrap_bytes;
  if (fits) kept_bytes_ += bytes;
  else last_units_ = units;
  Times& drawn = fits ? kept_[units] : last_;
  drawn.assign(bytes, 0);
  for (std::uint32_t r = 0; r < bootstrap_resamples; ++r) {
    sim::RngStream rng({.seed = seed_}, sim::stream_id("bootstrap"), r, units);
    std::uint8_t* const times = drawn.data() + r * units;
    for (std::size_t i = 0; i < units; ++i) ++times[rng.below(static_cast<std::uint32_t>(units))];
  }
  return drawn;
}

Estimate Bootstrap::mean(std::span<double const> values, double level) {
  Moments const m = moments(values);
  Estimate e{m.n, m.mean, undefined, undefined};
  if (m.n < least_bootstrap_units || m.n > most_bootstrap_units) return e;
  if (m.variance == 0) return {m.n, m.mean, m.mean, m.mean};
  std::vector<double> deviations;
  deviations.reserve(m.n);
  for (double const x : values)
    if (!std::isnan(x)) deviations.push_back(x - m.mean);
  Times const& times = draw(m.n);
  std::vector<double> means(bootstrap_resamples);
  double below = 0;  // resampled means below the mean, ties by half
  for (std::size_t r = 0; r < means.size(); ++r) {
    means[r] = weighted_sum(std::span(times).subspan(r * m.n, m.n), deviations) / static_cast<double>(m.n);
    below += means[r] < 0 ? 1 : means[r] == 0 ? 0.5 : 0;
  }
  std::sort(means.begin(), means.end());
  double const bias = normal_quantile(below / static_cast<double>(means.size()));
  double const a = acceleration(deviations);
  double const z = normal_quantile(0.5 + level / 2);
  auto const bound = [&](double side) {
    double const shifted = bias + side;
    double const slope = 1 - a * shifted;
    return slope > 0 ? m.mean + resampled_quantile(means, normal_cdf(bias + shifted / slope)) : undefined;
  };
  e.lo = bound(-z);
  e.hi = bound(z);
  return e;
}

}  // namespace analysis
