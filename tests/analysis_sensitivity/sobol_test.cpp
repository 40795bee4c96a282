#include <catch2/catch.hpp>

#include <algorithm>

#include "analysis/sensitivity/sobol.hpp"
#include "tests/analysis_sensitivity/test_functions.hpp"

using namespace analysis;
using namespace test_functions;

namespace {

Resampler const resampler(7, "sobol test");

// Distance of the indices from those of Ishigami's function.
double ishigami_error(std::vector<double> const& y) {
  auto const s = sobol_indices({y, 3, false}, resampler);
  double worst = 0;
  for (std::size_t j = 0; j < 3; ++j) {
    worst = std::fmax(worst, std::fabs(s.first[j].value - ishigami_first[j]));
    worst = std::fmax(worst, std::fabs(s.total[j].value - ishigami_total[j]));
  }
  return worst;
}

}  // namespace

TEST_CASE("first, total and second order of Ishigami's function are those known", "[sensitivity]") {
  auto const y = saltelli(3, 4096, true, 1, ishigami);
  auto const s = sobol_indices({y, 3, true}, resampler);
  CHECK(s.variance == Approx(ishigami_variance).epsilon(0.01));
  for (std::size_t j = 0; j < 3; ++j) {
    CHECK(s.first[j].value == Approx(ishigami_first[j]).margin(0.01));
    CHECK(s.total[j].value == Approx(ishigami_total[j]).margin(0.01));
    CHECK(s.first[j].lo <= ishigami_first[j]);
    CHECK(s.first[j].hi >= ishigami_first[j]);
  }
  REQUIRE(s.second.size() == 3);
  CHECK(s.second[0].index.value == Approx(0).margin(0.02));
  CHECK(s.second[1].index.value == Approx(0.243684).margin(0.02));
  CHECK((s.second[1].a == 0 && s.second[1].b == 2));
  CHECK(s.second[2].index.value == Approx(0).margin(0.02));
}

TEST_CASE("indices of Sobol's g function are those of its closed form", "[sensitivity]") {
  std::vector<double> const a{0, 1, 4.5, 9, 99, 99};  // A. Saltelli and I. M. Sobol' 1995
  auto const g = [&](double const* u) {
    double product = 1;
    for (std::size_t j = 0; j < a.size(); ++j) product *= (std::fabs(4 * u[j] - 2) + a[j]) / (1 + a[j]);
    return product;
  };
  std::vector<double> part;
  double whole = 1;
  for (double const v : a) {
    part.push_back(1 / (3 * (1 + v) * (1 + v)));
    whole *= 1 + part.back();
  }
  auto const y = saltelli(a.size(), 4096, false, 2, g);
  auto const s = sobol_indices({y, a.size(), false}, resampler);
  for (std::size_t j = 0; j < a.size(); ++j) {
    CHECK(s.first[j].value == Approx(part[j] / (whole - 1)).margin(0.015));
    CHECK(s.total[j].value == Approx(part[j] * whole / (1 + part[j]) / (whole - 1)).margin(0.015));
  }
}

TEST_CASE("first orders of an additive function add up to 1 and equal the totals", "[sensitivity]") {
  auto const y = saltelli(4, 2048, false, 3, [](double const* u) { return 4 * u[0] + 2 * u[1] * u[1] - u[2] + 0 * u[3]; });
  auto const s = sobol_indices({y, 4, false}, resampler);
  double sum = 0;
  for (auto const& index : s.first) sum += index.value;
  CHECK(sum == Approx(1).margin(0.01));
  for (std::size_t j = 0; j < 4; ++j) CHECK(s.first[j].value == Approx(s.total[j].value).margin(0.01));
  CHECK(s.total[3].value == 0);
}

TEST_CASE("a layout with its matrices swapped, or read out of order, gives wrong indices", "[sensitivity]") {
  auto const y = saltelli(3, 4096, false, 4, ishigami);
  CHECK(ishigami_error(y) < 0.015);
  auto swapped = y, shifted = y;
  for (std::size_t i = 0; i < y.size(); i += 5) {
    std::swap(swapped[i], swapped[i + 1]);                                        // A for B
    std::rotate(shifted.begin() + i + 2, shifted.begin() + i + 3, shifted.begin() + i + 5);  // the columns
  }
  CHECK(ishigami_error(swapped) > 0.1);
  CHECK(ishigami_error(shifted) > 0.1);
}

