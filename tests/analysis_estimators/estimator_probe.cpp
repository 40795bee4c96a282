// Prints every estimator for data read from standard input, one "name value" a line, to be compared with SciPy.
#include <cstdio>
#include <iostream>
#include <string>

#include "analysis/estimators/factorial.hpp"
#include "analysis/estimators/looks.hpp"
#include "analysis/estimators/paired.hpp"
#include "analysis/estimators/quantile.hpp"
#include "analysis/estimators/rank.hpp"
#include "analysis/estimators/student.hpp"
#include "analysis/estimators/watched.hpp"

namespace {

// "t5@0.975000"; appended piece by piece.
std::string name_of(char const* kind, std::size_t n, double probability) {
  std::string name = kind;
  name += std::to_string(n);
  name += '@';
  name += std::to_string(probability);
  return name;
}

void print(std::string const& name, double value) { std::printf("%s %.17g\n", name.c_str(), value); }

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

void print_looks() {
  print("looks.equal", analysis::look_level(std::vector<std::size_t>{100, 200, 300, 400, 500}, 0.95));
  print("looks.unequal", analysis::look_level(std::vector<std::size_t>{30, 45, 70, 1000}, 0.95));
  print("looks.99", analysis::look_level(std::vector<std::size_t>{50, 77, 118, 181}, 0.99));
}

std::vector<double> read(std::size_t n) {
  std::vector<double> values(n);
  std::string word;
  for (double& x : values) {
    std::cin >> word;
    x = std::stod(word);
  }
  return values;
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
