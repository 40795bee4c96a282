// Functions with known indices, and samples of their inputs.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "sim/base/math.hpp"
#include "sim/campaign/sampling/unit_design.hpp"
#include "sim/rng/stream.hpp"
#include "sim/rng/stream_id.hpp"

namespace test_functions {

inline constexpr double pi = 3.14159265358979323846;

/// sin x1 + a sin^2 x2 + b x3^4 sin x1 with a = 7, b = .1, x in [-pi, pi] (T. Ishigami and T. Homma 1990), of u in (0, 1).
inline double ishigami(double const* u) {
  auto const x = [u](int j) { return pi * (2 * u[j] - 1); };
  return std::sin(x(0)) + 7 * std::sin(x(1)) * std::sin(x(1)) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}
inline constexpr double ishigami_variance = 13.844588;
inline std::vector<double> const ishigami_first{0.313905, 0.442411, 0}, ishigami_total{0.557589, 0.442411, 0.243684};
inline std::vector<double> const ishigami_shapley{0.313905 + 0.243684 / 2, 0.442411, 0.243684 / 2};

/// Independent uniform numbers [factors][points] of one repetition.
inline std::vector<std::vector<double>> uniforms(std::size_t factors, std::size_t points, std::uint32_t repetition) {
  std::vector<std::vector<double>> x(factors);
  for (std::size_t j = 0; j < factors; ++j) {
    sim::RngStream rng({20221104, repetition, 0}, sim::stream_id("test"), 0, j);
    for (std::size_t i = 0; i < points; ++i) x[j].push_back(rng.uniform());
  }
  return x;
}

inline std::vector<std::vector<double>> normals(std::size_t factors, std::size_t points, std::uint32_t repetition) {
  auto x = uniforms(factors, points, repetition);
  for (auto& column : x)
    for (double& v : column) v = sim::math::normal_quantile(v);
  return x;
}

/// f at every point of columns [factors][points].
template <class F>
std::vector<double> at_columns(std::vector<std::vector<double>> const& x, F const& f) {
  std::vector<double> y, point(x.size());
  for (std::size_t i = 0; i < x.front().size(); ++i) {
    for (std::size_t j = 0; j < x.size(); ++j) point[j] = x[j][i];
    y.push_back(f(point.data()));
  }
  return y;
}

inline std::vector<std::string> names(std::size_t factors) {
  std::vector<std::string> all;
  for (std::size_t j = 0; j < factors; ++j) all.push_back(std::string("x") + std::to_string(j));
  return all;
}

/// f over a design on the unit cube.
template <class F>
std::vector<double> at_points(sim::UnitDesign const& design, std::size_t factors, F const& f) {
  std::vector<double> y;
  for (std::size_t i = 0; i < design.points; ++i) y.push_back(f(design.u.data() + i * factors));
  return y;
}

/// f over Saltelli's layout of a scrambled Sobol' sequence, as a campaign makes it.
template <class F>
std::vector<double> saltelli(std::size_t factors, std::uint32_t rows, bool second_order, std::uint64_t seed, F const& f) {
  return at_points(sim::saltelli_design({seed, rows, names(factors)}, second_order), factors, f);
}

/// The same layout from independent uniform numbers.
template <class F>
std::vector<double> saltelli_of_random(std::size_t factors, std::size_t rows, std::uint32_t repetition, F const& f) {
  auto const u = uniforms(2 * factors, rows, repetition);
  std::vector<double> y, a(factors), b(factors);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < factors; ++j) {
      a[j] = u[j][i];
      b[j] = u[factors + j][i];
    }
    y.push_back(f(a.data()));
    y.push_back(f(b.data()));
    for (std::size_t j = 0; j < factors; ++j) {
      std::swap(a[j], b[j]);
      y.push_back(f(a.data()));
      std::swap(a[j], b[j]);
    }
  }
  return y;
}

}  // namespace test_functions
