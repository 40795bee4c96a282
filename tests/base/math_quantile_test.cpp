// Quantile functions against MPFR: the exact distribution function at the value they return tells its relative error.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <iostream>
#include <vector>

#include "sim/base/contracts.hpp"
#include "sim/base/math.hpp"
#include "tests/base/mpfr_oracle.hpp"

using namespace sim::test;
namespace math = sim::math;

namespace {

/// total = 1 + first + first second + ..., where `next` turns a term into the next one.
template <class Next>
Exact positive_series(Next next) {
  Exact term(1.0), total(1.0);
  for (int n = 1; mpfr_get_exp(term.get()) > mpfr_get_exp(total.get()) - 150; ++n) {
    next(term, n);
    mpfr_add(total.get(), total.get(), term.get(), MPFR_RNDN);
  }
  return total;
}

Exact log_gamma(Exact const& x) {
  Exact result;
  mpfr_lngamma(result.get(), x.get(), MPFR_RNDN);
  return result;
}

/// (F(x) - p) / (x f(x)) from F's series times x f(x) / `first`: the first-order relative error of x.
double relative_error(Exact const& log_density_times_x, Exact const& series, Exact const& first, double p) {
  Exact ratio(p), density;
  mpfr_exp(density.get(), log_density_times_x.get(), MPFR_RNDN);
  mpfr_div(ratio.get(), ratio.get(), density.get(), MPFR_RNDN);
  Exact lower;
  mpfr_div(lower.get(), series.get(), first.get(), MPFR_RNDN);
  mpfr_sub(ratio.get(), lower.get(), ratio.get(), MPFR_RNDN);
  return std::fabs(ratio.nearest());
}

/// log(x^a e^-x / Gamma(a)) and P = that times 1/a (1 + x/(a + 1) + ...), Abramowitz & Stegun 6.5.29.
double gamma_error(double x, double p, double shape) {
  Exact const a(shape), value(x);
  Exact log_density, gamma = log_gamma(a);
  mpfr_log(log_density.get(), value.get(), MPFR_RNDN);
  mpfr_mul(log_density.get(), log_density.get(), a.get(), MPFR_RNDN);
  mpfr_sub(log_density.get(), log_density.get(), value.get(), MPFR_RNDN);
  mpfr_sub(log_density.get(), log_density.get(), gamma.get(), MPFR_RNDN);
  Exact const series = positive_series([&](Exact& term, int n) {
    Exact denominator;
    mpfr_add_ui(denominator.get(), a.get(), static_cast<unsigned long>(n), MPFR_RNDN);
    mpfr_mul(term.get(), term.get(), value.get(), MPFR_RNDN);
    mpfr_div(term.get(), term.get(), denominator.get(), MPFR_RNDN);
  });
  return relative_error(log_density, series, a, p);
}

/// log(x^a y^b / B(a, b)) and I = that times 1/a (1 + (a + b)/(a + 1) x + ...), DLMF 8.17.8; dx/dlogit = x y.
double beta_error(double x, double p, double shape_a, double shape_b) {
  Exact const a(shape_a), b(shape_b), value(x);
  Exact y, sum, log_density, part;
  mpfr_ui_sub(y.get(), 1, value.get(), MPFR_RNDN);
  mpfr_add(sum.get(), a.get(), b.get(), MPFR_RNDN);
  mpfr_log(log_density.get(), value.get(), MPFR_RNDN);
  mpfr_mul(log_density.get(), log_density.get(), a.get(), MPFR_RNDN);
  mpfr_log(part.get(), y.get(), MPFR_RNDN);
  mpfr_mul(part.get(), part.get(), b.get(), MPFR_RNDN);
  mpfr_add(log_density.get(), log_density.get(), part.get(), MPFR_RNDN);
  mpfr_add(log_density.get(), log_density.get(), log_gamma(sum).get(), MPFR_RNDN);
  mpfr_sub(log_density.get(), log_density.get(), log_gamma(a).get(), MPFR_RNDN);
  mpfr_sub(log_density.get(), log_density.get(), log_gamma(b).get(), MPFR_RNDN);
  Exact const series = positive_series([&](Exact& term, int n) {
    Exact top, bottom;
    mpfr_add_ui(top.get(), sum.get(), static_cast<unsigned long>(n - 1), MPFR_RNDN);
    mpfr_add_ui(bottom.get(), a.get(), static_cast<unsigned long>(n), MPFR_RNDN);
    mpfr_mul(term.get(), term.get(), value.get(), MPFR_RNDN);
    mpfr_mul(term.get(), term.get(), top.get(), MPFR_RNDN);
    mpfr_div(term.get(), term.get(), bottom.get(), MPFR_RNDN);
  });
  return relative_error(log_density, series, a, p) * (1 - x);
}

/// |Phi(x) - p| / |x phi(x)|.
double normal_error(double x, double p) {
  Exact z(-x), half(0.5), density(x);
  mpfr_mul(density.get(), density.get(), density.get(), MPFR_RNDN);
  mpfr_mul_d(density.get(), density.get(), -0.5, MPFR_RNDN);
  mpfr_exp(density.get(), density.get(), MPFR_RNDN);
  mpfr_sqrt(half.get(), half.get(), MPFR_RNDN);
  mpfr_mul(z.get(), z.get(), half.get(), MPFR_RNDN);
  mpfr_erfc(z.get(), z.get(), MPFR_RNDN);
  mpfr_div_2ui(z.get(), z.get(), 1, MPFR_RNDN);
  mpfr_sub_d(z.get(), z.get(), p, MPFR_RNDN);
  mpfr_div(z.get(), z.get(), density.get(), MPFR_RNDN);
  return std::fabs(z.nearest() * 2.5066282746310002 / x);
}

/// p in (0, 1), often close to an end.
double probability(Arguments& random) {
  switch (random.bits() % 4) {
    case 0: return random.scaled(1e-18, 0.5);
    case 1: return 1 - random.scaled(0x1p-53, 0.5);
    default: return random.between(0, 1) + 0x1p-54;
  }
}

void report(char const* what, Worst const& worst, double at_p) {
  if (std::getenv("BERYLIA_ACCURACY") == nullptr) return;
  std::cout << what << ": worst relative error " << worst.ulp << " at p " << at_p << ", parameters " << worst.x << " "
            << worst.y << "\n";
}

}  // namespace

