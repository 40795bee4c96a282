// Prints sensitivity indices of data read from standard input, one "name value" a line, to be compared with SciPy and OpenTURNS.
#include <cstdio>
#include <iostream>
#include <string>

#include "analysis/sensitivity/delta.hpp"
#include "analysis/sensitivity/morris.hpp"
#include "analysis/sensitivity/noise_share.hpp"
#include "analysis/sensitivity/slope.hpp"
#include "analysis/sensitivity/sobol.hpp"
#include "tests/support/probe.hpp"

namespace {

using support::print;
using support::read;

using namespace analysis;

void print(std::string const& name, std::size_t j, Index const& index, bool interval) {
  std::string const full = name + std::to_string(j);
  print(full, index.value);
  if (!interval) return;
  print(full + ".lo", index.lo);
  print(full + ".hi", index.hi);
}

std::size_t read_count() {
  std::size_t n = 0;
  std::cin >> n;
  return n;
}

}  // namespace

int main() {
  Resampler const resampler(1, "probe");
  std::size_t const rows = read_count(), factors = read_count();
  auto const y = read(rows * (2 * factors + 2));
  double const noise = read(1)[0];
  auto const s = sobol_indices({y, factors, true}, resampler, noise);
  print("variance", s.variance);
  for (std::size_t j = 0; j < factors; ++j) {
    print("first", j, s.first[j], false);
    print("total", j, s.total[j], false);
  }
  for (std::size_t k = 0; k < s.second.size(); ++k) print("second", k, s.second[k].index, false);

  std::size_t const points = read_count(), columns = read_count();
  std::vector<std::vector<double>> x;
  for (std::size_t j = 0; j < columns; ++j) x.push_back(read(points));
  auto const z = read(points);
  for (auto const intercept : {Intercept::fitted, Intercept::none}) {
    std::string const name = intercept == Intercept::fitted ? "slope" : "origin";
    auto const b = slopes(x, z, intercept);
    for (std::size_t j = 0; j < columns; ++j) print(name, j, b[j], true);
  }
  for (std::size_t j = 0; j < columns; ++j) print("delta", j, {plain_delta(x[j], z)}, false);
  auto const morris = morris_index(z, resampler);
  print("mu", 0, morris.mu, true);
  print("mu_star", 0, morris.mu_star, false);
  print("sigma", morris.sigma);
  for (std::size_t const n : {20, 100, 512, 1500, 2000, 100000}) print("classes" + std::to_string(n), static_cast<double>(class_count(n)));

  std::size_t const futures = read_count(), replications = read_count();
  std::vector<Moments> all;
  for (std::size_t f = 0; f < futures; ++f) all.push_back(moments(read(replications)));
  print("noise", 0, noise_share(all, resampler).share, false);
}
