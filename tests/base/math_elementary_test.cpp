// exp, log, pow, expm1, log1p, erf, erfc, lgamma and normal_cdf against MPFR.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <iostream>
#include <vector>

#include "sim/base/math.hpp"
#include "tests/base/mpfr_oracle.hpp"

using namespace sim::test;

namespace {

using Function = double (*)(double);
using Oracle = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);

/// The tests' sample sizes are multiplied by BERYLIA_ACCURACY; the worst errors are printed where it is set.
int effort() {
  char const* const text = std::getenv("BERYLIA_ACCURACY");
  return text == nullptr ? 1 : std::max(1, std::atoi(text));
}

void report(char const* what, Worst const& worst) {
  if (std::getenv("BERYLIA_ACCURACY") == nullptr) return;
  std::cout << what << ": worst " << worst.ulp << " ulp at " << worst.x << " " << worst.y << "\n";
}

Worst measure(Function function, Oracle oracle, std::vector<double> const& arguments) {
  Worst worst;
  Exact x, exact;
  for (double const argument : arguments) {
    mpfr_set_d(x.get(), argument, MPFR_RNDN);
    oracle(exact.get(), x.get(), MPFR_RNDN);
    worst.meet(error_in_ulp(function(argument), exact), argument);
  }
  return worst;
}

/// `count` arguments from `make`, and those beside the points where an algorithm changes its path.
template <class Make>
std::vector<double> arguments(int count, std::vector<double> const& seams, Make make) {
  Arguments random(7);
  std::vector<double> result;
  for (int i = 0; i < count * effort(); ++i) result.push_back(make(random));
  for (double const seam : seams) {
    double below = seam, above = seam;
    for (int i = 0; i < 50; ++i) {
      result.insert(result.end(), {below, above});
      below = std::nextafter(below, -INFINITY);
      above = std::nextafter(above, INFINITY);
    }
  }
  return result;
}

}  // namespace

TEST_CASE("exp is within 0.52 ulp of the exact value over its whole range", "[math]") {
  std::vector<double> const seams{0, 1, -1, 512, -512, 709.78271289338397, -708.39641853226408, -745.13321910194122};
  auto const points = arguments(300'000, seams,
                                [](Arguments& random) {
                                  switch (random.bits() % 4) {
                                    case 0: return random.between(-1, 1);
                                    case 1: return random.between(-40, 40);
                                    case 2: return random.scaled(1e-12, 1) * (random.bits() % 2 == 0 ? 1 : -1);
                                    default: return random.between(-708, 709.7);
                                  }
                                });
  Worst const worst = measure(sim::math::exp, mpfr_exp, points);
  report("exp", worst);
  INFO("at " << worst.x);
  CHECK(worst.ulp < 0.52);
}

TEST_CASE("exp rounds once where its result is subnormal", "[math]") {
  auto const points = arguments(50'000, {-708.39641853226408, -745.13321910194122, -745.5},
                                [](Arguments& random) { return random.between(-745.5, -708); });
  Worst const worst = measure(sim::math::exp, mpfr_exp, points);
  report("exp, subnormal results", worst);
  CHECK(worst.ulp < 0.52);
}

TEST_CASE("log is within 0.52 ulp of the exact value over its whole range", "[math]") {
  std::vector<double> const seams{1, 0.5, 2, 0.6875, 1.375, 1 - 0x1p-8, 1 + 0x1p-7, 0x1p-1022, 0x1p-1074, 1e308};
  auto const points = arguments(300'000, seams,
                                [](Arguments& random) {
                                  switch (random.bits() % 4) {
                                    case 0: return random.between(0, 1);
                                    case 1: return random.between(0.97, 1.03);
                                    case 2: return random.between(0.5, 2);
                                    default: return random.any_positive();
                                  }
                                });
  Worst const worst = measure(sim::math::log, mpfr_log, points);
  report("log", worst);
  INFO("at " << worst.x);
  CHECK(worst.ulp < 0.52);
}

