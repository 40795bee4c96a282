#include <catch2/catch.hpp>

#include <cmath>
#include <numeric>

#include "analysis/estimators/quantile.hpp"
#include "analysis/estimators/tail.hpp"

using namespace analysis;

TEST_CASE("quantiles are those of NumPy", "[estimators]") {
  // /usr/bin/python3 -c "import numpy as np; print(np.quantile([3,1,4,1,5,9,2,6], [0,.1,.5,.95,1]).tolist())"
  auto const x = sorted(std::vector{3.0, 1.0, undefined, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0});
  auto const q = quantiles(x, std::vector{0.0, 0.1, 0.5, 0.95, 1.0});
  CHECK((q[0] == 1 && q[1] == 1 && q[2] == 3.5 && q[4] == 9));
  CHECK(q[3] == Approx(7.95).epsilon(1e-14));
}

TEST_CASE("selecting quantiles gives the bits that sorting gives", "[estimators]") {
  std::vector<double> x;
  for (std::size_t i = 0; i < 997; ++i) x.push_back(i % 10 == 0 ? undefined : static_cast<double>(i * i % 331) / 7);
  std::vector const p{0.0, 0.05, 0.05, 0.3337, 0.5, 0.975, 1.0};
  for (std::size_t const n : {2, 3, 11, 100, 997}) {
    std::span<double const> const part(x.data(), n);
    CHECK(selected_quantiles(part, p) == quantiles(sorted(part), p));
  }
  CHECK(std::isnan(selected_quantiles({}, p)[0]));
}

TEST_CASE("one value is every quantile of itself, none has no quantile", "[estimators]") {
  CHECK(quantile(std::vector{7.0}, 0.025) == 7);
  CHECK(std::isnan(quantile({}, 0.5)));
  CHECK(std::isnan(cvar95({}, Worse::higher)));
}

TEST_CASE("CVaR95 is the mean of the worst twentieth, whichever end is bad", "[estimators]") {
  std::vector<double> x(100);
  std::iota(x.begin(), x.end(), 1.0);
  CHECK(cvar95(x, Worse::higher) == 98);  // mean of 96 ... 100
  CHECK(cvar95(x, Worse::lower) == 3);    // mean of 1 ... 5
  x.resize(50);                           // 2.5 histories: 50, 49 and half of 48
  CHECK(cvar95(x, Worse::higher) == Approx((50 + 49 + 24) / 2.5).epsilon(1e-14));
}

TEST_CASE("CVaR95 of few histories is the worst of them, of equal ones their value", "[estimators]") {
  CHECK(cvar95(std::vector{1.0, 9.0, 4.0}, Worse::higher) == 9);
  CHECK(cvar95(std::vector{1.0, 9.0, 4.0}, Worse::lower) == 1);
  std::vector<double> const equal(33, 0.1);
  CHECK(cvar95(equal, Worse::higher) == 0.1);
  Estimate const e = cvar95_interval(Arm{equal, 11, 3}, Worse::lower);
  CHECK((e.mean == 0.1 && e.lo == 0.1 && e.hi == 0.1));
}

TEST_CASE("equal arms have a CVaR95 difference of exactly zero", "[estimators]") {
  std::vector<double> x(60);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = 1 / static_cast<double>(1 + i * 37 % 61);
  Estimate const e = cvar95_difference(Arm{x, 20, 3}, Arm{x, 20, 3}, Worse::higher);
  CHECK((e.mean == 0 && e.lo == 0 && e.hi == 0));
}

TEST_CASE("turning a response over turns its CVaR95 interval over", "[estimators]") {
  std::vector<double> x(80), minus(80);
  for (std::size_t i = 0; i < x.size(); ++i) minus[i] = -(x[i] = static_cast<double>(i * i % 83));
  Estimate const a = cvar95_interval(Arm{x, 20, 4}, Worse::higher);
  Estimate const b = cvar95_interval(Arm{minus, 20, 4}, Worse::lower);
  CHECK((a.mean == -b.mean && a.lo == -b.hi && a.hi == -b.lo));
}
