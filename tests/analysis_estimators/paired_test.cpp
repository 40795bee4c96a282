#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <random>

#include "analysis/estimators/paired.hpp"

using namespace analysis;

namespace {

double const gap = undefined;

// Histories share most of their noise: future + history + own noise.
struct Campaign {
  std::size_t futures, replications;
  std::vector<double> treatment, reference;
  Arm a() const { return {treatment, futures, replications}; }
  Arm b() const { return {reference, futures, replications}; }
};

Campaign campaign(std::size_t futures, std::size_t replications, double effect, double own_sd, std::uint64_t seed) {
  std::mt19937_64 rng(seed);
  std::normal_distribution<double> normal;
  Campaign c{futures, replications, {}, {}};
  for (std::size_t f = 0; f < futures; ++f) {
    double const level = 10 + 2 * normal(rng);
    for (std::size_t r = 0; r < replications; ++r) {
      double const shared = level + normal(rng);
      c.reference.push_back(shared + own_sd * normal(rng));
      c.treatment.push_back(shared + effect + own_sd * normal(rng));
    }
  }
  return c;
}

}  // namespace

TEST_CASE("a paired difference worked by hand", "[estimators]") {
  // Differences: future 0 {-1, -3}, future 1 {2, 2}, future 2 {0}, future 3 none.
  std::vector const t{9.0, 7.0, 12.0, 12.0, 5.0, gap, 1.0, gap};
  std::vector const r{10.0, 10.0, 10.0, 10.0, 5.0, 5.0, gap, 1.0};
  auto const p = paired_difference(Arm{t, 4, 2}, Arm{r, 4, 2}, Worse::higher);
  CHECK((p.n == 5 && p.futures == 3 && p.dropped == 3));
  CHECK(p.mean == 0);  // of -2, 2, 0
  CHECK(p.hi == Approx(4.3026527297494619 * 2 / std::sqrt(3.0)).epsilon(1e-12));
  CHECK(p.lo == -p.hi);
  CHECK(p.predictive_lo == Approx(-1.9).epsilon(1e-14));
  CHECK(p.share_better == Approx(1.0 / 3));
  CHECK(p.share_equal == Approx(1.0 / 3));
  CHECK(p.share_worse == Approx(1.0 / 3));
  // Variances within: 2 and 0, pooled 1 for the future of one: error variances 1, 0, 1.
  CHECK(p.monte_carlo_se == Approx(std::sqrt(2.0) / 3).epsilon(1e-14));
  CHECK(p.future_sd == Approx(std::sqrt(4 - 2.0 / 3)).epsilon(1e-14));
  CHECK(p.reference_mean == Approx(25.0 / 3).epsilon(1e-14));
  CHECK_FALSE(p.exactly_zero);
}

TEST_CASE("better means lower only where higher is worse", "[estimators]") {
  std::vector const t{1.0, 1.0, 1.0}, r{2.0, 2.0, 0.0};
  CHECK(paired_difference(Arm{t, 3, 1}, Arm{r, 3, 1}, Worse::higher).share_better == Approx(2.0 / 3));
  CHECK(paired_difference(Arm{t, 3, 1}, Arm{r, 3, 1}, Worse::lower).share_better == Approx(1.0 / 3));
}

TEST_CASE("equal arms differ by exactly zero and have no variance ratio", "[estimators]") {
  auto const c = campaign(10, 3, 0, 1, 1);
  auto const p = paired_difference(c.b(), c.b(), Worse::higher);
  CHECK((p.exactly_zero && p.mean == 0 && p.lo == 0 && p.hi == 0 && p.share_equal == 1 && p.future_sd == 0));
  CHECK(std::isnan(p.variance_reduction));
}

TEST_CASE("one bit of one history is enough not to be exactly zero", "[estimators]") {
  auto c = campaign(10, 3, 0, 1, 1);
  c.treatment = c.reference;
  c.treatment[17] = std::nextafter(c.treatment[17], 1e9);
  CHECK_FALSE(paired_difference(c.a(), c.b(), Worse::higher).exactly_zero);
}

