#include "analysis/estimators/fraction.hpp"

#include <catch2/catch.hpp>

#include <bit>
#include <random>

#include "analysis/estimators/factorial.hpp"

using namespace analysis;

namespace {

using Points = std::vector<std::vector<int>>;

/// Product of the levers of `term`, coded -1 and +1.
int product(std::vector<int> const& point, std::uint32_t term) {
  int value = 1;
  for (std::size_t j = 0; j < point.size(); ++j)
    if ((term >> j & 1U) != 0) value *= point[j] != 0 ? 1 : -1;
  return value;
}

/// All settings of the free levers, and further ones as products of them with a sign.
Points fraction_of(std::size_t base, std::vector<std::pair<std::uint32_t, int>> const& generators, int on = 1) {
  Points points;
  for (std::size_t t = 0; t < std::size_t{1} << base; ++t) {
    std::vector<int> point;
    for (std::size_t i = 0; i < base; ++i) point.push_back((t >> i & 1U) != 0 ? on : 0);
    std::vector<int> const free = point;
    for (auto const& [word, sign] : generators) point.push_back(product(free, word) * sign > 0 ? on : 0);
    points.push_back(point);
  }
  return points;
}

}  // namespace

TEST_CASE("the half of 2^4 with d = abc has resolution 4, and pairs share their contrasts", "[estimators]") {
  auto const fraction = regular_fraction(fraction_of(3, {{0b111, 1}}), 4);
  REQUIRE(fraction);
  CHECK(fraction->base == std::vector<std::size_t>{0, 1, 2});
  CHECK(fraction->words == std::vector<std::uint32_t>{1, 2, 4, 7});
  CHECK(fraction->signs == std::vector<int>{1, 1, 1, 1});
  CHECK(resolution(*fraction) == 4);
  auto const sets = alias_sets(*fraction, 2);
  REQUIRE(sets.size() == 7);
  CHECK((sets[3].terms.size() == 1 && sets[3].terms[0].term == 0b1000));
  CHECK((sets[4].terms.size() == 2 && sets[4].terms[0].term == 0b0011 && sets[4].terms[1].term == 0b1100));
}

TEST_CASE("a complete factorial is a fraction of itself", "[estimators]") {
  auto const fraction = regular_fraction(fraction_of(3, {}), 3);
  REQUIRE(fraction);
  CHECK(resolution(*fraction) == 0);
  for (auto const& set : alias_sets(*fraction, 3)) CHECK((set.terms.size() == 1 && set.terms[0].term == set.word && set.sign == 1));
}

TEST_CASE("what is no regular fraction is none", "[estimators]") {
  CHECK_FALSE(regular_fraction(Points{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, 3));  // one at a time
  CHECK_FALSE(regular_fraction(Points{{0, 0}, {1, 0}, {0, 1}}, 2));
  CHECK_FALSE(regular_fraction(Points{{0, 0}, {1, 0}, {1, 0}, {0, 0}}, 2));              // repeated
  CHECK_FALSE(regular_fraction(Points{{0, 0}, {1, 0}, {0, 1}, {2, 1}}, 2));              // two levels beside 0
  CHECK_FALSE(regular_fraction(Points{{}, {}}, 2));
  CHECK_FALSE(regular_fraction(Points(4, std::vector<int>(25, 0)), 25));
  CHECK(regular_fraction(Points{{0, 0}, {3, 0}, {0, 2}, {3, 2}}, 2));
}

TEST_CASE("a lever on at two levels is no factorial either", "[estimators]") {
  CHECK(factorial_order(Points{{0, 0}, {1, 0}, {0, 1}, {2, 1}}, 2).empty());
  CHECK(factorial_order(Points{{0, 0}, {2, 0}, {0, 1}, {2, 1}}, 2) == std::vector<std::size_t>{0, 1, 2, 3});
}

TEST_CASE("resolution, aliases and contrasts of random fractions are those found by trying every product", "[estimators]") {
  std::mt19937_64 random(5);
  for (int round = 0; round < 200; ++round) {
    std::size_t const base = 2 + random() % 3, added = 1 + random() % 3, levers = base + added;
    std::vector<std::pair<std::uint32_t, int>> generators;
    for (std::size_t i = 0; i < added; ++i) generators.push_back({static_cast<std::uint32_t>(1 + random() % ((1U << base) - 1)), random() % 2 ? 1 : -1});
    auto points = fraction_of(base, generators, 1 + static_cast<int>(random() % 3));
    std::shuffle(points.begin(), points.end(), random);
    auto const fraction = regular_fraction(points, levers);
    REQUIRE(fraction);
    int fewest = 99;
    for (std::uint32_t term = 1; term < 1U << levers; ++term) {
      bool constant = true;
      for (auto const& point : points) constant = constant && product(point, term) == product(points.front(), term);
      if (constant) fewest = std::min(fewest, std::popcount(term));
    }
    CHECK(resolution(*fraction) == static_cast<unsigned>(fewest));
    for (auto const& set : alias_sets(*fraction, static_cast<unsigned>(levers))) {
      std::vector<double> values;
      for (std::size_t const p : fraction->order) values.push_back(product(points[p], set.terms.front().term));
      yates(values);
      CHECK(values[set.word] * set.sign == static_cast<double>(points.size()));
      for (auto const& [term, sign] : set.terms)
        for (auto const& point : points) CHECK(product(point, term) == sign * product(point, set.terms.front().term));
    }
  }
}
