// Prints the table of docs/methods/estimators.md: in how many of 1,000 campaigns each interval holds the truth.
#include <cmath>
#include <cstdio>
#include <functional>
#include <random>

#include "analysis/estimators/bootstrap.hpp"
#include "analysis/estimators/paired.hpp"
#include "analysis/estimators/quantile_interval.hpp"
#include "analysis/estimators/sign_test.hpp"
#include "analysis/estimators/variance_shares.hpp"

using namespace analysis;

namespace {

constexpr int campaigns = 1000;
constexpr double normal_95 = 1.6448536269514722;

struct Population {
  char const* name;
  double (*of)(double);  // a normal variate -> a future's value
  double mean, median, q95;
};

double exponential(double z) { return -std::log(0.5 * std::erfc(z / std::sqrt(2.0))); }
// One future in twenty far off, either way of zero in the mean.
double rare(double z) { return z > normal_95 ? 20.0 : 0.1 * z; }

bool covers(Estimate const& e, double truth) { return e.lo <= truth && truth <= e.hi; }

void row(Population const& p, std::size_t futures) {
  std::mt19937_64 rng(20221104);
  std::normal_distribution<double> normal;
  Bootstrap bootstrap(1);
  int t = 0, bca = 0, median = 0, quantile = 0, no_quantile = 0;
  for (int i = 0; i < campaigns; ++i) {
    std::vector<double> x(futures);
    for (double& v : x) v = p.of(normal(rng));
    t += covers(mean_interval(x), p.mean);
    bca += covers(bootstrap.mean(x), p.mean);
    median += covers(sign_test(x).median, p.median);
    auto const q = quantile_interval(Arm{x, futures, 1}, 0.95);
    no_quantile += std::isnan(q.lo) || std::isnan(q.hi);
    quantile += covers(q, p.q95);
  }
  std::printf("| %s | %zu | %.1f | %.1f | %.1f | ", p.name, futures, t / 10.0, bca / 10.0, median / 10.0);
  if (no_quantile > campaigns / 2) std::printf("undefined |\n");
  else std::printf("%.1f%s |\n", quantile / 10.0, no_quantile > 0 ? " (undefined counts as a miss)" : "");
}

void shares_row(char const* name, double (*of)(double), double variance) {
  std::mt19937_64 rng(7);
  std::normal_distribution<double> normal;
  int hits = 0;
  for (int i = 0; i < campaigns; ++i) {
    std::vector<double> x;
    for (int f = 0; f < 100; ++f) {
      double const level = of(normal(rng)) / std::sqrt(variance);
      for (int r = 0; r < 5; ++r) x.push_back(level + normal(rng));
    }
    auto const v = nested_shares(future_moments(Arm{x, 100, 5}));
    hits += v.lo <= 0.5 && 0.5 <= v.hi;
  }
  std::printf("| %s | 100 x 5 | %.1f |\n", name, hits / 10.0);
}

}  // namespace

int main() {
  double const e = std::exp(1.0);
  Population const populations[] = {
      {"normal", [](double z) { return z; }, 0, 0, normal_95},
      {"exponential (skewness 2)", &exponential, 1, std::log(2.0), std::log(20.0)},
      {"lognormal (skewness 6)", [](double z) { return std::exp(z); }, std::sqrt(e), 1, std::exp(normal_95)},
      // E = 20 * .05 + .1 E[z; z < q] = 1 - .1 * density(q)
      {"one future in 20 far off", &rare, 1 - 0.1 * 0.10313564037537139, 0, 0.1 * normal_95},
  };
  std::printf("| d(f) | futures | t | BCa | median | 95 %% quantile |\n|---|---|---|---|---|---|\n");
  for (auto const& p : populations)
    for (std::size_t const futures : {12, 30, 100, 500}) row(p, futures);
  std::printf("\n| effects of futures | futures x replications | share of the priors |\n|---|---|---|\n");
  shares_row("normal", [](double z) { return z; }, 1);
  shares_row("exponential (skewness 2)", &exponential, 1);
  shares_row("lognormal (skewness 6)", [](double z) { return std::exp(z); }, e * (e - 1));
}
