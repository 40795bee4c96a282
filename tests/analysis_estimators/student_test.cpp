#include <catch2/catch.hpp>

#include <cmath>

#include "analysis/estimators/student.hpp"
#include "sim/base/contracts.hpp"

using namespace analysis;

// boost::math::quantile(boost::math::students_t(n), .975) of Boost 1.74; SciPy 1.10's t.ppf has only nine digits.
TEST_CASE("Student quantiles agree with Boost's", "[estimators]") {
  CHECK(student_quantile(0.975, 1) == Approx(12.706204736174694).epsilon(1e-14));
  CHECK(student_quantile(0.975, 2) == Approx(4.3026527297494619).epsilon(1e-14));
  CHECK(student_quantile(0.975, 3) == Approx(3.1824463052837086).epsilon(1e-14));
  CHECK(student_quantile(0.05, 4) == Approx(-2.1318467863266504).epsilon(1e-14));
  CHECK(student_quantile(0.975, 10) == Approx(2.2281388519862744).epsilon(1e-14));
  CHECK(student_quantile(0.999, 99) == Approx(3.1746038497557518).epsilon(1e-14));
  CHECK(student_quantile(0.975, 2000) == Approx(1.9611508260994377).epsilon(1e-12));
  CHECK(student_quantile(0.975, 2001) == Approx(1.961150232622441).epsilon(1e-14));
  CHECK(student_quantile(0.975, 5000) == Approx(1.9604385517065075).epsilon(1e-14));
}

TEST_CASE("the Student quantile inverts the distribution and is symmetric", "[estimators]") {
  for (std::size_t const n : {1, 2, 5, 30, 101, 2000}) {
    for (double const p : {0.6, 0.9, 0.975, 0.9999}) {
      double const t = student_quantile(p, n);
      CHECK(student_central(t, n) == Approx(2 * p - 1).epsilon(1e-13));
      CHECK(student_quantile(1 - p, n) == Approx(-t).epsilon(1e-9));
    }
    CHECK(student_quantile(0.5, n) == 0);
  }
}

TEST_CASE("a Student quantile outside its domain is a broken contract", "[estimators]") {
  CHECK_THROWS_AS(student_quantile(0, 3), sim::ContractViolation);
  CHECK_THROWS_AS(student_quantile(1, 3), sim::ContractViolation);
  CHECK_THROWS_AS(student_quantile(0.5, 0), sim::ContractViolation);
}
