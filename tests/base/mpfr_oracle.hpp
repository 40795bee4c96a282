// Exact values from MPFR and the distance of a double from them in ulp; for tests only.
#pragma once

#include <mpfr.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

namespace sim::test {

/// A binary floating-point number of 160 bits.
class Exact {
 public:
  Exact() { mpfr_init2(value_, 160); }
  explicit Exact(double value) : Exact() { mpfr_set_d(value_, value, MPFR_RNDN); }
  Exact(Exact const& other) : Exact() { mpfr_set(value_, other.value_, MPFR_RNDN); }
  Exact& operator=(Exact const& other) {
    mpfr_set(value_, other.value_, MPFR_RNDN);
    return *this;
  }
  ~Exact() { mpfr_clear(value_); }

  mpfr_ptr get() { return value_; }
  mpfr_srcptr get() const { return value_; }
  double nearest() const { return mpfr_get_d(value_, MPFR_RNDN); }

 private:
  mpfr_t value_;
};

/// |got - exact| in units of the last place that doubles have at `exact`; 0 for equal infinities, zeros and NaNs.
inline double error_in_ulp(double got, Exact const& exact) {
  double const nearest = exact.nearest();
  if (std::isnan(got) || std::isnan(nearest)) return std::isnan(got) && std::isnan(nearest) ? 0 : INFINITY;
  if (std::isinf(got) || std::isinf(nearest)) return got == nearest ? 0 : INFINITY;
  static thread_local Exact difference;
  mpfr_sub_d(difference.get(), exact.get(), got, MPFR_RNDN);
  int const exponent = std::max(nearest == 0 ? -1100 : std::ilogb(nearest), -1022);
  mpfr_mul_2si(difference.get(), difference.get(), 52 - exponent, MPFR_RNDN);
  return std::fabs(mpfr_get_d(difference.get(), MPFR_RNDN));
}

/// The worst error met and where.
struct Worst {
  double ulp = 0;
  double x = 0, y = 0;
  void meet(double error, double x_at, double y_at = 0) {
    if (error > ulp) *this = {error, x_at, y_at};
  }
};

/// A small independent generator (splitmix64), so that the oracle does not rest on the code under test.
class Arguments {
 public:
  explicit Arguments(std::uint64_t seed) : state_(seed) {}
  std::uint64_t bits() {
    std::uint64_t word = state_ += 0x9e37'79b9'7f4a'7c15;
    word = (word ^ (word >> 30)) * 0xbf58'476d'1ce4'e5b9;
    word = (word ^ (word >> 27)) * 0x94d0'49bb'1331'11eb;
    return word ^ (word >> 31);
  }
  /// Uniform on [a, b).
  double between(double a, double b) { return a + (b - a) * (static_cast<double>(bits() >> 11) * 0x1p-53); }
  /// Uniform in the logarithm on [a, b), a > 0.
  double scaled(double a, double b) { return std::exp(between(std::log(a), std::log(b))); }
  /// Any positive finite double, uniform in its bits: every magnitude, subnormals too.
  double any_positive() { return std::bit_cast<double>(bits() % 0x7ff0'0000'0000'0000); }

 private:
  std::uint64_t state_;
};

}  // namespace sim::test
