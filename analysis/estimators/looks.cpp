#include "analysis/estimators/looks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>

#include "sim/base/contracts.hpp"
#include "sim/base/math.hpp"

namespace analysis {
namespace {

constexpr double inverse_root_two_pi = 0.39894228040143267794;
constexpr std::size_t largest = std::numeric_limits<std::size_t>::max();
constexpr double nearest =
    0.98;                    // ratio of counts; nearer looks count as this far apart, which only widens the intervals
constexpr double reach = 8;  // standard deviations; beyond lies 1e-15 of the whole

struct Node {
  double place = 0;
  double weight = 0;
};

// Gauss-Legendre rule with 5 nodes in each of `panels` equal parts of [-bound, bound] (Abramowitz and Stegun 25.4.30).
std::vector<Node> nodes(double bound, std::size_t panels) {
  double const inner = std::sqrt(5 - 2 * std::sqrt(10.0 / 7)) / 3;
  double const outer = std::sqrt(5 + 2 * std::sqrt(10.0 / 7)) / 3;
  double const heavy = (322 + 13 * std::sqrt(70.0)) / 900;
  double const light = (322 - 13 * std::sqrt(70.0)) / 900;
  std::array<Node, 5> const rule{{{-outer, light}, {-inner, heavy}, {0, 128.0 / 225}, {inner, heavy}, {outer, light}}};
  double const half = bound / static_cast<double>(panels);
  std::vector<Node> all;
  all.reserve(5 * panels);
  for (std::size_t i = 0; i < panels; ++i) {
    double const middle = -bound + half * static_cast<double>(2 * i + 1);
    for (Node const& n : rule) all.push_back({middle + half * n.place, half * n.weight});
  }
  return all;
}

// Density of a look's statistic at the nodes from that of the look before, where they count `ratio` of its units.
std::vector<double> one_look_on(std::span<Node const> grid, std::span<double const> before, double ratio) {
  double const correlation = std::sqrt(ratio);
  double const spread = std::sqrt(1 - ratio);
  std::vector<double> density(grid.size());
  std::size_t first = 0;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    double sum = 0;
    for (std::size_t j = first; j < grid.size(); ++j) {
      double const z = (correlation * grid[j].place - grid[i].place) / spread;
      if (z > reach) break;
      if (z < -reach) {
        first = j + 1;  // nor does it count for any later node
        continue;
      }
      sum += grid[j].weight * before[j] * sim::math::exp(-z * z / 2);
    }
    density[i] = sum * inverse_root_two_pi / spread;
  }
  return density;
}

double ratio_at(std::span<std::size_t const> counts, std::size_t k) {
  return std::min(nearest, static_cast<double>(counts[k - 1]) / static_cast<double>(counts[k]));
}

// Of standard normal statistics of sums, correlation sqrt(counts[j] / counts[k]) between looks j < k: the probability
// that all stay within [-bound, bound]. Density of the last one given that the earlier ones stayed, look by look
// (Armitage, McPherson and Rowe 1969; Jennison and Turnbull 2000, ch. 19).
double all_within(std::span<std::size_t const> counts, double bound) {
  double narrowest = 1;  // standard deviation of a look given the one before
  for (std::size_t k = 1; k < counts.size(); ++k) narrowest = std::min(narrowest, std::sqrt(1 - ratio_at(counts, k)));
  auto const grid = nodes(bound, static_cast<std::size_t>(4 * bound / narrowest) + 1);  // panels of half of that
  std::vector<double> density(grid.size());
  for (std::size_t i = 0; i < grid.size(); ++i) {
    density[i] = inverse_root_two_pi * sim::math::exp(-grid[i].place * grid[i].place / 2);
  }
  for (std::size_t k = 1; k < counts.size(); ++k) density = one_look_on(grid, density, ratio_at(counts, k));
  double total = 0;
  for (std::size_t i = 0; i < grid.size(); ++i) total += grid[i].weight * density[i];
  return total;
}

double two_sided(double bound) { return 1 - 2 * sim::math::normal_cdf(-bound); }
double bound_of(double level) { return -sim::math::normal_quantile((1 - level) / 2); }

std::size_t whole_count(double x) { return x < 1e18 ? static_cast<std::size_t>(std::ceil(x)) : largest; }

}  // namespace

double look_level(std::span<std::size_t const> counts, double level) {
  SIM_CHECK(!counts.empty() && counts.front() >= 1 && level > 0 && level < 1);
  SIM_CHECK(std::adjacent_find(counts.begin(), counts.end(), std::greater_equal<>()) == counts.end());
  if (counts.size() == 1) return level;
  // False position with the Illinois rule between one look's bound and Bonferroni's.
  double low = bound_of(level);
  double high = bound_of(1 - (1 - level) / static_cast<double>(counts.size()));
  double low_excess = all_within(counts, low) - level;
  double high_excess = all_within(counts, high) - level;
  for (int i = 0; i < 60 && high - low > 1e-12; ++i) {
    double const middle = (low * high_excess - high * low_excess) / (high_excess - low_excess);
    double const excess = all_within(counts, middle) - level;
    if (std::fabs(excess) < 1e-11) return two_sided(middle);
    if (excess < 0) {
      low = middle;
      low_excess = excess;
      high_excess /= 2;
    } else {
      high = middle;
      high_excess = excess;
      low_excess /= 2;
    }
  }
  return two_sided(high);
}

std::vector<std::size_t> look_counts(std::size_t minimum, std::size_t maximum, std::size_t step) {
  SIM_CHECK(minimum >= 1 && minimum <= maximum && step >= 1);
  std::vector<std::size_t> counts;
  if (minimum < maximum) {
    auto const first = static_cast<double>(minimum);
    double const growth = sim::math::log(static_cast<double>(maximum) / first);
    double const intervals = std::max(1.0, std::floor(growth / sim::math::log(look_growth) + 0.5));
    for (std::size_t k = 0; static_cast<double>(k) < intervals; ++k) {
      double const place = first * sim::math::exp(growth * static_cast<double>(k) / intervals);
      auto const steps = static_cast<std::size_t>(std::ceil(place / static_cast<double>(step) - 1e-9));
      std::size_t const count = steps * step;
      if (count >= maximum) break;
      if (counts.empty() || count > counts.back()) counts.push_back(count);
    }
  }
  counts.push_back(maximum);
  return counts;
}

std::size_t needed_count(Estimate const& at_look, std::size_t count, double target_half_width, double level_now,
                         double level_final) {
  double const half = (at_look.hi - at_look.lo) / 2;
  if (half == 0) return 0;
  if (!(target_half_width > 0) || std::isnan(half)) return largest;
  double const ratio = half / target_half_width * bound_of(level_final) / bound_of(level_now);
  return whole_count(static_cast<double>(count) * ratio * ratio);
}

CountRange needed_range(std::size_t needed, std::size_t count) {
  if (needed == 0) return {0, 0};
  if (count < 2 || needed == largest) return {0, largest};
  double const shape = static_cast<double>(count - 1) / 2;  // chi-square: gamma of half its degrees, scale 2
  double const scaled = static_cast<double>(needed) * shape;
  return {whole_count(scaled / sim::math::gamma_quantile(0.975, shape)),
          whole_count(scaled / sim::math::gamma_quantile(0.025, shape))};
}

}  // namespace analysis