TEST_CASE("normal_quantile has a relative error below 1e-15", "[math]") {
  Arguments random(3);
  Worst worst;
  for (int i = 0; i < 8'000; ++i) {
    double const p = i % 8 == 7 ? random.scaled(1e-300, 1e-18) : probability(random);
    double const x = math::normal_quantile(p);
    if (x != 0) worst.meet(normal_error(x, p), p);
  }
  report("normal_quantile", worst, worst.x);
  INFO("at " << worst.x);
  CHECK(worst.ulp < 1e-15);
  CHECK(math::normal_quantile(0.5) == 0);
}

TEST_CASE("gamma_quantile has a relative error below 1e-11 for shapes from 0.001 to 100,000", "[math]") {
  Arguments random(5);
  Worst worst;
  double at = 0;
  for (int i = 0; i < 3'000; ++i) {
    double const p = probability(random), shape = random.scaled(1e-3, i % 10 == 0 ? 1e5 : 200);
    double const x = math::gamma_quantile(p, shape);
    if (x < 1e-290) continue;  // no digits left
    double const error = gamma_error(x, p, shape);
    if (!(error <= worst.ulp)) at = p, worst.meet(error, shape);
    REQUIRE(error == error);
  }
  report("gamma_quantile", worst, at);
  INFO("at p " << at << ", shape " << worst.x);
  CHECK(worst.ulp < 1e-11);
}

TEST_CASE("beta_quantile has a relative error below 1e-11 for shapes from 0.01 to 10,000", "[math]") {
  Arguments random(6);
  Worst worst;
  double at = 0;
  for (int i = 0; i < 3'000; ++i) {
    double const largest = i % 10 == 0 ? 1e4 : 50;
    double const p = probability(random), a = random.scaled(0.01, largest), b = random.scaled(0.01, largest);
    double const x = math::beta_quantile(p, a, b);
    if (x < 1e-290 || x > 0.99) continue;  // the series needs too long
    double const error = beta_error(x, p, a, b);
    if (!(error <= worst.ulp)) at = p, worst.meet(error, a, b);
    REQUIRE(error == error);
  }
  report("beta_quantile", worst, at);
  INFO("at p " << at << ", shapes " << worst.x << ", " << worst.y);
  CHECK(worst.ulp < 1e-11);
}

TEST_CASE("beta_quantile close to 1 mirrors the one close to 0", "[math]") {
  Arguments random(8);
  for (int i = 0; i < 2'000; ++i) {
    double const a = random.scaled(0.05, 200), b = random.scaled(0.05, 200);
    double const p = static_cast<double>(1 + random.bits() % 1023) / 1024;  // so that 1 - p is exact
    CHECK(math::beta_quantile(p, a, b) == Approx(1 - math::beta_quantile(1 - p, b, a)).epsilon(1e-13).margin(1e-15));
  }
}