TEST_CASE("Jansen's estimate without its half, or of the wrong difference, is noticed", "[sensitivity]") {
  auto const y = saltelli(3, 4096, false, 8, ishigami);
  auto const s = sobol_indices({y, 3, false}, resampler);
  auto const jansen = [&](std::size_t from, double half, std::size_t j) {
    double sum = 0;
    for (std::size_t i = 0; i < y.size(); i += 5) sum += half * (y[i + from] - y[i + 2 + j]) * (y[i + from] - y[i + 2 + j]);
    return sum / 4096 / s.variance;
  };
  for (std::size_t j = 0; j < 3; ++j) {
    CHECK(s.total[j].value == Approx(jansen(0, 0.5, j)).epsilon(1e-9));
    CHECK(std::fabs(jansen(0, 1, j) - ishigami_total[j]) > 0.1);    // no half
    CHECK(std::fabs(jansen(1, 0.5, j) - ishigami_total[j]) > 0.1);  // B for A
  }
}

TEST_CASE("failed runs take their whole row out, are counted and change nothing else", "[sensitivity]") {
  auto y = saltelli(3, 2048, false, 5, ishigami);
  auto const whole = sobol_indices({y, 3, false}, resampler);
  CHECK(whole.dropped == 0);
  sim::RngStream rng({5, 0, 0}, sim::stream_id("failures"), 0, 0);
  std::vector<double> kept;
  std::size_t failed_rows = 0;
  for (std::size_t i = 0; i < y.size(); i += 5) {
    if (rng.bernoulli(0.1)) {
      y[i + rng.below(5)] = undefined;
      ++failed_rows;
    } else {
      kept.insert(kept.end(), y.begin() + i, y.begin() + i + 5);
    }
  }
  auto const holes = sobol_indices({y, 3, false}, resampler), without = sobol_indices({kept, 3, false}, resampler);
  CHECK(holes.dropped == failed_rows);
  CHECK(holes.rows == 2048 - failed_rows);
  for (std::size_t j = 0; j < 3; ++j) {
    CHECK(holes.first[j].value == without.first[j].value);
    CHECK(holes.total[j].hi == without.total[j].hi);
    CHECK(holes.first[j].value == Approx(ishigami_first[j]).margin(0.05));
  }
}

TEST_CASE("Monte Carlo noise is in a total index unless it is taken out, and in no first order", "[sensitivity]") {
  std::uint64_t run = 0;
  auto const noisy = [&](double const* u) {
    sim::RngStream rng({6, 0, 0}, sim::stream_id("noise"), 0, run++);
    return std::sqrt(12.0) * u[0] + rng.normal(0, 1);  // half of the variance is noise
  };
  auto const y = saltelli(2, 8192, false, 6, noisy);
  auto const plain = sobol_indices({y, 2, false}, resampler), less = sobol_indices({y, 2, false}, resampler, 1);
  CHECK(plain.first[0].value == Approx(0.5).margin(0.03));
  CHECK(plain.first[1].value == Approx(0).margin(0.03));
  CHECK(plain.total[1].value == Approx(0.5).margin(0.03));
  CHECK(less.total[0].value == Approx(0.5).margin(0.03));
  CHECK(less.total[1].value == Approx(0).margin(0.03));
}

TEST_CASE("an output that is the same everywhere, and fewer than two whole rows, have no indices", "[sensitivity]") {
  std::vector<double> const same(50, 3.5);
  auto const s = sobol_indices({same, 3, false}, resampler);
  CHECK(s.rows == 10);
  CHECK((std::isnan(s.first[0].value) && std::isnan(s.total[2].lo)));
  std::vector<double> const one{1, 2, 3, 4, 5};
  CHECK(std::isnan(sobol_indices({one, 3, false}, resampler).first[1].value));
  std::vector<double> const failed(50, undefined);
  CHECK(sobol_indices({failed, 3, false}, resampler).dropped == 10);
}
