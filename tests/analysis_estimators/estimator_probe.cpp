// Prints every estimator for data read from standard input, one "name value" a line, to be compared with SciPy.
#include <cmath>
#include <cstdio>
#include <iostream>
#include <string>

#include "analysis/estimators/bootstrap.hpp"
#include "analysis/estimators/factorial.hpp"
#include "analysis/estimators/holm.hpp"
#include "analysis/estimators/log_ratio.hpp"
#include "analysis/estimators/looks.hpp"
#include "analysis/estimators/paired.hpp"
#include "analysis/estimators/quantile.hpp"
#include "analysis/estimators/rank.hpp"
#include "analysis/estimators/sign_test.hpp"
#include "analysis/estimators/student.hpp"
#include "analysis/estimators/t_test.hpp"
#include "analysis/estimators/variance_shares.hpp"
#include "analysis/estimators/watched.hpp"
#include "tests/support/probe.hpp"

namespace {

using support::print;
using support::read;

// "t5@0.975000"; appended piece by piece.
std::string name_of(char const* kind, std::size_t n, double probability) {
  std::string name = kind;
  name += std::to_string(n);
  name += '@';
  name += std::to_string(probability);
  return name;
}

void print(std::string const& name, analysis::Estimate const& e) {
  print(name + ".mean", e.mean);
  print(name + ".lo", e.lo);
  print(name + ".hi", e.hi);
}

void print(analysis::PairedDifference const& p, std::string const& name) {
  print(name + ".mean", p.mean);
  print(name + ".lo", p.lo);
  print(name + ".hi", p.hi);
  print(name + ".n", static_cast<double>(p.n));
  print(name + ".sd", p.sd);
  print(name + ".monte_carlo_se", p.monte_carlo_se);
  print(name + ".future_sd", p.future_sd);
  print(name + ".predictive_lo", p.predictive_lo);
  print(name + ".predictive_hi", p.predictive_hi);
  print(name + ".relative", p.relative);
  print(name + ".relative_lo", p.relative_lo);
  print(name + ".relative_hi", p.relative_hi);
  print(name + ".share_better", p.share_better);
  print(name + ".variance_reduction", p.variance_reduction);
  print(name + ".cvar95", p.cvar95.mean);
}

// Every statistic that a stopping rule may watch, alone and as a difference, at 99 %.
void print_watched(analysis::Arm const& treatment, analysis::Arm const& reference) {
  using analysis::Statistic;
  for (auto const& [name, statistic] : {std::pair{"mean", Statistic::mean},
                                        {"quantile", Statistic::quantile},
                                        {"cvar", Statistic::cvar},
                                        {"proportion", Statistic::proportion}}) {
    analysis::Watched const w{statistic, 0.7, 14, analysis::Worse::higher};
    print(std::string("watched.") + name, watched_interval(w, treatment, nullptr, 0.99));
    print(std::string("difference.") + name, watched_interval(w, treatment, &reference, 0.99));
  }
}

// Tests and other intervals of the mean paired difference.
void print_inference(analysis::Arm const& treatment, analysis::Arm const& reference) {
  analysis::Pairs const pairs(treatment, reference);
  auto const means = pairs.unit_means();
  auto const m = analysis::moments(means);
  print("inference.p", analysis::t_test(m));
  print("inference.tost", analysis::equivalence_test(m, 0.6).p);
  auto const sign = analysis::sign_test(means);
  print("inference.median", sign.median);
  print("inference.sign_p", sign.p);
  analysis::Bootstrap bootstrap(7);
  print("inference.bca", bootstrap.mean(means));
  auto const shares = analysis::nested_shares(pairs.futures());
  print("inference.shares", analysis::Estimate{0, shares.parametric, shares.lo, shares.hi});
  print("inference.log_ratio", analysis::log_ratio(analysis::future_moments(pairs.treatment()), analysis::future_moments(pairs.reference())));
  auto const adjusted = analysis::holm(std::vector{0.01, 0.04, 0.03, 0.005, 0.2, 0.04, 0.9}).adjusted;
  for (std::size_t i = 0; i < adjusted.size(); ++i) print("holm" + std::to_string(i), adjusted[i]);
  // A regression of the futures' differences on two columns, the reference's means and their squares.
  std::vector<double> factors, y;
  std::vector<std::size_t> used;
  auto const base = analysis::future_moments(pairs.reference());
  for (std::size_t f = 0; f < means.size(); ++f) {
    factors.insert(factors.end(), {base[f].mean, base[f].mean * base[f].mean});
    if (std::isnan(means[f])) continue;
    used.push_back(f);
    y.push_back(means[f]);
  }
  // Twice the futures, so that there are enough: the second half with other values.
  std::size_t const n = used.size();
  for (std::size_t i = 0; i < n; ++i) {
    used.push_back(used[i]);
    y.push_back(y[i] * y[i]);
  }
  print("inference.regression", analysis::FactorBasis(factors, 2, used).shares(y).parametric);
}

void print_distributions() {
  for (std::size_t const n : {1, 2, 7, 99, 5000, 99999})
    for (double const t : {-2.5, 0.0, 0.3, 1.96, 8.0}) print("upper" + std::to_string(n) + "@" + std::to_string(t), analysis::student_upper(t, static_cast<double>(n)));
  for (std::size_t const n : {1, 6, 23, 100, 5000, 100000})
    for (double const part : {0.1, 0.45, 0.495, 0.5, 0.6}) {
      auto const k = static_cast<std::size_t>(part * static_cast<double>(n));
      print("binomial" + std::to_string(n) + "@" + std::to_string(k), analysis::fair_binomial_cdf(k, n));
    }
  for (double const p : {0.025, 0.5, 0.975})
    for (auto const& [a, b] : {std::pair{1.0, 4.0}, {22.0, 115.0}, {99.0, 400.0}, {4999.0, 20000.0}})
      print("f" + std::to_string(p) + "@" + std::to_string(a), analysis::fisher_quantile(p, a, b));
}

void print_looks() {
  print("looks.equal", analysis::look_level(std::vector<std::size_t>{100, 200, 300, 400, 500}, 0.95));
  print("looks.unequal", analysis::look_level(std::vector<std::size_t>{30, 45, 70, 1000}, 0.95));
  print("looks.99", analysis::look_level(std::vector<std::size_t>{50, 77, 118, 181}, 0.99));
}

}  // namespace

