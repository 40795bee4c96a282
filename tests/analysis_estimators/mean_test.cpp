#include <catch2/catch.hpp>

#include <cmath>

#include "analysis/estimators/mean.hpp"

using namespace analysis;

namespace {
double const gap = undefined;
}

TEST_CASE("the mean ignores missing values and has the t-interval of the rest", "[estimators]") {
  // /usr/bin/python3 -c "import numpy as np; from scipy import stats; x=[1,2,4,8];
  //   print(np.mean(x), stats.t.interval(.95, 3, np.mean(x), stats.sem(x)))"
  Estimate const e = mean_interval(std::vector{1.0, gap, 2.0, 4.0, gap, 8.0});
  CHECK(e.n == 4);
  CHECK(e.mean == 3.75);
  CHECK(e.lo == Approx(-1.1759430482311535).epsilon(1e-12));
  CHECK(e.hi == Approx(8.675943048231154).epsilon(1e-12));
}

TEST_CASE("equal values have their own mean and an interval of no width, to the bit", "[estimators]") {
  for (double const x : {0.1, -1e300, 3e-310, 1.0 / 3}) {
    Estimate const e = mean_interval(std::vector<double>(7, x));
    CHECK((e.mean == x && e.lo == x && e.hi == x));
  }
}

TEST_CASE("the variance survives a large common offset", "[estimators]") {
  CHECK(moments(std::vector{1e9 + 1, 1e9 + 2, 1e9 + 3}).variance == 1);
}

TEST_CASE("one value has a mean and no interval, none has neither", "[estimators]") {
  Estimate const one = mean_interval(std::vector{gap, 5.0});
  CHECK((one.n == 1 && one.mean == 5 && std::isnan(one.lo) && std::isnan(one.hi)));
  Estimate const none = mean_interval(std::vector{gap});
  CHECK((none.n == 0 && std::isnan(none.mean) && std::isnan(none.lo)));
}

TEST_CASE("replications of a future do not count as independent", "[estimators]") {
  // Two futures, replications nearly equal within each: the interval must see two units, not twenty.
  std::vector<double> values;
  for (int i = 0; i < 20; ++i) values.push_back(i < 10 ? 1 : 2);
  Estimate const e = clustered_mean(Arm{values, 2, 10});
  CHECK(e.n == 2);
  CHECK(e.hi - e.mean == Approx(12.706204736174694 / 2).epsilon(1e-12));
}

TEST_CASE("every future weighs the same, however many of its replications failed", "[estimators]") {
  Estimate const e = clustered_mean(Arm{std::vector{1.0, 1.0, 1.0, 4.0, gap, gap}, 2, 3});
  CHECK(e.mean == 2.5);
}

TEST_CASE("a single future gets the interval of its replications", "[estimators]") {
  std::vector const values{1.0, 2.0, 4.0, 8.0, gap, gap, gap, gap};
  Estimate const e = clustered_mean(Arm{values, 2, 4});
  CHECK(e.n == 4);
  CHECK(e.hi == Approx(8.675943048231154).epsilon(1e-12));
}
