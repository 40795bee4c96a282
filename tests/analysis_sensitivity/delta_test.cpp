#include <catch2/catch.hpp>

#include "analysis/sensitivity/delta.hpp"
#include "tests/analysis_sensitivity/test_functions.hpp"

using namespace analysis;
using namespace test_functions;

namespace {

Resampler const resampler(8, "delta test");

double density(double y, double mean, double sd) { return std::exp(-(y - mean) * (y - mean) / (2 * sd * sd)) / (sd * std::sqrt(2 * pi)); }

// Delta of x in y = rho x + sqrt(1 - rho^2) z, both standard normal, by the rectangle rule.
double delta_of_normal(double rho) {
  double sum = 0;
  double const step = 0.02;
  for (double x = -6; x <= 6; x += step)
    for (double y = -7; y <= 7; y += step)
      sum += density(x, 0, 1) * std::fabs(density(y, 0, 1) - density(y, rho * x, std::sqrt(1 - rho * rho))) / 2;
  return sum * step * step;
}

std::vector<double> mixed(std::vector<std::vector<double>> const& z, double rho) {
  return at_columns(z, [&](double const* x) { return rho * x[0] + std::sqrt(1 - rho * rho) * x[1]; });
}

}  // namespace

TEST_CASE("delta of a normal pair is that of the double integral", "[sensitivity]") {
  for (double const rho : {0.3, 0.6, 0.9}) {
    auto const z = normals(3, 4000, 10);
    auto const d = deltas(z, mixed(z, rho), resampler);
    CHECK(d[0].index.value == Approx(delta_of_normal(rho)).margin(0.03));
    CHECK(d[0].index.value > d[0].chance_of_largest);
    CHECK(d[2].index.value == Approx(0).margin(0.03));
    CHECK(d[2].index.value < d[2].chance_of_largest);
  }
}

TEST_CASE("delta sees a factor that changes the spread alone, and does not change with the scale of y", "[sensitivity]") {
  auto const z = normals(3, 2000, 11);
  auto y = at_columns(z, [](double const* x) { return std::exp(x[0]) * x[1]; });
  auto const d = deltas(z, y, resampler);
  CHECK(d[0].index.lo > d[0].chance);
  for (double& v : y) v = std::exp(v / 100);
  CHECK(deltas(z, y, resampler)[0].index.value == d[0].index.value);
}

TEST_CASE("an inert factor stays below chance in 19 of 20 samples, the largest of five in 19 of 20", "[sensitivity]") {
  std::size_t above = 0, largest_above = 0;
  constexpr std::uint32_t samples = 60;
  for (std::uint32_t s = 0; s < samples; ++s) {
    auto const z = normals(6, 100, 1000 + s);
    auto const d = deltas({z.begin(), z.begin() + 5}, z[5], Resampler(s, "chance"));
    above += d[0].index.value > d[0].chance;
    bool any = false;
    for (auto const& one : d) any = any || one.index.value > one.chance_of_largest;
    largest_above += any;
  }
  // 3 expected; beyond these bounds at p < 1e-4.
  CHECK(above <= 11);
  CHECK(largest_above <= 11);
}

TEST_CASE("a factor of few values has a class for each, one that does not vary has no delta", "[sensitivity]") {
  CHECK(class_count(100) == 4);
  CHECK(class_count(2000) == 12);
  std::vector<double> const few{3, 1, 1, 2, 3, 3, 1, 2};
  auto const classes = classes_of(few, 5);
  CHECK(classes.count == 3);
  CHECK((classes.of[0] == 2 && classes.of[1] == 0 && classes.of[3] == 1));
  CHECK(class_sizes(classes) == std::vector<std::size_t>{2, 3, 3});
  auto z = normals(3, 500, 12);
  auto const y = mixed(z, 0.5);
  z[1].assign(500, 4);
  CHECK(std::isnan(deltas(z, y, resampler)[1].index.value));
  CHECK(std::isnan(deltas(z, std::vector<double>(500, 1.0), resampler)[0].index.value));
}

TEST_CASE("classes are as large as each other and keep equal values together", "[sensitivity]") {
  auto const u = uniforms(1, 1000, 13)[0];
  auto const sizes = class_sizes(classes_of(u, 7));
  CHECK(sizes.size() == 7);
  CHECK(sizes.back() - sizes.front() <= 1);
  std::vector<double> clamped = u;
  for (double& v : clamped) v = std::fmin(v, 0.5);  // half of them the same
  auto const classes = classes_of(clamped, 7);
  for (std::size_t i = 0; i < u.size(); ++i)
    for (std::size_t j = 0; j < 50; ++j)
      if (clamped[i] == clamped[j]) CHECK(classes.of[i] == classes.of[j]);
  CHECK(classes.count >= 4);
}
