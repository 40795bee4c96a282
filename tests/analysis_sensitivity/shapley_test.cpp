#include <catch2/catch.hpp>

#include "analysis/sensitivity/shapley.hpp"
#include "tests/analysis_sensitivity/test_functions.hpp"

using namespace analysis;
using namespace test_functions;

namespace {

Resampler const resampler(9, "shapley test");

double sum_of(ShapleyEffects const& s) {
  double sum = 0;
  for (auto const& e : s.effects) sum += e.value;
  return sum;
}

}  // namespace

TEST_CASE("Shapley effects of Ishigami's function are first order and half the interaction", "[sensitivity]") {
  auto const x = uniforms(3, 5000, 1);
  auto const y = at_columns(x, ishigami);
  auto const s = shapley_effects(x, y, 0, resampler, {5000, 2000});
  for (std::size_t j = 0; j < 3; ++j) CHECK(s.effects[j].value == Approx(ishigami_shapley[j]).margin(0.03));
  CHECK(sum_of(s) == Approx(1));
  CHECK(s.explained == Approx(1));
}

TEST_CASE("Shapley effects of a linear function of correlated normals are those of the closed form", "[sensitivity]") {
  // A. B. Owen and C. Prieur, SIAM/ASA J. Uncertain. Quantif. 5 (2017) 986: for y = b1 x1 + b2 x2 + x3, x1 and x2 with correlation rho,
  // phi_1 = b1^2 (1 - rho^2/2) + b1 b2 rho + b2^2 rho^2 / 2.
  double const rho = 0.7, b1 = 1, b2 = 0.5;
  auto z = normals(3, 5000, 2);
  for (std::size_t i = 0; i < 5000; ++i) z[1][i] = rho * z[0][i] + std::sqrt(1 - rho * rho) * z[1][i];
  auto const y = at_columns(z, [&](double const* x) { return b1 * x[0] + b2 * x[1] + x[2]; });
  double const variance = b1 * b1 + b2 * b2 + 2 * b1 * b2 * rho + 1;
  double const cross = b1 * b2 * rho, half = rho * rho / 2;
  auto const s = shapley_effects(z, y, 0, resampler, {5000, 2000});
  CHECK(s.effects[0].value == Approx((b1 * b1 * (1 - half) + cross + b2 * b2 * half) / variance).margin(0.03));
  CHECK(s.effects[1].value == Approx((b2 * b2 * (1 - half) + cross + b1 * b1 * half) / variance).margin(0.03));
  CHECK(s.effects[2].value == Approx(1 / variance).margin(0.03));
  // Independent factors would have b^2 / variance: the correlation must be seen.
  CHECK(std::fabs(s.effects[1].value - b2 * b2 / variance) > 0.1);
}

TEST_CASE("what the factors do not explain is no factor's share", "[sensitivity]") {
  auto const x = uniforms(3, 4000, 3);
  auto const y = at_columns(x, [](double const* u) { return u[0] + u[2]; });  // the third is not among the factors
  auto const s = shapley_effects({x[0], x[1]}, y, undefined, resampler, {5000, 2000});
  CHECK(s.explained == Approx(0.5).margin(0.06));
  CHECK(sum_of(s) == Approx(s.explained));
  CHECK(s.effects[0].value == Approx(0.5).margin(0.05));
  CHECK(s.effects[1].value == Approx(0).margin(0.05));
}

TEST_CASE("factors of few values are compared within their values", "[sensitivity]") {
  auto x = uniforms(2, 3000, 4);
  for (double& v : x[0]) v = v < 0.5 ? 0 : 1;
  auto const y = at_columns(x, [](double const* u) { return u[0] + u[1]; });  // variances 1/4 and 1/12
  auto const s = shapley_effects(x, y, 0, resampler, {5000, 2000});
  CHECK(s.effects[0].value == Approx(0.75).margin(0.04));
  CHECK(s.effects[1].value == Approx(0.25).margin(0.04));
}

TEST_CASE("an output that is the same everywhere, and too few points, have no Shapley effects", "[sensitivity]") {
  auto const x = uniforms(2, 50, 5);
  CHECK(std::isnan(shapley_effects(x, std::vector<double>(50, 2.0), 0, resampler).effects[0].value));
  auto const few = uniforms(2, 19, 5);
  CHECK(std::isnan(shapley_effects(few, few[0], 0, resampler).effects[0].value));
}