TEST_CASE("what is not defined is undefined, never a number", "[estimators]") {
  std::vector const none{gap, gap}, one{1.0, gap}, base{3.0, 4.0};
  auto const empty = paired_difference(Arm{none, 1, 2}, Arm{base, 1, 2}, Worse::higher);
  CHECK((empty.n == 0 && std::isnan(empty.mean) && std::isnan(empty.share_better) && !empty.exactly_zero));
  auto const single = paired_difference(Arm{one, 1, 2}, Arm{base, 1, 2}, Worse::higher);
  CHECK((single.n == 1 && single.mean == -2 && std::isnan(single.lo) && std::isnan(single.sd)));
  CHECK((single.predictive_lo == -2 && std::isnan(single.future_sd) && std::isnan(single.monte_carlo_se)));
  auto const without = paired_difference(Arm{base, 2, 1}, Arm{std::vector{0.0, 0.0}, 2, 1}, Worse::higher);
  CHECK((std::isnan(without.relative) && std::isnan(without.relative_lo) && std::isnan(without.future_sd)));
}

TEST_CASE("relative and absolute interval agree on whether the mean differs from zero", "[estimators]") {
  std::mt19937_64 random(5);
  std::normal_distribution<double> effect(0.5, 0.8), base(10, 3);
  int containing = 0, defined = 0;
  for (int campaign_number = 0; campaign_number < 400; ++campaign_number) {
    std::vector<double> reference, treatment;
    for (int f = 0; f < 8; ++f) {
      reference.push_back(base(random) * (campaign_number % 2 == 0 ? 1 : -1));
      treatment.push_back(reference.back() * (f % 2 == 0 ? 1.05 : 0.97) + effect(random));
    }
    auto const p = paired_difference(Arm{treatment, 8, 1}, Arm{reference, 8, 1}, Worse::higher);
    if (std::isnan(p.relative_lo)) continue;
    ++defined;
    containing += p.lo <= 0 && 0 <= p.hi;
    CHECK((p.lo <= 0 && 0 <= p.hi) == (p.relative_lo <= 0 && 0 <= p.relative_hi));
    CHECK((p.relative_lo <= p.relative && p.relative <= p.relative_hi));
  }
  CHECK(defined > 300);
  CHECK(containing > 50);
  CHECK(containing < defined - 10);
}

TEST_CASE("common random numbers save the variance that histories share", "[estimators]") {
  // Var(shared) = 5, Var(own) = .25: independent 2 (5.25) = 10.5, paired .5, so a factor of 21.
  auto const c = campaign(4000, 5, -0.3, 0.5, 7);
  auto const p = paired_difference(c.a(), c.b(), Worse::higher);
  CHECK(p.variance_reduction == Approx(21).epsilon(0.05));
  CHECK(p.mean == Approx(-0.3).margin(5 * 0.5 * std::sqrt(2.0 / 20000)));
}

TEST_CASE("a wrong pairing loses the variance reduction and widens the interval", "[estimators]") {
  auto const c = campaign(400, 5, -0.3, 0.5, 7);
  auto broken = c;
  std::shuffle(broken.reference.begin(), broken.reference.end(), std::mt19937_64(3));
  auto const right = paired_difference(c.a(), c.b(), Worse::higher);
  auto const wrong = paired_difference(broken.a(), broken.b(), Worse::higher);
  CHECK(right.variance_reduction > 15);
  CHECK(wrong.variance_reduction < 1.5);
  CHECK(wrong.hi - wrong.lo > 2.5 * (right.hi - right.lo));
}

TEST_CASE("the spread of true effects over futures comes out without Monte Carlo noise", "[estimators]") {
  std::mt19937_64 rng(11);
  std::normal_distribution<double> normal;
  std::size_t const futures = 5000, replications = 4;
  std::vector<double> t, r(futures * replications, 0.0);
  for (std::size_t f = 0; f < futures; ++f) {
    double const effect = 1 + 0.5 * normal(rng);
    for (std::size_t k = 0; k < replications; ++k) t.push_back(effect + 2 * normal(rng));
  }
  auto const p = paired_difference(Arm{t, futures, replications}, Arm{r, futures, replications}, Worse::higher);
  // Var(future mean) = .25 + 4/4; the naive spread would be 1.118. Standard error of the variance: 1.25 sqrt(2/5000).
  CHECK(p.future_sd * p.future_sd == Approx(0.25).margin(6 * 1.25 * std::sqrt(2.0 / futures)));
  CHECK(p.monte_carlo_se == Approx(2 / std::sqrt(20000.0)).epsilon(0.03));
}
