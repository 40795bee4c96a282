#include <catch2/catch.hpp>

#include "analysis/sensitivity/equal_change.hpp"
#include "analysis/sensitivity/noise_share.hpp"
#include "analysis/sensitivity/slope.hpp"
#include "tests/analysis_sensitivity/test_functions.hpp"

using namespace analysis;
using namespace test_functions;

TEST_CASE("a slope is that of the line, with an interval of width 0 where nothing strays", "[sensitivity]") {
  std::vector<double> const x{1, 2, 3, 5, 8}, y{5, 7, 9, 13, 19};
  auto const s = slopes({x}, y)[0];
  CHECK(s.value == Approx(2));
  CHECK(s.error == Approx(0).margin(1e-12));
  std::vector<double> const through{2, 4, 6, 10, 16};
  CHECK(slopes({x}, through, Intercept::none)[0].value == Approx(2));
  CHECK(slopes({x}, y, Intercept::none)[0].value > 2.3);
}

TEST_CASE("slopes on correlated factors together are not mistaken for each other", "[sensitivity]") {
  auto z = normals(3, 500, 20);
  for (std::size_t i = 0; i < 500; ++i) z[1][i] = 0.8 * z[0][i] + 0.6 * z[1][i];
  auto const y = at_columns(z, [](double const* x) { return 10 + 2 * x[0] + x[2]; });
  auto const together = slopes({z[0], z[1]}, y);
  CHECK(together[0].value == Approx(2).margin(0.3));
  CHECK(std::fabs(together[1].value) < 0.3);
  CHECK(slopes({z[1]}, y)[0].value == Approx(1.6).margin(0.3));  // alone, it borrows the effect of the other
}

TEST_CASE("columns that are constant, depend on each other or are too many for the points have no slopes", "[sensitivity]") {
  std::vector<double> const x{1, 2, 3, 4}, twice{2, 4, 6, 8}, same{7, 7, 7, 7}, y{1, 0, 2, 5};
  CHECK(std::isnan(slopes({x, twice}, y)[0].value));
  CHECK(std::isnan(slopes({same}, y)[0].value));
  CHECK(std::isnan(slopes({{1, 2}}, std::vector<double>{1, 3})[0].value));
}

TEST_CASE("an equal change is a tenth of the median, or of the central range where the median is 0", "[sensitivity]") {
  auto const change = [](sim::Distribution const& prior, double minimum, double maximum) {
    sim::ParameterInfo factor;
    factor.minimum = minimum;
    factor.maximum = maximum;
    factor.prior = prior;
    return equal_change(factor);
  };
  auto const median = change({sim::Family::uniform, 2, 4}, 0, 10);
  CHECK(median.step == Approx(0.3));
  CHECK(median.of == StepOf::median);
  CHECK(change({sim::Family::normal, -2, 1}, -9, 9).step == Approx(0.2));
  auto const range = change({sim::Family::uniform, -1, 1}, -5, 5);
  CHECK(range.step == Approx(0.18));
  CHECK(range.of == StepOf::range);
  CHECK(change({sim::Family::uniform, 2, 4}, 0, 2.5).step == Approx(0.25));  // the model accepts no more
  CHECK(std::isnan(change({sim::Family::constant, 0, 0}, -1, 1).step));
}

TEST_CASE("the share of noise is that of the nested analysis of variance", "[sensitivity]") {
  // True spread 1 between futures, noise 2 a history: with 4 replications 1/2 to 1, a third.
  std::vector<Moments> futures;
  for (std::uint32_t f = 0; f < 4000; ++f) {
    sim::RngStream rng({30, f, 0}, sim::stream_id("noise"), 0, 0);
    double const level = rng.normal(0, 1);
    std::vector<double> histories;
    for (int r = 0; r < 4; ++r) histories.push_back(level + rng.normal(0, std::sqrt(2.0)));
    futures.push_back(moments(histories));
  }
  Resampler const resampler(1, "noise test");
  auto const noise = noise_share(futures, resampler);
  CHECK(noise.variance == Approx(0.5).margin(0.02));
  CHECK(noise.share.value == Approx(1.0 / 3).margin(0.02));
  CHECK((noise.share.lo < 1.0 / 3 && noise.share.hi > 1.0 / 3));
  std::vector<Moments> single(10, Moments{1, 2.0, undefined});
  CHECK(std::isnan(noise_share(single, resampler).share.value));
  std::vector<Moments> equal(10, Moments{3, 2.0, 0.0});
  CHECK(std::isnan(noise_share(equal, resampler).share.value));
}
