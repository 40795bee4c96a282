// Parts shared by the math sources only: bits of a double, sums and products without rounding error, log and exp cores.
#pragma once

#include <bit>
#include <cfloat>
#include <cstdint>
#include <limits>

static_assert(FLT_EVAL_METHOD == 0, "results must not depend on the registers' width");

namespace sim::math {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

inline std::uint64_t bits_of(double x) { return std::bit_cast<std::uint64_t>(x); }
inline double from_bits(std::uint64_t bits) { return std::bit_cast<double>(bits); }
inline double magnitude(double x) { return from_bits(bits_of(x) & 0x7fff'ffff'ffff'ffff); }
inline bool is_nan(double x) { return x != x; }
/// The eleven exponent bits.
inline unsigned exponent_bits(double x) { return static_cast<unsigned>(bits_of(x) >> 52) & 0x7ff; }

/// An unevaluated sum hi + lo with |lo| at most half an ulp of hi.
struct DoubleDouble {
  double hi = 0;
  double lo = 0;
};

/// a + b without error if |a| >= |b| (Dekker, Numer. Math. 18, 1971).
inline DoubleDouble fast_two_sum(double a, double b) {
  double const sum = a + b;
  return {sum, b - (sum - a)};
}

/// a + b without error (Knuth, TAOCP 2, 4.2.2).
inline DoubleDouble two_sum(double a, double b) {
  double const sum = a + b;
  double const part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}

/// a * b to 106 bits (Dekker 1971), split by masking so that nothing overflows before the product does.
inline DoubleDouble two_product(double a, double b) {
  constexpr std::uint64_t upper_half = 0xffff'ffff'f800'0000;
  double const a_hi = from_bits(bits_of(a) & upper_half), a_lo = a - a_hi;
  double const b_hi = from_bits(bits_of(b) & upper_half), b_lo = b - b_hi;
  double const product = a * b;
  return {product, a_lo * b_lo - (((product - a_hi * b_hi) - a_lo * b_hi) - a_hi * b_lo)};
}

/// e^(x + x_lo) for any finite x and |x_lo| below an ulp or two of x.
double exp_sum(double x, double x_lo);
/// log(x + x_lo) to about 66 bits, for finite normal x > 0 and |x_lo| below an ulp of x.
DoubleDouble log_sum(double x, double x_lo);
/// log(1 + x) - x without cancellation, x > -1.
double log1p_minus(double x);
/// log(ratio) - excess, excess = ratio - 1 given apart: full relative accuracy for ratios near 1 and near 0.
double log_deviance(double ratio, double excess);
/// e^(x^2) erfc(x), x >= 0.
double scaled_erfc(double x);
/// lgamma(x) - ((x - 1/2) log x - x + log(2 pi) / 2), the error of Stirling's formula; x > 0.
double stirling_error(double x);

}  // namespace sim::math
