#include "analysis/sensitivity/density_distance.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimators/rank.hpp"
#include "sim/base/math.hpp"

namespace analysis {
namespace {

constexpr std::size_t cells = 200;
constexpr double beyond = 1.5;   // of the largest score, for the kernel's tail
constexpr double narrowing = 0.7;  // of the reference bandwidth: full smoothing hides more of strong factors than noise adds to weak ones (docs/methods/sensitivity.md)
constexpr double support = 3.5;  // standard deviations of the kernel that are kept

struct ClassSums {
  double weight = 0, sum = 0, squares = 0;
};

// Narrower than for a normal density: sd (4 / (3 n))^(1/5) (B. W. Silverman 1986, eq. 3.28); at least a cell.
double bandwidth(ClassSums const& c, double cell) {
  double const mean = c.sum / c.weight, variance = std::max(0.0, c.squares / c.weight - mean * mean);
  return std::max(cell, narrowing * std::sqrt(variance) * sim::math::pow(4 / (3 * c.weight), 0.2));
}

// Convolves the masses in the cells with a normal kernel, scaled so that nothing is lost. `from` has `margin` empty cells on both sides.
void smooth(double const* from, std::size_t margin, double width_in_cells, double scale, double* to) {
  auto const reach = std::min(margin, static_cast<std::size_t>(support * width_in_cells) + 1);
  std::vector<double> kernel(reach + 1);
  double total = 0;
  for (std::size_t k = 0; k <= reach; ++k) {
    double const z = static_cast<double>(k) / width_in_cells;
    kernel[k] = sim::math::exp(-z * z / 2);
    total += k == 0 ? kernel[k] : 2 * kernel[k];
  }
  for (std::size_t g = 0; g < cells; ++g) to[g] = kernel[0] / total * scale * from[margin + g];
  for (std::size_t k = 1; k <= reach; ++k) {
    double const height = kernel[k] / total * scale, *below = from + margin - k, *above = from + margin + k;
    for (std::size_t g = 0; g < cells; ++g) to[g] += height * (below[g] + above[g]);
  }
}

}  // namespace

DensityDistance::DensityDistance(std::span<double const> y) {
  double const n = static_cast<double>(y.size());
  double largest = 0;
  for (double const rank : ranks(y)) {
    scores_.push_back(sim::math::normal_quantile((rank - 0.5) / n));
    largest = std::max(largest, std::fabs(scores_.back()));
  }
  double const lowest = -largest - beyond, cell = 2 * (largest + beyond) / (cells - 1);
  for (double& z : scores_) {
    z = (z - lowest) / cell;  // in cells from here on
    auto const below = std::min<std::size_t>(static_cast<std::size_t>(z), cells - 2);
    places_.push_back({static_cast<std::uint32_t>(below), z - static_cast<double>(below)});
  }
}

double DensityDistance::operator()(Classes const& classes, std::span<double const> weights) const {
  constexpr std::size_t margin = cells / 2, width = cells + 2 * margin;
  std::vector<double> mass(classes.count * width, 0), density(classes.count * cells), mixture(cells, 0);
  std::vector<ClassSums> sums(classes.count);
  double total = 0;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    double const w = weights[i], z = scores_[i];
    auto& c = sums[classes.of[i]];
    c.weight += w;
    c.sum += w * z;
    c.squares += w * z * z;
    double* cell = mass.data() + classes.of[i] * width + margin + places_[i].cell;
    cell[0] += w * (1 - places_[i].part);
    cell[1] += w * places_[i].part;
    total += w;
  }
  for (std::size_t m = 0; m < classes.count; ++m) {
    if (sums[m].weight == 0) continue;
    double* to = density.data() + m * cells;
    smooth(mass.data() + m * width, margin, bandwidth(sums[m], 1), 1 / sums[m].weight, to);
    for (std::size_t g = 0; g < cells; ++g) mixture[g] += sums[m].weight / total * to[g];
  }
  double distance = 0;
  for (std::size_t m = 0; m < classes.count; ++m) {
    if (sums[m].weight == 0) continue;
    double apart = 0;
    for (std::size_t g = 0; g < cells; ++g) apart += std::fabs(density[m * cells + g] - mixture[g]);
    distance += sums[m].weight / total * apart / 2;
  }
  return distance;
}

}  // namespace analysis
