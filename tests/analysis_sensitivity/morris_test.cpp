#include <catch2/catch.hpp>

#include "analysis/sensitivity/morris.hpp"
#include "tests/analysis_sensitivity/test_functions.hpp"

using namespace analysis;
using namespace test_functions;

namespace {

constexpr std::uint32_t levels = 4;

struct Screened {
  std::vector<MorrisIndex> index;
  std::vector<std::vector<double>> effects;
};

// The grid's width is 1 in (k + 1/2) / levels x levels / (levels - 1).
template <class F>
Screened screen(std::size_t factors, std::uint32_t trajectories, F const& f, double failing = 0, double flip = 1) {
  auto const design = sim::morris_design({11, trajectories, names(factors)}, levels);
  auto y = at_points(design, factors, f);
  sim::RngStream rng({12, 0, 0}, sim::stream_id("failures"), 0, 0);
  for (double& v : y)
    if (rng.bernoulli(failing)) v = undefined;
  auto direction = design.direction;
  for (auto& way : direction) way = static_cast<std::int32_t>(way * flip);
  Screened all;
  all.effects = elementary_effects(y, {factors, design.moved, direction, morris_step(levels)});
  for (auto const& effects : all.effects) all.index.push_back(morris_index(effects, Resampler(1, "morris test")));
  return all;
}

// In units of the grid's width.
double on_grid(double u) { return (u * levels - 0.5) / (levels - 1); }

double curved(double const* u) { return 3 * on_grid(u[0]) - 5 * on_grid(u[1]) + 4 * on_grid(u[2]) * on_grid(u[3]); }

}  // namespace

TEST_CASE("Morris of a linear factor is its slope without spread, of an interacting one has spread", "[sensitivity]") {
  auto const s = screen(5, 200, curved).index;
  CHECK(s[0].mu.value == Approx(3));
  CHECK(s[0].sigma == Approx(0).margin(1e-12));
  CHECK(s[1].mu.value == Approx(-5));
  CHECK(s[1].mu_star.value == Approx(5));
  CHECK(s[1].mu_star.lo == Approx(5));
  CHECK(s[2].mu.value == Approx(2).margin(0.3));
  CHECK(s[2].sigma == Approx(4 * std::sqrt(5.0) / 6).margin(0.15));  // sd of the levels 0, 1/3, 2/3, 1 is sqrt(5)/6
  CHECK((s[3].mu_star.lo < 2 && s[3].mu_star.hi > 2));
  CHECK(s[4].mu_star.value == 0);
  CHECK(s[4].mu_star.hi == 0);
}

TEST_CASE("effects that cancel have a small mean and a large mean size", "[sensitivity]") {
  auto const s = screen(1, 100, [](double const* u) { return std::fabs(on_grid(u[0]) - 0.5); }).index;
  CHECK(std::fabs(s[0].mu.value) < 0.3);
  auto const parabola = screen(2, 200, [](double const* u) { return on_grid(u[0]) * (on_grid(u[1]) - 0.5); }).index;
  CHECK(parabola[0].mu.lo < 0);
  CHECK(parabola[0].mu.hi > 0);
  CHECK(parabola[0].mu_star.lo > 0.2);
}

TEST_CASE("a wrong sign of the direction turns mu and leaves mu* alone", "[sensitivity]") {
  auto const twin = screen(5, 50, curved, 0, -1).index;
  CHECK(twin[0].mu.value == Approx(-3));
  CHECK(twin[0].mu_star.value == Approx(3));
}

TEST_CASE("a failed future takes out the steps that touch it and no other", "[sensitivity]") {
  auto const whole = screen(5, 100, curved), holes = screen(5, 100, curved, 0.1);
  std::size_t lost = 0;
  for (std::size_t j = 0; j < 5; ++j) {
    for (std::size_t t = 0; t < 100; ++t) {
      if (std::isnan(holes.effects[j][t])) {
        ++lost;
      } else {
        CHECK(holes.effects[j][t] == whole.effects[j][t]);
      }
    }
    CHECK(holes.index[j].mu.units < 100);
  }
  CHECK(lost > 50);
  CHECK(lost < 150);
  CHECK(holes.index[1].mu_star.value == Approx(5));
}

TEST_CASE("one trajectory has values without intervals, none has nothing", "[sensitivity]") {
  auto const one = screen(5, 1, curved).index;
  CHECK(one[0].mu_star.value == Approx(3));
  CHECK(std::isnan(one[0].mu_star.lo));
  CHECK(std::isnan(one[0].sigma));
  auto const none = screen(5, 3, curved, 1).index;
  CHECK(std::isnan(none[0].mu_star.value));
  CHECK(none[0].mu_star.units == 0);
}
