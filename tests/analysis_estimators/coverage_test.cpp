#include <catch2/catch.hpp>

#include <cmath>
#include <random>

#include "analysis/estimators/factorial.hpp"
#include "analysis/estimators/paired.hpp"

using namespace analysis;

namespace {

// Campaigns whose true mean effect is known: the effect differs between futures, histories are noisy.
struct Generator {
  std::mt19937_64 rng;
  std::normal_distribution<double> normal;
  std::vector<double> treatment, reference;
  void fill(std::size_t futures, std::size_t replications) {
    treatment.clear();
    reference.clear();
    for (std::size_t f = 0; f < futures; ++f) {
      double const level = 3 * normal(rng);
      double const effect = -1 + 0.7 * normal(rng);
      for (std::size_t r = 0; r < replications; ++r) {
        double const shared = level + normal(rng);
        reference.push_back(shared);
        treatment.push_back(shared + effect + normal(rng));
      }
    }
  }
};

bool covers(Estimate const& e, double truth) { return e.lo <= truth && truth <= e.hi; }

}  // namespace

TEST_CASE("the interval of the mean difference covers the truth in 95 of 100 campaigns", "[estimators]") {
  int const campaigns = 1000;
  Generator g{std::mt19937_64(42), {}, {}, {}};
  int hits = 0, naive_hits = 0;
  for (int i = 0; i < campaigns; ++i) {
    g.fill(12, 6);
    auto const p = paired_difference(Arm{g.treatment, 12, 6}, Arm{g.reference, 12, 6}, Worse::higher);
    hits += covers({p.n, p.mean, p.lo, p.hi}, -1);
    naive_hits += covers(mean_interval(pair_differences(Arm{g.treatment, 12, 6}, Arm{g.reference, 12, 6})), -1);
  }
  CHECK(hits / 1000.0 == Approx(0.95).margin(0.014));
  CHECK(naive_hits < 850);  // the broken twin: replications taken for independent units
}

TEST_CASE("intervals of factorial effects cover the truth in 95 of 100 campaigns", "[estimators]") {
  std::mt19937_64 rng(5);
  std::normal_distribution<double> normal;
  int hits = 0;
  for (int i = 0; i < 1000; ++i) {
    std::vector<std::vector<double>> values(4);
    for (int f = 0; f < 10; ++f) {
      double const interaction = 2 + normal(rng);
      for (int r = 0; r < 3; ++r) {
        double const shared = 5 * normal(rng);
        for (int s = 0; s < 4; ++s) values[s].push_back(shared + (s == 3 ? interaction : 0) + 0.5 * normal(rng));
      }
    }
    std::vector<Arm> arms;
    for (auto const& v : values) arms.push_back({v, 10, 3});
    hits += covers(factorial_effects(arms)[2].effect, 1);
  }
  CHECK(hits / 1000.0 == Approx(0.95).margin(0.014));
}

TEST_CASE("the interval of CVaR95 covers the truth nearly as often as it says", "[estimators]") {
  // Standard normal: CVaR95 = density(1.6449) / .05 = 2.0627. 100 futures x 5, as a default study.
  std::mt19937_64 rng(9);
  std::normal_distribution<double> normal;
  int hits = 0;
  for (int i = 0; i < 1000; ++i) {
    std::vector<double> x(500);
    for (double& v : x) v = normal(rng);
    hits += covers(cvar95_interval(Arm{x, 100, 5}, Worse::higher), 2.0627128075);
  }
  CHECK(hits > 900);  // about 93 of 100: 25 histories in the tail make it slightly too narrow
  CHECK(hits < 965);
}
