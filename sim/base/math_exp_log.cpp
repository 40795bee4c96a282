// exp and log by table and short polynomial: P. T. P. Tang, ACM TOMS 15 (1989) 144 and 16 (1990) 378.
#include "sim/base/math.hpp"
#include "sim/base/math_exp_table.hpp"
#include "sim/base/math_log_table.hpp"
#include "sim/base/math_parts.hpp"

namespace sim::math {
namespace {

// log(2)/128 in two parts; the first has 34 bits, so that its product with a count below 2^18 is exact.
constexpr double steps_per_unit = 0x1.71547652b82fep+7;
constexpr double step_hi = 0x1.62e42fef8p-8;
constexpr double step_lo = 0x1.1cf79abc9e3b4p-43;
// log(2) in two parts; the first is a multiple of 2^-42, so that its sums with log_hi of the table are exact.
constexpr double log2_hi = 0x1.62e42fefa38p-1;
constexpr double log2_lo = 0x1.ef35793c7673p-45;
// Adding and subtracting this rounds to an integer, whose low bits then stand in the sum's low bits.
constexpr double round_shift = 0x1.8p52;

/// e^x = scale * (1 + rest), |rest| < 0.0028.
struct ExpParts {
  std::uint64_t scale_bits;  // of 2^(count/128), wrapped around where that leaves the range of doubles
  double rest;
};

inline ExpParts exp_parts(double x, double x_lo) {
  double const shifted = x * steps_per_unit + round_shift;
  double const count = shifted - round_shift;
  std::uint64_t const count_bits = bits_of(shifted);
  double const r = x - count * step_hi - count * step_lo + x_lo;
  ExpEntry const& entry = exp_table[count_bits % 128];
  // Taylor's polynomial: the next term is below 2^-60 of the result.
  double const r2 = r * r;
  double const rest = entry.tail + r + r2 * (0.5 + r * 0x1.5555555555555p-3) +
                      r2 * r2 * (0x1.5555555555555p-5 + r * 0x1.1111111111111p-7);
  return {bits_of(entry.value) + ((count_bits & ~std::uint64_t{127}) << 45), rest};
}

/// e^x where 2^k is not a normal double: works a power of two away and rounds only once.
[[gnu::noinline]] double exp_at_edges(double x, double x_lo) {
  if (is_nan(x)) return x;
  if (x > 709.8) return infinity;
  if (x < -746) return 0;
  auto const [scale_bits, rest] = exp_parts(x, x_lo);
  if (x > 0) {
    double const scale = from_bits(scale_bits - (std::uint64_t{1009} << 52));
    return 0x1p1009 * (scale + scale * rest);
  }
  double const scale = from_bits(scale_bits + (std::uint64_t{1022} << 52));
  double y = scale + scale * rest;
  if (y < 1) {  // below the normal range: add at the position where the result will be cut
    double const y_lo = (scale - y) + scale * rest;
    double const cut = 1 + y;
    y = (cut + (((1 - cut) + y) + y_lo)) - 1;
  }
  return 0x1p-1022 * y;
}

/// x = 2^exponent m with m in [0.6875, 1.375); reciprocal * m = 1 + r_hi + r_lo without error.
struct LogParts {
  double exponent;
  LogEntry const& entry;
  double r_hi, r_lo;
};

/// `bits` of a normal double, or of one whose exponent field has gone below zero.
inline LogParts log_parts(std::uint64_t bits) {
  std::uint64_t const offset = bits - log_table_start;
  LogEntry const& entry = log_table[(offset >> 45) % 128];
  std::uint64_t const mantissa = bits - (offset & 0xfff0'0000'0000'0000);
  double const m = from_bits(mantissa);
  double const m_hi = from_bits(mantissa & 0xffff'ffff'0000'0000);
  auto const [r_hi, r_lo] = fast_two_sum(m_hi * entry.reciprocal - 1, (m - m_hi) * entry.reciprocal);
  return {static_cast<double>(static_cast<std::int64_t>(offset) >> 52), entry, r_hi, r_lo};
}

inline double log_of_bits(std::uint64_t bits) {
  auto const [exponent, entry, r, r_lo] = log_parts(bits);
  auto const [hi, lo] = fast_two_sum(exponent * log2_hi + entry.log_hi, r);
  double const r2 = r * r;
  // Taylor's polynomial for -2^-8 < r < 2^-7: the next term is below 2^-59 of the result.
  double const cubic = (0x1.5555555555555p-2 - r * 0.25) + r2 * ((0.2 - r * 0x1.5555555555555p-3) +
                       r2 * (0x1.2492492492492p-3 - r * 0.125));
  double const tail = lo + (exponent * log2_lo + entry.log_lo + r_lo) + r2 * (r * cubic - 0.5);
  return hi + tail;
}

[[gnu::noinline]] double log_at_edges(double x) {
  if (x == 0) return -infinity;
  if (is_nan(x) || x == infinity) return x;
  if (x < 0) return not_a_number;
  return log_of_bits(bits_of(x * 0x1p54) - (std::uint64_t{54} << 52));  // subnormal
}

}  // namespace

double exp_sum(double x, double x_lo) {
  if (exponent_bits(x) >= 0x408) [[unlikely]] return exp_at_edges(x, x_lo);  // |x| >= 512
  auto const [scale_bits, rest] = exp_parts(x, x_lo);
  double const scale = from_bits(scale_bits);
  return scale + scale * rest;
}

double exp(double x) { return exp_sum(x, 0); }

double log(double x) {
  std::uint64_t const bits = bits_of(x);
  if (bits - 0x0010'0000'0000'0000 >= 0x7fe0'0000'0000'0000) [[unlikely]] return log_at_edges(x);
  return log_of_bits(bits);
}

DoubleDouble log_sum(double x, double x_lo) {
  bool const is_subnormal = exponent_bits(x) == 0;
  std::uint64_t const bits = is_subnormal ? bits_of(x * 0x1p54) - (std::uint64_t{54} << 52) : bits_of(x);
  auto const [exponent, entry, r_hi, r_rest] = log_parts(bits);
  double r = r_hi, r_lo = r_rest;
  if (x_lo != 0) r_lo += x_lo / x * (1 + r);
  double const r2 = r * r;
  double const cubic = (0x1.5555555555555p-2 - r * 0.25) + r2 * ((0.2 - r * 0x1.5555555555555p-3) +
                       r2 * ((0x1.2492492492492p-3 - r * 0.125) + r2 * (0x1.c71c71c71c71cp-4 - r * 0.1)));
  auto const square = two_product(r, -0.5 * r);
  auto const sum1 = fast_two_sum(exponent * log2_hi + entry.log_hi, r);
  auto const sum2 = fast_two_sum(sum1.hi, square.hi);
  double const tail = exponent * log2_lo + entry.log_lo + r_lo + sum1.lo + sum2.lo + (square.lo - r * r_lo) +
                      r2 * r * cubic;
  return fast_two_sum(sum2.hi, tail);
}

double expm1(double x) {
  if (!(magnitude(x) < 40)) return x < 0 ? -1.0 : exp_sum(x, 0) - 1;  // infinities and NaN too
  if (magnitude(x) < 0x1p-54) return x;
  double const shifted = x * steps_per_unit + round_shift;
  double const count = shifted - round_shift;
  std::uint64_t const count_bits = bits_of(shifted);
  auto const [r, r_lo] = fast_two_sum(x - count * step_hi, -(count * step_lo));
  ExpEntry const& entry = exp_table[count_bits % 128];
  double const scale = from_bits(bits_of(entry.value) + ((count_bits & ~std::uint64_t{127}) << 45));
  double const r2 = r * r;
  double const rest = r2 * (0.5 + r * 0x1.5555555555555p-3) +
                      r2 * r2 * ((0x1.5555555555555p-5 + r * 0x1.1111111111111p-7) + r2 * 0x1.6c16c16c16c17p-10);
  auto const head = two_sum(scale, -1);
  auto const linear = two_product(scale, r);
  auto const sum = two_sum(head.hi, linear.hi);
  return sum.hi + (sum.lo + (head.lo + linear.lo + scale * (entry.tail + r_lo + r * entry.tail + rest)));
}

double log1p(double x) {
  if (magnitude(x) < 0x1p-54) return x;
  if (!(x > -1)) return x == -1 ? -infinity : not_a_number;
  if (x > 0x1p60) return log(x);
  auto const sum = two_sum(1, x);
  auto const result = log_sum(sum.hi, sum.lo);
  return result.hi + result.lo;
}

}  // namespace sim::math
