#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/campaign/sampling/fraction.hpp"
#include "sim/campaign/sampling/sampling_error.hpp"

namespace {

using Texts = std::vector<std::string>;

Texts letters(std::size_t count) {
  Texts all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(std::string(1, static_cast<char>('a' + i)));
  return all;
}

/// +1 or -1 of factor i at a point.
int sign(sim::UnitDesign const& design, std::size_t point, std::size_t i, std::size_t width) { return design.u[point * width + i] > 0.5 ? 1 : -1; }

/// Shortest product of factors that is constant over the design, by brute force; 0 if there is none.
unsigned shortest_constant(sim::UnitDesign const& design, std::size_t width) {
  unsigned shortest = 0;
  for (std::uint32_t word = 1; word < std::uint32_t{1} << width; ++word) {
    int sum = 0;
    for (std::size_t point = 0; point < design.points; ++point) {
      int product = 1;
      for (std::size_t i = 0; i < width; ++i)
        if (word >> i & 1u) product *= sign(design, point, i, width);
      sum += product;
    }
    auto const length = static_cast<unsigned>(__builtin_popcount(word));
    if (std::abs(sum) == static_cast<int>(design.points)) shortest = shortest == 0 ? length : std::min(shortest, length);
  }
  return shortest;
}

std::string message(Texts const& factors, Texts const& generators) {
  try {
    sim::fraction_of(factors, generators);
    return "no fault";
  } catch (sim::SamplingError const& error) {
    return std::to_string(error.element.value_or(99)) + ": " + error.what();
  }
}

}  // namespace

TEST_CASE("2^(4-1) with d = abc has resolution IV and three pairs of interactions that cannot be told apart", "[campaign]") {
  auto const f = sim::fraction_of(letters(4), {"d = a*b*c"});
  CHECK(f.base == 3);
  CHECK(f.resolution == 4);
  CHECK(sim::aliases(f) == Texts{"a*b = c*d", "a*c = b*d", "a*d = b*c"});
  auto const design = sim::fraction_design(f, 0.1, 0.9);
  REQUIRE(design.points == 8);
  for (std::size_t p = 0; p < 8; ++p) CHECK(sign(design, p, 3, 4) == sign(design, p, 0, 4) * sign(design, p, 1, 4) * sign(design, p, 2, 4));
}

TEST_CASE("a negative generator turns the factor and its aliases", "[campaign]") {
  auto const f = sim::fraction_of(letters(3), {"c = -a*b"});
  CHECK(f.resolution == 3);
  CHECK(sim::aliases(f) == Texts{"a = -b*c", "b = -a*c", "c = -a*b"});
  auto const design = sim::fraction_design(f, 0.1, 0.9);
  for (std::size_t p = 0; p < 4; ++p) CHECK(sign(design, p, 2, 3) == -sign(design, p, 0, 3) * sign(design, p, 1, 3));
}

TEST_CASE("the resolution is that of brute force, for generators in any place", "[campaign]") {
  for (auto const& [factors, generators] : std::vector<std::pair<std::size_t, Texts>>{
           {5, {"d = a*b", "e = a*c"}}, {5, {"e = a*b*c*d"}}, {6, {"a = b*c*d", "f = -b*c*e"}}, {7, {"d = a*b", "e = a*c", "f = b*c", "g = a*b*c"}}, {8, {"e = b*c*d", "f = a*c*d", "g = a*b*c", "h = a*b*d"}}, {4, {}}}) {
    auto const f = sim::fraction_of(letters(factors), generators);
    CHECK(f.resolution == shortest_constant(sim::fraction_design(f, 0.1, 0.9), factors));
  }
}

TEST_CASE("the smallest fraction of a resolution is as small as the tables say", "[campaign]") {
  // Base factors of Box, Hunter and Hunter (2005), table 6.22, and of the doubling and Hamming constructions.
  struct Known {
    std::size_t factors;
    unsigned resolution, base;
  };
  for (auto const& k : std::vector<Known>{{3, 3, 2}, {4, 4, 3}, {5, 5, 4}, {7, 3, 3}, {8, 4, 4}, {15, 3, 4}, {16, 4, 5}, {6, 4, 4}, {8, 5, 6}, {11, 5, 7}}) {
    auto const names = letters(k.factors);
    auto const f = sim::smallest_fraction(names, k.resolution);
    CAPTURE(k.factors, k.resolution);
    CHECK(f.base == k.base);
    CHECK(f.resolution >= k.resolution);
    auto const again = sim::fraction_of(names, f.generators);
    CHECK(again.products == f.products);
    CHECK(again.resolution == f.resolution);
    if (k.factors <= 11) CHECK(shortest_constant(sim::fraction_design(f, 0.1, 0.9), k.factors) == f.resolution);
  }
  CHECK(sim::smallest_fraction(letters(3), 4).generators.empty());  // the whole factorial
}

TEST_CASE("faulty generators are told apart", "[campaign]") {
  CHECK(message(letters(4), {"d = a*b*c"}) == "no fault");
  CHECK(message(letters(4), {"d"}).find("is no generator") != std::string::npos);
  CHECK(message(letters(4), {"d = a"}).find("at least two others") != std::string::npos);
  CHECK(message(letters(4), {"d = a*b*e"}).find("0: unknown factor \"e\"") == 0);
  CHECK(message(letters(5), {"d = a*b", "e = a*d"}).find("1: \"d\" is made by a generator itself") == 0);
  CHECK(message(letters(5), {"d = a*b", "e = b*a"}).find("1: \"e\" and \"d\" are the same product") == 0);
  CHECK(message(letters(4), {"d = a*a"}).find("repeated factor") != std::string::npos);
  CHECK(message(letters(4), {"d = a*b", "d = a*c"}).find("1: \"d\" is made twice") == 0);
  CHECK(message(letters(26), {"d = a*b"}).find("25 base factors are too many") != std::string::npos);
}
