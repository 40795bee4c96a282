#include <catch2/catch.hpp>

#include <cmath>

#include "analysis/estimators/factorial.hpp"

using namespace analysis;

namespace {

// Coefficients of a linear model in levers coded 0/1; dyadic, so that sums are exact.
double constructed(std::size_t setting, double base) {
  auto const level = [setting](unsigned lever) { return (setting >> lever & 1U) != 0 ? 1.0 : 0.0; };
  double const l = level(0), x = level(1), a = level(2), m = level(3);
  return base - 2 * l + 0.5 * x + 4 * m + 8 * l * m - 16 * l * x * a;
}

std::vector<std::vector<double>> constructed_arms(std::size_t futures, std::size_t replications) {
  std::vector<std::vector<double>> arms(16);
  for (std::size_t s = 0; s < 16; ++s) {
    for (std::size_t i = 0; i < futures * replications; ++i) {
      arms[s].push_back(constructed(s, static_cast<double>(i * 13 % 32)));
    }
  }
  return arms;
}

std::vector<FactorialEffect> effects_of(std::vector<std::vector<double>> const& values, std::size_t futures,
                                        std::size_t replications) {
  std::vector<Arm> arms;
  for (auto const& v : values) arms.push_back({v, futures, replications});
  return factorial_effects(arms);
}

}  // namespace

TEST_CASE("contrasts recover a constructed linear model exactly", "[estimators]") {
  auto const effects = effects_of(constructed_arms(3, 2), 3, 2);
  REQUIRE(effects.size() == 15);
  // By hand, from the 0/1 coefficients: a product of k levers gives (1/2)^(k-1) of its coefficient to each sub-term,
  // halved once more for every lever that the sub-term leaves out, and interactions are half differences.
  double wanted[16] = {};
  wanted[0b0001] = -2 + 8.0 / 2 - 16.0 / 4;
  wanted[0b0010] = 0.5 - 16.0 / 4;
  wanted[0b0100] = -16.0 / 4;
  wanted[0b1000] = 4 + 8.0 / 2;
  wanted[0b1001] = 8.0 / 2;
  wanted[0b0011] = -16.0 / 4;
  wanted[0b0101] = -16.0 / 4;
  wanted[0b0110] = -16.0 / 4;
  wanted[0b0111] = -16.0 / 4;
  for (auto const& e : effects) {
    CHECK(e.effect.mean == wanted[e.term]);
    CHECK((e.effect.lo == wanted[e.term] && e.effect.hi == wanted[e.term]));
    CHECK((e.blocks == 6 && e.effect.n == 3));
  }
}

TEST_CASE("a main effect is the mean with the lever less the mean without", "[estimators]") {
  auto arms = constructed_arms(5, 1);
  for (std::size_t s = 0; s < 16; ++s) {
    for (std::size_t i = 0; i < 5; ++i) arms[s][i] += static_cast<double>((s * 7 + i * 11) % 17) / 16;
  }
  double on = 0, off = 0;
  for (std::size_t s = 0; s < 16; ++s) {
    for (double const y : arms[s]) ((s >> 2 & 1) != 0 ? on : off) += y;
  }
  CHECK(effects_of(arms, 5, 1)[0b0100 - 1].effect.mean == Approx((on - off) / 40).epsilon(1e-14));
}

TEST_CASE("a history that is missing in one treatment is left out of every contrast and counted", "[estimators]") {
  auto arms = constructed_arms(3, 2);
  arms[9][0] = undefined;
  for (std::size_t i = 0; i < 2; ++i) arms[4][4 + i] = undefined;  // a whole future
  arms[2][0] = 1e6;                                                // must not matter: its block is incomplete
  auto const effects = effects_of(arms, 3, 2);
  CHECK(effects[0].blocks == 3);
  CHECK(effects[0].effect.n == 2);
  CHECK(effects[0b1000 - 1].effect.mean == 8);
}

TEST_CASE("an effect that cancels between histories is not called exactly zero", "[estimators]") {
  std::vector<std::vector<double>> const arms{{0, 0, 0, 0}, {1, -1, 2, -2}};
  auto const effect = effects_of(arms, 2, 2)[0];
  CHECK((effect.effect.mean == 0 && effect.effect.lo == 0 && effect.effect.hi == 0));
  CHECK_FALSE(effect.exactly_zero);
  CHECK(effects_of({arms[0], arms[0]}, 2, 2)[0].exactly_zero);
}

TEST_CASE("the order of treatments is found from their levels, not from their position", "[estimators]") {
  std::vector<std::vector<int>> levels{{1, 1}, {0, 1}, {}, {0, 0}, {1, 0}};
  CHECK(factorial_order(levels, 2) == std::vector<std::size_t>{3, 4, 1, 0});
  levels[0] = {0, 1};
  CHECK(factorial_order(levels, 2).empty());  // one setting twice
  levels.erase(levels.begin());
  CHECK(factorial_order(levels, 2).empty());  // one setting missing
  CHECK(factorial_order(levels, 0).empty());
}
