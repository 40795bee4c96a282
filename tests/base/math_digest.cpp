// Prints a digest of a million results of sim/base/math and compares it with the one below: the same bits however and
// wherever this is compiled. With --differ the result must be another one (for builds that contract to FMA).
// Exit code 77: this CPU lacks what the build needs.
#include <bit>
#include <cstdint>
#include <cstdio>
#include <string_view>

#include "sim/base/math.hpp"

namespace {

constexpr std::uint64_t expected_digest = 0x7650'3dfc'6de8'67dd;

std::uint64_t mixed(std::uint64_t word) {
  word = (word ^ (word >> 30)) * 0xbf58'476d'1ce4'e5b9;
  word = (word ^ (word >> 27)) * 0x94d0'49bb'1331'11eb;
  return word ^ (word >> 31);
}

struct Digest {
  std::uint64_t value = 0;
  void add(double result) { value = mixed(value ^ std::bit_cast<std::uint64_t>(result)) + 1; }
};

std::uint64_t digest() {
  namespace math = sim::math;
  Digest digest;
  for (std::uint64_t i = 1; i <= 120'000; ++i) {
    double const u = static_cast<double>(mixed(i) >> 11 | 1) * 0x1p-53;
    double const v = static_cast<double>(mixed(~i) >> 11 | 1) * 0x1p-53;
    digest.add(math::exp(1400 * u - 700));
    digest.add(math::log(u / v));
    digest.add(math::pow(10 * u, 40 * v - 20));
    digest.add(math::expm1(4 * u - 2));
    digest.add(math::log1p(2 * u - 1));
    digest.add(math::erf(4 * u));
    digest.add(math::lgamma(30 * u));
    digest.add(math::normal_cdf(20 * u - 10));
    digest.add(math::normal_quantile(u));
    if (i % 10 != 0) continue;
    digest.add(math::gamma_quantile(u, 20 * v));
    digest.add(math::beta_quantile(u, 5 * v, 2));
    digest.add(static_cast<double>(math::poisson_quantile(u, 50 * v)));
  }
  return digest.value;
}

}  // namespace

int main(int argc, char** argv) {
#ifdef __FMA__
  if (!__builtin_cpu_supports("fma")) return 77;
#endif
  bool const must_differ = argc > 1 && std::string_view(argv[1]) == "--differ";
  std::uint64_t const got = digest();
  std::printf("digest %016llx, expected %s%016llx\n", static_cast<unsigned long long>(got), must_differ ? "not " : "",
              static_cast<unsigned long long>(expected_digest));
  return (got == expected_digest) == must_differ ? 1 : 0;
}