TEST_CASE("poisson_quantile is the smallest count whose exact cumulative probability reaches p", "[math]") {
  Arguments random(9);
  for (int i = 0; i < 3'000; ++i) {
    double const mean = random.scaled(1e-3, i % 10 == 0 ? 3e3 : 60), p = probability(random);
    std::uint64_t const count = math::poisson_quantile(p, mean);
    Exact term, sum(0.0), before(0.0);
    mpfr_set_d(term.get(), -mean, MPFR_RNDN);
    mpfr_exp(term.get(), term.get(), MPFR_RNDN);
    for (std::uint64_t k = 0; k <= count; ++k) {
      before = sum;
      mpfr_add(sum.get(), sum.get(), term.get(), MPFR_RNDN);
      mpfr_mul_d(term.get(), term.get(), mean, MPFR_RNDN);
      mpfr_div_ui(term.get(), term.get(), k + 1, MPFR_RNDN);
    }
    INFO("p " << p << ", mean " << mean << ", count " << count);
    REQUIRE(mpfr_cmp_d(sum.get(), p) >= 0);
    REQUIRE((count == 0 || mpfr_cmp_d(before.get(), p) < 0));
  }
}

TEST_CASE("quantiles invert their tails down to probabilities of 1e-300 and for shapes from 1e-6 to 1e6", "[math]") {
  Arguments random(10);
  auto const agrees = [](math::Tails const& tails, double p) {
    double const lower_miss = std::fabs(tails.lower / p - 1), upper_miss = std::fabs(tails.upper / (1 - p) - 1);
    return (p <= 0.5 ? lower_miss : upper_miss) < 1e-8;
  };
  for (int i = 0; i < 30'000; ++i) {
    double const p = i % 2 == 0 ? random.scaled(1e-300, 1) : probability(random);
    double const a = random.scaled(1e-6, 1e6), b = random.scaled(1e-6, 1e6);
    INFO("p " << p << ", shapes " << a << ", " << b);
    double const x = math::gamma_quantile(p, a), y = math::beta_quantile(p, a, b);
    REQUIRE(x >= 0);
    REQUIRE((x < 1e-290 || agrees(math::gamma_tails(x, a), p)));  // below, no digits are left
    REQUIRE((y >= 0 && y <= 1));
    if (y > 1e-290 && y < 0.9 && a > 1e-3 && b > 1e-3) REQUIRE(agrees(math::beta_tails(y, 1 - y, a, b), p));
  }
}

TEST_CASE("quantiles do not decrease in p", "[math]") {
  constexpr int steps = 20'000;
  std::vector<double> const shapes{0.02, 0.7, 1, 3, 40, 3000};
  for (double const shape : shapes) {
    double gamma = 0, beta = 0, normal = -INFINITY;
    std::uint64_t poisson = 0;
    for (int i = 1; i < steps; ++i) {
      double const p = static_cast<double>(i) / steps;
      REQUIRE(gamma <= math::gamma_quantile(p, shape));
      REQUIRE(beta <= math::beta_quantile(p, shape, 2.5));
      REQUIRE(poisson <= math::poisson_quantile(p, shape));
      REQUIRE(normal < math::normal_quantile(p));
      gamma = math::gamma_quantile(p, shape), beta = math::beta_quantile(p, shape, 2.5);
      poisson = math::poisson_quantile(p, shape), normal = math::normal_quantile(p);
    }
  }
}

TEST_CASE("quantiles answer at the ends and refuse what is no distribution", "[math]") {
  CHECK(math::gamma_quantile(0, 2) == 0);
  CHECK(math::gamma_quantile(1, 2) == INFINITY);
  CHECK(math::beta_quantile(0, 2, 3) == 0);
  CHECK(math::beta_quantile(1, 2, 3) == 1);
  CHECK(math::normal_quantile(0) == -INFINITY);
  CHECK(math::normal_quantile(1) == INFINITY);
  CHECK(math::poisson_quantile(0, 30) == 0);
  CHECK(math::poisson_quantile(0.999, 0) == 0);
  CHECK(math::gamma_quantile(1e-300, 0.001) == 0);  // 10^-300000
  for (double const p : {-0.1, 1.1, double{NAN}}) {
    CHECK(std::isnan(math::normal_quantile(p)));
    CHECK(std::isnan(math::gamma_quantile(p, 1)));
    CHECK(std::isnan(math::beta_quantile(p, 1, 1)));
    CHECK_THROWS_AS(math::poisson_quantile(p, 1), sim::ContractViolation);
  }
  for (double const shape : {0.0, -1.0, double{INFINITY}, double{NAN}}) {
    CHECK(std::isnan(math::gamma_quantile(0.5, shape)));
    CHECK(std::isnan(math::beta_quantile(0.5, shape, 1)));
    CHECK(std::isnan(math::beta_quantile(0.5, 1, shape)));
  }
  CHECK_THROWS_AS(math::poisson_quantile(0.5, -1), sim::ContractViolation);
  CHECK_THROWS_AS(math::poisson_quantile(0.5, NAN), sim::ContractViolation);
}
