#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <random>

#include "analysis/estimators/looks.hpp"
#include "sim/base/contracts.hpp"
#include "sim/base/math.hpp"

using namespace analysis;

namespace {

using Counts = std::vector<std::size_t>;

double bound(double level) { return -sim::math::normal_quantile((1 - level) / 2); }

Counts equal_steps(std::size_t looks) {
  Counts counts;
  for (std::size_t k = 1; k <= looks; ++k) counts.push_back(100 * k);
  return counts;
}

}  // namespace

TEST_CASE("equally spaced looks have Pocock's boundary", "[estimators]") {
  // Pocock (1977), as in Jennison and Turnbull (2000), table 2.1: two-sided, overall level 95 % and 99 %.
  for (auto const& [looks, c95, c99] : {std::tuple{2, 2.178, 2.772},
                                        {3, 2.289, 2.873},
                                        {4, 2.361, 2.939},
                                        {5, 2.413, 2.986},
                                        {10, 2.555, 3.117},
                                        {20, 2.672, 3.225}}) {
    CHECK(bound(look_level(equal_steps(looks), 0.95)) == Approx(c95).margin(0.0006));
    CHECK(bound(look_level(equal_steps(looks), 0.99)) == Approx(c99).margin(0.0006));
  }
}

TEST_CASE("a single look keeps the level, to the bit", "[estimators]") { CHECK(look_level(Counts{37}, 0.95) == 0.95); }

TEST_CASE("the level of a look lies between the overall level and Bonferroni's and rises with the looks",
          "[estimators]") {
  double before = 0.95;
  for (std::size_t looks = 2; looks < 9; ++looks) {
    double const level = look_level(equal_steps(looks), 0.95);
    CHECK(level > before);
    CHECK(level < 1 - 0.05 / static_cast<double>(looks));
    before = level;
  }
  CHECK(look_level(Counts{1, 1000000}, 0.95) == Approx(std::sqrt(0.95)).epsilon(1e-4));  // nearly independent looks
}

TEST_CASE("looks that all but coincide cost little and are still answered quickly", "[estimators]") {
  double const two = look_level(Counts{1000000, 1000001}, 0.95);
  CHECK(two > 0.95);
  CHECK(two < 0.957);
}

TEST_CASE("random walks stay within the boundary at every look as often as it says", "[estimators]") {
  Counts const counts = look_counts(30, 1000);
  double const c = bound(look_level(counts, 0.95));
  std::mt19937_64 rng(3);
  std::normal_distribution<double> normal;
  int const walks = 100000;
  int within = 0;
  for (int i = 0; i < walks; ++i) {
    double sum = 0;
    double count = 0;
    bool inside = true;
    for (std::size_t const n : counts) {
      sum += normal(rng) * std::sqrt(static_cast<double>(n) - count);
      count = static_cast<double>(n);
      inside = inside && std::fabs(sum) <= c * std::sqrt(count);
    }
    within += inside;
  }
  CHECK(within / 100000.0 == Approx(0.95).margin(6.2 * std::sqrt(0.95 * 0.05 / walks)));  // p < 1e-9
}

TEST_CASE("looks lie in nearly equal ratios from the minimum to the maximum", "[estimators]") {
  for (auto const& [minimum, maximum] :
       {std::pair{30, 1000}, {50, 5000}, {100, 101}, {1, 100}, {7, 7}, {10, 1000000}}) {
    auto const counts = look_counts(static_cast<std::size_t>(minimum), static_cast<std::size_t>(maximum));
    CHECK(counts.front() == static_cast<std::size_t>(minimum));
    CHECK(counts.back() == static_cast<std::size_t>(maximum));
    for (std::size_t k = 1; k < counts.size(); ++k) {
      CHECK(counts[k] > counts[k - 1]);
      CHECK(static_cast<double>(counts[k] - 1) < 1.84 * static_cast<double>(counts[k - 1]));
    }
  }
}

TEST_CASE("looks are multiples of the step, the last one the maximum", "[estimators]") {
  for (std::size_t const count : look_counts(30, 1000, 8)) CHECK((count % 8 == 0 || count == 1000));
  CHECK(look_counts(30, 1000, 8).front() == 32);
  CHECK(look_counts(3, 10, 10) == Counts{10});
}

TEST_CASE("looks out of order, without a unit or at an impossible level are a broken contract", "[estimators]") {
  CHECK_THROWS_AS(look_level(Counts{}, 0.95), sim::ContractViolation);
  CHECK_THROWS_AS(look_level(Counts{0, 5}, 0.95), sim::ContractViolation);
  CHECK_THROWS_AS(look_level(Counts{5, 5}, 0.95), sim::ContractViolation);
  CHECK_THROWS_AS(look_level(Counts{5, 10}, 1), sim::ContractViolation);
  CHECK_THROWS_AS(look_counts(11, 10), sim::ContractViolation);
}

TEST_CASE("half the half-width needs four times the units", "[estimators]") {
  Estimate const e{100, 5, 4, 6};
  CHECK(needed_count(e, 100, 0.5, 0.95, 0.95) == 400);
  CHECK(needed_count(e, 100, 1, 0.95, 0.95) == 100);
  CHECK(needed_count(e, 100, 1, 0.95, 0.99) == 173);  // (2.5758 / 1.9600)^2
}

TEST_CASE("what cannot be reached or judged needs more units than there are", "[estimators]") {
  auto const largest = std::numeric_limits<std::size_t>::max();
  CHECK(needed_count({100, 5, 4, 6}, 100, 0, 0.95, 0.95) == largest);
  CHECK(needed_count({100, 5, 4, 6}, 100, 1e-300, 0.95, 0.95) == largest);
  CHECK(needed_count({1, 5, undefined, undefined}, 1, 1, 0.95, 0.95) == largest);
  CHECK(needed_count({100, 5, 5, 5}, 100, 1, 0.95, 0.95) == 0);
  CHECK(needed_range(largest, 10).hi == largest);
}

TEST_CASE("the range of the count needed is the chi-square interval of the variance", "[estimators]") {
  // /usr/bin/python3 -c "from scipy.stats import chi2; print([1000*49/chi2.ppf(p, 49) for p in (.975, .025)])"
  CountRange const r = needed_range(1000, 50);
  CHECK(r.lo == 698);
  CHECK(r.hi == 1553);
  CHECK(needed_range(1000, 1).lo == 0);
}

TEST_CASE("the range of the count needed holds the true one in 95 of 100 campaigns", "[estimators]") {
  std::mt19937_64 rng(17);
  std::normal_distribution<double> normal;
  double const z = bound(0.95);
  int const campaigns = 4000;
  int hits = 0;
  for (int i = 0; i < campaigns; ++i) {
    std::vector<double> x(50);
    for (double& v : x) v = normal(rng);
    double const half = z * std::sqrt(moments(x).variance / 50);
    CountRange const r = needed_range(needed_count({50, 0, -half, half}, 50, z / 20, 0.95, 0.95), 50);
    hits += r.lo <= 400 && 400 <= r.hi;  // a deviation of 1 and a half-width of z / 20 need 20^2
  }
  CHECK(hits / 4000.0 == Approx(0.95).margin(6.2 * std::sqrt(0.95 * 0.05 / campaigns)));  // p < 1e-9
}
