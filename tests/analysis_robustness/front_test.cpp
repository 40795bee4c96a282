#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "analysis/robustness/front.hpp"
#include "sim/rng/stream.hpp"

using namespace analysis;

TEST_CASE("a treatment is dominated by one that is clearly better in one number and tied in the other", "[robustness]") {
  Outcomes2d const response{3, 4, {1, 2, 1, 2, 5, 6, 5, 6, 5, 6, 5, 6.1}};
  Outcomes2d const cost{3, 4, {1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0}};
  auto const d = dominated_by(response, Worse::higher, cost, Worse::higher);
  CHECK_FALSE(d[0]);
  CHECK(d[1] == 0);
  CHECK_FALSE(d[2]);  // cheaper than all
}

TEST_CASE("the change between treatments is that of the pairs, with their interval, and of a treatment with itself nothing", "[robustness]") {
  Outcomes2d const outcomes{2, 4, {10, 20, 30, 40, 11, 22, 31, 42}};
  Estimate const change = mean_change(outcomes, 1, 0), none = mean_change(outcomes, 0, 0);
  CHECK(change.mean == 1.5);
  CHECK(change.hi - change.mean == Approx(3.182446305284263 * std::sqrt(1.0 / 3) / 2));  // t of 3 degrees of freedom
  CHECK((none.mean == 0 && none.lo == 0 && none.hi == 0));
  Outcomes2d const pairs_of_futures{2, 4, outcomes.values, {0, 0, 1, 1}};
  CHECK(mean_change(pairs_of_futures, 1, 0).n == 2);
}

TEST_CASE("equal treatments are both on the front", "[robustness]") {
  Outcomes2d const same{2, 3, {1, 2, 3, 1, 2, 3}};
  auto const d = dominated_by(same, Worse::higher, same, Worse::higher);
  CHECK((!d[0] && !d[1]));
}

TEST_CASE("an interval that holds zero is a tie, so a small mean difference dominates nothing", "[robustness]") {
  Outcomes2d const response{2, 4, {1, 5, 2, 4, 2, 4, 3, 3.1}};
  Outcomes2d const cost{2, 4, {1, 1, 1, 1, 1, 1, 1, 1}};
  auto const d = dominated_by(response, Worse::higher, cost, Worse::higher);
  CHECK((!d[0] && !d[1]));
}

TEST_CASE("the front is never empty, and what is best in the response by far is on it", "[robustness]") {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    sim::RngStream rng({seed}, 3, 0, 0);
    Outcomes2d response{6, 30, {}}, cost{6, 30, {}};
    for (std::size_t t = 0; t < 6; ++t) {
      double const level = rng.uniform(0, 2), price = rng.uniform(0, 2);
      for (std::size_t f = 0; f < 30; ++f) {
        response.values.push_back(rng.normal(level, 1) - (t == 2 ? 10 : 0));
        cost.values.push_back(rng.normal(price, 1));
      }
    }
    auto const d = dominated_by(response, Worse::higher, cost, Worse::higher);
    CHECK(std::any_of(d.begin(), d.end(), [](auto const& x) { return !x; }));
    CHECK_FALSE(d[2]);
  }
}

TEST_CASE("with one future nothing is clear and all are on the front", "[robustness]") {
  auto const d = dominated_by({2, 1, {1, 9}}, Worse::higher, {2, 1, {1, 9}}, Worse::higher);
  CHECK((!d[0] && !d[1]));
}
