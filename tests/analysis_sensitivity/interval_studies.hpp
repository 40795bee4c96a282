// Repeated samples of functions with known indices: how often an interval holds the truth.
#pragma once

#include <functional>
#include <vector>

#include "analysis/sensitivity/delta.hpp"
#include "analysis/sensitivity/morris.hpp"
#include "analysis/sensitivity/noise_share.hpp"
#include "analysis/sensitivity/shapley.hpp"
#include "analysis/sensitivity/slope.hpp"
#include "analysis/sensitivity/sobol.hpp"
#include "tests/analysis_sensitivity/test_functions.hpp"

namespace interval_studies {

struct Coverage {
  double truth = 0, covered = 0, mean = 0, half_width = 0;
};

struct Study {
  char const* name;
  double truth;
  std::function<analysis::Index(std::uint32_t repetition)> index;
  Coverage run(std::uint32_t repetitions) const {
    Coverage c;
    c.truth = truth;
    for (std::uint32_t r = 0; r < repetitions; ++r) {
      auto const i = index(r);
      c.covered += i.lo <= truth && truth <= i.hi;
      c.mean += i.value / repetitions;
      c.half_width += (i.hi - i.lo) / 2 / repetitions;
    }
    c.covered /= repetitions;
    return c;
  }
};

using namespace analysis;
using namespace test_functions;

inline Resampler resampler(std::uint32_t repetition) { return {repetition, "coverage"}; }

/// Slope on x of 2 x + exp(z): the noise is skewed.
inline Index slope_of(std::uint32_t repetition, std::size_t n) {
  auto const z = normals(2, n, repetition);
  return slopes({z[0]}, at_columns(z, [](double const* x) { return 2 * x[0] + std::exp(x[1]); }))[0];
}

/// Slope on x of x^2 + x: curvature, so the residuals spread unequally. Of a standard normal x it is 1.
inline Index curved_slope(std::uint32_t repetition, std::size_t n) {
  auto const z = normals(2, n, repetition);
  return slopes({z[0]}, at_columns(z, [](double const* x) { return x[0] + x[0] * x[0] + x[1]; }))[0];
}

inline SobolIndices sobol_of_ishigami(std::uint32_t repetition, std::size_t rows) {
  auto const y = saltelli_of_random(3, rows, repetition, ishigami);
  return sobol_indices({y, 3, false}, resampler(repetition));
}

inline double normal_density(double y, double mean, double sd) { return std::exp(-(y - mean) * (y - mean) / (2 * sd * sd)) / (sd * std::sqrt(2 * pi)); }

/// Delta of x in rho x + sqrt(1 - rho^2) z, both standard normal, by the rectangle rule.
inline double delta_of_normal(double rho) {
  double sum = 0;
  double const step = 0.02;
  for (double x = -6; x <= 6; x += step)
    for (double y = -7; y <= 7; y += step)
      sum += normal_density(x, 0, 1) * std::fabs(normal_density(y, 0, 1) - normal_density(y, rho * x, std::sqrt(1 - rho * rho))) / 2;
  return sum * step * step;
}

inline Index delta_at(std::uint32_t repetition, std::size_t n, double rho) {
  auto const z = normals(2, n, repetition);
  return deltas({z[0]}, at_columns(z, [&](double const* x) { return rho * x[0] + std::sqrt(1 - rho * rho) * x[1]; }), resampler(repetition))[0].index;
}

inline Index shapley_of_ishigami(std::uint32_t repetition, std::size_t n, std::size_t factor) {
  auto const x = uniforms(3, n, repetition);
  return shapley_effects(x, at_columns(x, ishigami), 0, resampler(repetition)).effects[factor];
}

/// Half the variance of a future's mean is noise of its four replications.
inline Index noise_of(std::uint32_t repetition, std::size_t futures) {
  auto const z = normals(5, futures, repetition);
  std::vector<Moments> all;
  for (std::size_t f = 0; f < futures; ++f) {
    std::vector<double> histories;
    for (std::size_t r = 1; r < 5; ++r) histories.push_back(z[0][f] + 2 * z[r][f]);
    all.push_back(moments(histories));
  }
  return noise_share(all, resampler(repetition)).share;
}

/// Elementary effects that are gamma of shape 2: mean size 2.
inline Index mu_star_of(std::uint32_t repetition, std::size_t trajectories) {
  auto const u = uniforms(2, trajectories, repetition);
  return morris_index(at_columns(u, [](double const* x) { return -std::log(x[0] * x[1]); }), resampler(repetition)).mu_star;
}

/// Slope of a line with normal noise.
inline Index straight_slope(std::uint32_t repetition, std::size_t n) {
  auto const z = normals(2, n, repetition);
  return slopes({z[0]}, at_columns(z, [](double const* x) { return 2 * x[0] + x[1]; }))[0];
}

/// Normal elementary effects about 1.
inline Index mu_of(std::uint32_t repetition, std::size_t trajectories) {
  auto const z = normals(2, trajectories, repetition);
  return morris_index(at_columns(z, [](double const* x) { return 1 + x[0]; }), resampler(repetition)).mu;
}

/// First order of a factor that causes a fifth of the variance of a sum.
inline Index first_of_sum(std::uint32_t repetition, std::size_t rows) {
  auto const y = saltelli_of_random(2, rows, repetition, [](double const* u) { return u[0] + 2 * u[1]; });
  return sobol_indices({y, 2, false}, resampler(repetition)).first[0];
}

/// Where the method promises 95 %: t-intervals of normal values, and HC3 with many points.
inline std::vector<Study> promised() {
  return {
      {"slope, normal noise, n = 100", 2, [](auto r) { return straight_slope(r, 100); }},
      {"Morris mu, 10 normal effects", 1, [](auto r) { return mu_of(r, 10); }},
      {"slope, curvature, n = 1000", 1, [](auto r) { return curved_slope(r, 1000); }},
  };
}

inline std::vector<Study> all() {
  return {
      {"slope, skewed noise, n = 100", 2, [](auto r) { return slope_of(r, 100); }},
      {"slope, curvature, n = 100", 1, [](auto r) { return curved_slope(r, 100); }},
      {"Morris mu*, 10 trajectories", 2, [](auto r) { return mu_star_of(r, 10); }},
      {"Morris mu*, 40 trajectories", 2, [](auto r) { return mu_star_of(r, 40); }},
      {"Sobol first of Ishigami x1, 256 rows", ishigami_first[0], [](auto r) { return sobol_of_ishigami(r, 256).first[0]; }},
      {"Sobol first of Ishigami x3, 256 rows", 0, [](auto r) { return sobol_of_ishigami(r, 256).first[2]; }},
      {"Sobol total of Ishigami x1, 256 rows", ishigami_total[0], [](auto r) { return sobol_of_ishigami(r, 256).total[0]; }},
      {"Sobol total of Ishigami x3, 256 rows", ishigami_total[2], [](auto r) { return sobol_of_ishigami(r, 256).total[2]; }},
      {"Sobol first of a sum, 512 rows", 0.2, [](auto r) { return first_of_sum(r, 512); }},
      {"Sobol total of Ishigami x1, 64 rows", ishigami_total[0], [](auto r) { return sobol_of_ishigami(r, 64).total[0]; }},
      {"delta, normal, rho .3, n = 500", delta_of_normal(0.3), [](auto r) { return delta_at(r, 500, 0.3); }},
      {"delta, normal, rho .6, n = 500", delta_of_normal(0.6), [](auto r) { return delta_at(r, 500, 0.6); }},
      {"delta, normal, rho .6, n = 2000", delta_of_normal(0.6), [](auto r) { return delta_at(r, 2000, 0.6); }},
      {"delta, normal, rho 0, n = 500", 0, [](auto r) { return delta_at(r, 500, 0); }},
      {"Shapley of Ishigami x1, n = 500", ishigami_shapley[0], [](auto r) { return shapley_of_ishigami(r, 500, 0); }},
      {"Shapley of Ishigami x3, n = 500", ishigami_shapley[2], [](auto r) { return shapley_of_ishigami(r, 500, 2); }},
      {"Shapley of Ishigami x2, n = 2000", ishigami_shapley[1], [](auto r) { return shapley_of_ishigami(r, 2000, 1); }},
      {"share of noise, 100 futures x 4", 0.5, [](auto r) { return noise_of(r, 100); }},
      {"share of noise, 400 futures x 4", 0.5, [](auto r) { return noise_of(r, 400); }},
  };
}

}  // namespace interval_studies
