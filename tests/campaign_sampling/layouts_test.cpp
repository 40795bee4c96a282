#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "sim/campaign/sampling/sobol.hpp"
#include "sim/campaign/sampling/unit_design.hpp"

namespace {

using sim::UnitDesign;
std::vector<std::string> const abc{"a", "b", "c"};

std::vector<double> row(UnitDesign const& design, std::size_t i, std::size_t width) {
  auto const first = design.u.begin() + static_cast<std::ptrdiff_t>(i * width);
  return {first, first + static_cast<std::ptrdiff_t>(width)};
}

/// True if row 2 + j of every group is A with column j of B, and row 2 + d + j is B with column j of A.
bool shares_columns(UnitDesign const& design, std::size_t width, bool second_order) {
  std::size_t const block = (second_order ? 2 : 1) * width + 2;
  for (std::size_t first = 0; first < design.points; first += block) {
    auto const a = row(design, first, width), b = row(design, first + 1, width);
    for (std::size_t j = 0; j < width; ++j) {
      auto ab = a, ba = b;
      ab[j] = b[j];
      ba[j] = a[j];
      if (row(design, first + 2 + j, width) != ab) return false;
      if (second_order && row(design, first + 2 + width + j, width) != ba) return false;
    }
  }
  return true;
}

/// True if each step moves the named factor alone, by half of the levels in the named direction, each factor once.
bool moves_one_at_a_step(UnitDesign const& design, std::size_t width) {
  for (std::size_t i = 0; i < design.points; ++i) {
    bool const is_start = i % (width + 1) == 0;
    if ((design.moved[i] == -1) != is_start || (design.direction[i] == 0) != is_start) return false;
    if (is_start) continue;
    auto const before = row(design, i - 1, width), after = row(design, i, width);
    for (std::size_t d = 0; d < width; ++d)
      if (after[d] - before[d] != (static_cast<std::int32_t>(d) == design.moved[i] ? 0.5 * design.direction[i] : 0)) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("the blocks of Saltelli's layout share their columns", "[campaign]") {
  for (bool const second_order : {false, true}) {
    auto design = sim::saltelli_design({3, 16, abc}, second_order);
    CHECK(design.points == (second_order ? 128 : 80));
    CHECK(design.points == sim::saltelli_points(16, 3, second_order));
    CHECK(design.u.size() == design.points * 3);
    CHECK(shares_columns(design, 3, second_order));
    design.u[3 * 7] = 0.123;
    CHECK_FALSE(shares_columns(design, 3, second_order));
  }
}

TEST_CASE("A and B are balanced: each half of each column holds half of the points", "[campaign]") {
  auto const design = sim::saltelli_design({3, 64, abc}, false);
  for (std::size_t half : {0, 1})
    for (std::size_t d = 0; d < 3; ++d) {
      int low = 0;
      for (std::size_t i = half; i < design.points; i += 5) low += design.u[i * 3 + d] < 0.5;
      CHECK(low == 32);
    }
}

TEST_CASE("a step of Morris's moves one factor by half of the levels, each once in a trajectory", "[campaign]") {
  auto design = sim::morris_design({3, 50, abc}, 4);
  REQUIRE(design.points == 200);
  CHECK(moves_one_at_a_step(design, 3));
  std::map<std::vector<std::int32_t>, int> orders;
  std::set<double> levels(design.u.begin(), design.u.end());
  for (std::size_t t = 0; t < 50; ++t) ++orders[{design.moved[4 * t + 1], design.moved[4 * t + 2], design.moved[4 * t + 3]}];
  CHECK(orders.size() == 6);  // all orders occur
  for (auto const& [order, count] : orders) CHECK(std::set<std::int32_t>(order.begin(), order.end()).size() == 3);
  CHECK(levels == std::set<double>{0.125, 0.375, 0.625, 0.875});
  design.u[5] = 0.125 + (design.u[5] == 0.125 ? 0.25 : 0);
  CHECK_FALSE(moves_one_at_a_step(design, 3));
}

TEST_CASE("another factor changes neither the start nor the relative order of the others", "[campaign]") {
  auto const three = sim::morris_design({3, 20, abc}, 4), two = sim::morris_design({3, 20, {"a", "c"}}, 4);
  for (std::size_t t = 0; t < 20; ++t) {
    CHECK(three.u[t * 12] == two.u[t * 6]);
    std::vector<std::int32_t> order;
    for (std::size_t k = 1; k < 4; ++k)
      if (auto const moved = three.moved[4 * t + k]; moved != 1) order.push_back(moved == 2 ? 1 : 0);
    CHECK(order == std::vector<std::int32_t>{two.moved[3 * t + 1], two.moved[3 * t + 2]});
  }
}

TEST_CASE("a full factorial holds every combination once, the first factor fastest", "[campaign]") {
  auto const design = sim::full_factorial({{0.25, 0.75}, {0.1, 0.5, 0.9}});
  CHECK(design.points == 6);
  CHECK(design.u == std::vector<double>{0.25, 0.1, 0.75, 0.1, 0.25, 0.5, 0.75, 0.5, 0.25, 0.9, 0.75, 0.9});
  std::vector<std::vector<double>> const huge(100, std::vector<double>(1000, 0.5));
  CHECK(sim::factorial_points(huge) == std::uint64_t{1} << 63);
}

TEST_CASE("one at a time: the medians, then each factor low and high", "[campaign]") {
  auto const design = sim::one_at_a_time(2, 0.1, 0.9);
  CHECK(design.u == std::vector<double>{0.5, 0.5, 0.1, 0.5, 0.9, 0.5, 0.5, 0.1, 0.5, 0.9});
}
