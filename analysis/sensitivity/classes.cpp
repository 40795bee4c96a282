#include "analysis/sensitivity/classes.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/base/math.hpp"

namespace analysis {
namespace {

constexpr std::size_t most_classes = 48;

double tanh_of(double x) { return 2 * sim::math::logistic(2 * x) - 1; }

}  // namespace

std::size_t class_count(std::size_t n) {
  double const size = static_cast<double>(n);
  double const exponent = 2 / (7 + tanh_of((1500 - size) / 500));
  return std::clamp<std::size_t>(static_cast<std::size_t>(std::ceil(sim::math::pow(size, exponent))), 1, most_classes);
}

Classes classes_of(std::span<double const> x, std::size_t count) {
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });
  std::vector<std::size_t> starts;  // of runs of equal values
  for (std::size_t i = 0; i < order.size(); ++i)
    if (i == 0 || x[order[i]] != x[order[i - 1]]) starts.push_back(i);
  bool const few = starts.size() <= count;
  starts.push_back(order.size());
  Classes classes{std::vector<std::uint8_t>(x.size()), 0};
  std::size_t last = 0;
  for (std::size_t run = 0; run + 1 < starts.size(); ++run) {
    std::size_t const middle = (starts[run] + starts[run + 1] - 1) / 2, wanted = few ? run : middle * count / order.size();
    if (run == 0 || wanted != last) ++classes.count;
    last = wanted;
    for (std::size_t i = starts[run]; i < starts[run + 1]; ++i) classes.of[order[i]] = static_cast<std::uint8_t>(classes.count - 1);
  }
  return classes;
}

std::vector<std::size_t> class_sizes(Classes const& classes) {
  std::vector<std::size_t> sizes(classes.count, 0);
  for (auto const c : classes.of) ++sizes[c];
  std::sort(sizes.begin(), sizes.end());
  return sizes;
}

}  // namespace analysis
