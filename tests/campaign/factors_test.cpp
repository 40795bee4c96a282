#include "sim/campaign/factors.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using sim::Distribution;
using sim::Family;
using sim::ParameterInfo;

namespace {

ParameterInfo parameter(std::string name, double a, double b) {
  return {.name = std::move(name), .unit = "1", .minimum = a, .maximum = b, .prior = {Family::uniform, a, b}};
}

}  // namespace

TEST_CASE("a factor's value depends on seed, future and its own name only", "[campaign]") {
  ParameterInfo const speed = parameter("speed", 0, 1);
  ParameterInfo const cost = parameter("cost", 10, 20);
  auto const alone = sim::draw_factors(7, 4, {speed});
  auto const both = sim::draw_factors(7, 4, {cost, speed});
  auto const longer = sim::draw_factors(7, 9, {speed});
  for (std::size_t future = 0; future < 4; ++future) {
    CHECK(both[2 * future + 1] == alone[future]);
    CHECK(longer[future] == alone[future]);
  }
  CHECK(sim::draw_factors(8, 4, {speed}) != alone);
  CHECK(sim::draw_factors(7, 4, {parameter("pace", 0, 1)}) != alone);
}

TEST_CASE("factors of different futures and names are spread over their priors", "[campaign]") {
  constexpr std::uint32_t futures = 20'000;
  auto const values = sim::draw_factors(1, futures, {parameter("a", 0, 1), parameter("b", 0, 1)});
  double mean_a = 0, mean_b = 0, product = 0;
  for (std::uint32_t i = 0; i < futures; ++i) {
    mean_a += values[2 * i] / futures;
    mean_b += values[2 * i + 1] / futures;
    product += (values[2 * i] - 0.5) * (values[2 * i + 1] - 0.5) / futures;
  }
  // 6.2 standard errors of the mean of a uniform variate, and of a product of two: p < 1e-9.
  double const bound = 6.2 / std::sqrt(12.0 * futures);
  CHECK(std::abs(mean_a - 0.5) < bound);
  CHECK(std::abs(mean_b - 0.5) < bound);
  CHECK(std::abs(product) < bound / std::sqrt(12.0));
}

TEST_CASE("a prior that reaches beyond what the model accepts is clamped", "[campaign]") {
  ParameterInfo const narrow{.name = "x", .minimum = -0.1, .maximum = 0.1, .prior = {Family::normal, 0, 1}};
  for (double const value : sim::draw_factors(3, 100, {narrow})) {
    CHECK(value >= -0.1);
    CHECK(value <= 0.1);
  }
}