int main() {
  using namespace analysis;
  std::size_t futures = 0, replications = 0, arms = 0;
  std::cin >> futures >> replications >> arms;
  std::vector<std::vector<double>> data;
  std::vector<Arm> points;
  for (std::size_t i = 0; i < arms; ++i) data.push_back(read(futures * replications));
  for (auto const& d : data) points.push_back({d, futures, replications});
  print(paired_difference(points[1], points[0], Worse::higher), "higher");
  print(paired_difference(points[1], points[0], Worse::lower), "lower");
  print("mean", mean_interval(data[0]));
  print("cvar", cvar95_interval(points[0], Worse::higher));
  print_watched(points[1], points[0]);
  print_looks();
  print_inference(points[1], points[0]);
  print_distributions();
  for (auto const& e : factorial_effects(points)) print(std::string("effect") + std::to_string(e.term), e.effect);
  auto const ascending = sorted(data[0]);
  for (double const p : {0.0, 0.01, 0.05, 0.25, 0.5, 0.77, 0.95, 1.0})
    print(name_of("q", 0, p), quantile(ascending, p));
  print("spearman", spearman(data[0], data[1]));
  for (std::size_t const n : {1, 2, 3, 4, 5, 9, 10, 29, 99, 100, 499, 1999, 2000, 2001, 5000, 20000}) {
    for (double const p : {0.001, 0.05, 0.9, 0.975, 0.999}) {
      print(name_of("t", n, p), student_quantile(p, n));
    }
  }
}
