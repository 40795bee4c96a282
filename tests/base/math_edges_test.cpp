// Special values of the elementary functions, and their tables.
#include <catch2/catch.hpp>

#include <limits>

#include "sim/base/math.hpp"
#include "sim/base/math_exp_table.hpp"
#include "sim/base/math_log_table.hpp"
#include "tests/base/mpfr_oracle.hpp"

using namespace sim::test;
namespace math = sim::math;

namespace {

constexpr double smallest = std::numeric_limits<double>::denorm_min();
constexpr double largest = std::numeric_limits<double>::max();
double const not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Equal, or both NaN; +0 and -0 differ.
bool same(double a, double b) {
  return std::isnan(a) ? std::isnan(b) : std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

}  // namespace

TEST_CASE("exp, expm1, log and log1p answer at infinities, zeros, subnormals and outside their domains", "[math]") {
  CHECK(math::exp(INFINITY) == INFINITY);
  CHECK(same(math::exp(-INFINITY), 0));
  CHECK(math::exp(0) == 1);
  CHECK(math::exp(smallest) == 1);
  CHECK(math::exp(709.79) == INFINITY);
  CHECK(math::exp(709.78) < INFINITY);
  CHECK(math::exp(-745.13) == smallest);
  CHECK(same(math::exp(-745.14), 0));
  CHECK(math::exp(largest) == INFINITY);
  CHECK(same(math::exp(-largest), 0));
  CHECK(math::expm1(INFINITY) == INFINITY);
  CHECK(math::expm1(-INFINITY) == -1);
  CHECK(math::expm1(-50) == -1);
  CHECK(same(math::expm1(-0.0), -0.0));
  CHECK(math::expm1(smallest) == smallest);
  CHECK(math::expm1(710) == INFINITY);
  CHECK(math::log(0) == -INFINITY);
  CHECK(math::log(-0.0) == -INFINITY);
  CHECK(same(math::log(1), 0));
  CHECK(math::log(INFINITY) == INFINITY);
  CHECK(math::log(smallest) == Approx(-744.44007192138126).epsilon(1e-15));
  CHECK(math::log(largest) == Approx(709.78271289338397).epsilon(1e-15));
  CHECK(math::log1p(-1) == -INFINITY);
  CHECK(math::log1p(INFINITY) == INFINITY);
  CHECK(same(math::log1p(-0.0), -0.0));
  CHECK(math::log1p(smallest) == smallest);
  for (double const bad : {-1.0, -smallest, -double{INFINITY}, not_a_number}) CHECK(std::isnan(math::log(bad)));
  for (double const bad : {-1.1, -double{INFINITY}, not_a_number}) CHECK(std::isnan(math::log1p(bad)));
  CHECK(std::isnan(math::exp(not_a_number)));
  CHECK(std::isnan(math::expm1(not_a_number)));
}

TEST_CASE("pow has the special values of C, which libm shares", "[math]") {
  double const values[] = {0.0,     -0.0,     1.0,       -1.0,         0.5,         -0.5,         2.0,  -2.0,
                           3.0,     -3.0,     2.5,       -2.5,         smallest,    -smallest,    0.1,  10.0,
                           largest, -largest, 0x1p53,    0x1p53 - 1,   1e300,       -1e300,       1e-300, 1023.0,
                           -1074.0, INFINITY, -INFINITY, not_a_number, 1 - 0x1p-53, 1 + 0x1p-52};
  for (double const x : values) {
    for (double const y : values) {
      double const expected = std::pow(x, y), got = math::pow(x, y);
      INFO(x << " ^ " << y << " = " << got << ", libm " << expected);
      if (std::isfinite(expected) && expected != 0 && std::fabs(expected) != 1)
        CHECK(got == Approx(expected).epsilon(4e-16));
      else
        CHECK(same(got, expected));
    }
  }
}

TEST_CASE("logistic and logit are inverse and keep their tails", "[math]") {
  for (double x = -700; x < 36; x += 0.37) {
    INFO(x);
    CHECK(math::logit(math::logistic(x)) == Approx(x).epsilon(x < 1 ? 1e-13 : 1e-2));
  }
  CHECK(math::logistic(0) == 0.5);
  CHECK(math::logistic(-700) == Approx(math::exp(-700)).epsilon(1e-15));
  CHECK(math::logistic(-INFINITY) == 0);
  CHECK(math::logistic(INFINITY) == 1);
  CHECK(math::logit(0) == -INFINITY);
  CHECK(math::logit(1) == INFINITY);
  CHECK(same(math::logit(0.5), 0));
  CHECK(math::logit(0.5 + 0x1p-40) == Approx(0x1p-38).epsilon(1e-15));
  for (double const bad : {-0.1, 1.1, not_a_number}) CHECK(std::isnan(math::logit(bad)));
  CHECK(std::isnan(math::logistic(not_a_number)));
}

TEST_CASE("erf, erfc, lgamma and normal_cdf answer at their edges", "[math]") {
  CHECK(math::erf(INFINITY) == 1);
  CHECK(math::erf(-INFINITY) == -1);
  CHECK(same(math::erf(-0.0), -0.0));
  CHECK(math::erfc(INFINITY) == 0);
  CHECK(math::erfc(-INFINITY) == 2);
  CHECK(math::erfc(30) == 0);
  CHECK(math::normal_cdf(-INFINITY) == 0);
  CHECK(math::normal_cdf(INFINITY) == 1);
  CHECK(math::normal_cdf(0) == 0.5);
  CHECK(math::lgamma(0) == INFINITY);
  CHECK(math::lgamma(1) == 0);
  CHECK(math::lgamma(2) == 0);
  CHECK(math::lgamma(INFINITY) == INFINITY);
  CHECK(math::lgamma(smallest) == Approx(744.44007192138126).epsilon(1e-15));
  for (double const bad : {-1.5, -double{INFINITY}, not_a_number}) CHECK(std::isnan(math::lgamma(bad)));
  for (auto const function : {math::erf, math::erfc, math::normal_cdf}) CHECK(std::isnan(function(not_a_number)));
}

TEST_CASE("gamma, beta and Poisson tails add up to 1 and agree with their closed forms", "[math]") {
  for (double x = 0.01; x < 60; x *= 1.3) {
    CHECK(math::gamma_tails(x, 1).upper == Approx(std::exp(-x)).epsilon(1e-13));
    CHECK(math::gamma_tails(x, 0.5).upper == Approx(std::erfc(std::sqrt(x))).epsilon(1e-12));
    CHECK(math::poisson_tails(1, x).lower == Approx(std::exp(-x) * (1 + x)).epsilon(1e-13));
    auto const tails = math::gamma_tails(x, 7.5);
    CHECK(tails.lower + tails.upper == Approx(1).epsilon(1e-15));
  }
  for (double x = 0.001; x < 1; x += 0.0171) {
    CHECK(math::beta_tails(x, 1 - x, 2.5, 1).lower == Approx(std::pow(x, 2.5)).epsilon(1e-13));
    CHECK(math::beta_tails(x, 1 - x, 1, 30).upper == Approx(std::pow(1 - x, 30)).epsilon(1e-13));
    CHECK(math::beta_tails(x, 1 - x, 2, 2).lower == Approx(x * x * (3 - 2 * x)).epsilon(1e-13));
  }
  CHECK(math::gamma_tails(0, 3).lower == 0);
  CHECK(math::gamma_tails(INFINITY, 3).lower == 1);
  CHECK(math::beta_tails(0, 1, 3, 3).lower == 0);
  CHECK(math::beta_tails(1, 0, 3, 3).lower == 1);
  CHECK(std::isnan(math::gamma_tails(1, -1).lower));
  CHECK(std::isnan(math::beta_tails(0.5, 0.5, 1, not_a_number).lower));
}

TEST_CASE("every entry of the tables of exp and log is what it says", "[math]") {
  Exact exact, part;
  for (int j = 0; j < 128; ++j) {
    mpfr_set_d(exact.get(), j / 128.0, MPFR_RNDN);
    mpfr_exp2(exact.get(), exact.get(), MPFR_RNDN);
    auto const [value, tail] = math::exp_table[j];
    REQUIRE(value == exact.nearest());
    mpfr_sub_d(exact.get(), exact.get(), value, MPFR_RNDN);
    mpfr_div_d(exact.get(), exact.get(), value, MPFR_RNDN);
    REQUIRE(tail == exact.nearest());
  }
  for (std::uint64_t i = 0; i < 128; ++i) {
    auto const [reciprocal, log_hi, log_lo] = math::log_table[i];
    double const from = std::bit_cast<double>(math::log_table_start + (i << 45));
    double const to = std::bit_cast<double>(math::log_table_start + ((i + 1) << 45));
    double const bound = reciprocal == 1 ? 0x1p-7 : 0x1.04p-8;
    REQUIRE(std::fabs(from * reciprocal - 1) <= bound);
    REQUIRE(std::fabs(to * reciprocal - 1) <= bound);
    REQUIRE(std::trunc(reciprocal * 0x1p16) == reciprocal * 0x1p16);
    REQUIRE(std::trunc(log_hi * 0x1p42) == log_hi * 0x1p42);
    mpfr_set_d(exact.get(), reciprocal, MPFR_RNDN);
    mpfr_log(exact.get(), exact.get(), MPFR_RNDN);
    mpfr_neg(exact.get(), exact.get(), MPFR_RNDN);
    mpfr_sub_d(exact.get(), exact.get(), log_hi, MPFR_RNDN);
    REQUIRE(std::fabs(log_lo) <= 0x1p-43);
    REQUIRE(log_lo == exact.nearest());
  }
}
