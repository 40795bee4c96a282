// Prints designs as CSV for the comparison with other programs: print_points DESIGN SEED POINTS FACTORS.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "sim/campaign/sampling/factor_design.hpp"
#include "sim/campaign/sampling/latin_hypercube.hpp"
#include "sim/campaign/sampling/sobol.hpp"

namespace {

void print(std::vector<double> const& values, std::size_t width) {
  for (std::size_t i = 0; i < values.size(); ++i) std::printf("%.17g%c", values[i], i % width == width - 1 ? '\n' : ',');
}

std::vector<double> unscrambled(std::uint32_t points, std::size_t width) {
  sim::SobolSequence const sequence(width);
  std::vector<double> u;
  for (std::uint32_t i = 0; i < points; ++i)
    for (std::size_t d = 0; d < width; ++d) u.push_back(sequence.digits(i, d) * 0x1p-32);
  return u;
}

/// Four correlated priors that oracle_test.py knows, sampled as `type`.
std::vector<double> correlated(sim::SamplingType type, std::uint64_t seed, std::uint32_t points) {
  std::vector<sim::ParameterInfo> factors;
  for (auto const& [name, prior] : std::vector<std::pair<std::string, sim::Distribution>>{{"a", {sim::Family::lognormal, 2, 0.5}},
                                                                                        {"b", {sim::Family::triangular, 0, 4, 1}},
                                                                                        {"c", {sim::Family::beta, 2, 5}},
                                                                                        {"d", {sim::Family::log_uniform, 1, 100}}})
    factors.push_back({.name = name, .unit = "1", .minimum = -1e9, .maximum = 1e9, .prior = prior});
  sim::Sampling sampling;
  sampling.type = type;
  sampling.factors = {"a", "b", "c", "d"};
  sampling.correlations = {{"a", "b", 0.7}, {"b", "c", -0.4}};
  return sim::factor_design({seed, points, factors, sampling}).values;
}

}  // namespace

int main(int count, char** words) {
  if (count != 5) return 2;
  std::string const design = words[1];
  auto const seed = std::strtoull(words[2], nullptr, 10);
  auto const points = static_cast<std::uint32_t>(std::strtoul(words[3], nullptr, 10));
  auto const width = static_cast<std::size_t>(std::strtoul(words[4], nullptr, 10));
  sim::DesignRequest request{seed, points, {}};
  for (std::size_t i = 0; i < width; ++i) request.factors.push_back(std::to_string(i) + "th");
  if (design == "unscrambled") print(unscrambled(points, width), width);
  if (design == "sobol") print(sim::sobol_design(request), width);
  for (std::size_t i = 0; i < 3; ++i)
    if (design == sim::pairing_names()[i]) print(sim::latin_hypercube(request, static_cast<sim::Pairing>(i)), width);
  if (design == "correlated_random") print(correlated(sim::SamplingType::random, seed, points), 4);
  if (design == "correlated_sobol") print(correlated(sim::SamplingType::sobol, seed, points), 4);
  if (design == "correlated_hypercube") print(correlated(sim::SamplingType::latin_hypercube, seed, points), 4);
}