TEST_CASE("expm1 and log1p are within 1 ulp of the exact values", "[math]") {
  auto const small = [](Arguments& random) {
    switch (random.bits() % 3) {
      case 0: return random.between(-0.9, 1);
      case 1: return random.scaled(1e-18, 1) * (random.bits() % 2 == 0 ? 1 : -1);
      default: return random.between(-1, 45);
    }
  };
  Worst const below = measure(sim::math::log1p, mpfr_log1p, arguments(150'000, {0, 1, 0x1p-54, 0x1p60, 0x1p-8}, small));
  report("log1p", below);
  CHECK(below.ulp < 1);
  auto const points = arguments(150'000, {0, 40, -40, 0x1p-54, 0.0027, -0.0027}, [&](Arguments& random) {
    return random.bits() % 4 == 0 ? random.between(-40, 700) : small(random);
  });
  Worst const above = measure(sim::math::expm1, mpfr_expm1, points);
  report("expm1", above);
  CHECK(above.ulp < 1);
}

TEST_CASE("pow is within 1 ulp of the exact value", "[math]") {
  Arguments random(11);
  Worst worst;
  Exact x, y, exact;
  for (int i = 0; i < 150'000 * effort(); ++i) {
    double base = random.scaled(1e-3, 1e3), exponent = random.between(-100, 100);
    if (i % 3 == 1) base = random.any_positive(), exponent = random.between(-1, 1);
    if (i % 3 == 2) base = random.between(0.99, 1.01), exponent = random.between(-7e4, 7e4);
    mpfr_set_d(x.get(), base, MPFR_RNDN);
    mpfr_set_d(y.get(), exponent, MPFR_RNDN);
    mpfr_pow(exact.get(), x.get(), y.get(), MPFR_RNDN);
    worst.meet(error_in_ulp(sim::math::pow(base, exponent), exact), base, exponent);
  }
  report("pow", worst);
  INFO("at " << worst.x << ", " << worst.y);
  CHECK(worst.ulp < 1);
}

TEST_CASE("erf, erfc and lgamma keep 14 digits", "[math]") {
  auto const points = arguments(3'000, {0, 0.375, 0.75, -0.75, 26.5, 1e-300},
                                [](Arguments& random) { return random.between(-6, 26.5); });
  Worst const left = measure(sim::math::erf, mpfr_erf, points);
  report("erf", left);
  CHECK(left.ulp < 3);
  Worst const right = measure(sim::math::erfc, mpfr_erfc, points);
  report("erfc", right);
  CHECK(right.ulp < 20);
  // Beside its zeros at 1 and 2 the relative error stays small too.
  auto const shapes = arguments(10'000, {0.5, 1, 1.5, 2, 2.5, 8, 1e-300, 1e300}, [](Arguments& random) {
    return random.bits() % 2 == 0 ? random.between(0, 12) : random.scaled(1e-9, 1e9);
  });
  Oracle const lgamma_oracle = [](mpfr_ptr to, mpfr_srcptr from, mpfr_rnd_t rounding) {
    return mpfr_lngamma(to, from, rounding);
  };
  Worst const gamma = measure(sim::math::lgamma, lgamma_oracle, shapes);
  report("lgamma", gamma);
  CHECK(gamma.ulp < 20);
}

TEST_CASE("normal_cdf keeps 14 digits far into the lower tail", "[math]") {
  Worst worst;
  Exact x, root(2.0), exact;
  mpfr_sqrt(root.get(), root.get(), MPFR_RNDN);
  for (double const z : arguments(3'000, {0, -8, 8, -37}, [](Arguments& random) { return random.between(-37, 9); })) {
    mpfr_set_d(x.get(), -z, MPFR_RNDN);
    mpfr_div(x.get(), x.get(), root.get(), MPFR_RNDN);
    mpfr_erfc(exact.get(), x.get(), MPFR_RNDN);
    mpfr_div_2ui(exact.get(), exact.get(), 1, MPFR_RNDN);
    worst.meet(error_in_ulp(sim::math::normal_cdf(z), exact), z);
  }
  report("normal_cdf", worst);
  CHECK(worst.ulp < 20);
}
