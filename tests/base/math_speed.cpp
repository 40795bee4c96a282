// Prints the time per call of sim/base/math and of random streams; not a test. Build: --target math_speed.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "sim/base/math.hpp"
#include "sim/rng/stream.hpp"

namespace {

/// Best of seven runs over 4096 arguments again and again [ns per call].
template <class Function>
void time_of(char const* name, long calls, Function function) {
  double best = 1e300, sum = 0;
  for (int run = 0; run < 7; ++run) {
    auto const wall_start = std::chrono::steady_clock::now();
    for (long i = 0; i < calls; ++i) sum += static_cast<double>(function(i & 4095));
    std::chrono::duration<double, std::nano> const wall = std::chrono::steady_clock::now() - wall_start;
    best = std::min(best, wall.count() / static_cast<double>(calls));
  }
  std::printf("%-28s %8.1f ns   (checksum %g)\n", name, best, sum);
}

}  // namespace

int main() {
  namespace math = sim::math;
  sim::RngStream random({.seed = 1}, 2, 3, 4);
  std::vector<double> u(4096), x(4096);
  for (double& value : u) value = random.uniform();
  for (double& value : x) value = random.uniform(-10, 10);
  constexpr long many = 4'000'000, some = 100'000;
  time_of("exp", many, [&](long i) { return math::exp(x[i]); });
  time_of("log", many, [&](long i) { return math::log(u[i]); });
  time_of("pow", many, [&](long i) { return math::pow(u[i], x[i]); });
  time_of("expm1", many, [&](long i) { return math::expm1(x[i]); });
  time_of("log1p", many, [&](long i) { return math::log1p(u[i]); });
  time_of("normal_cdf", many, [&](long i) { return math::normal_cdf(x[i]); });
  time_of("normal_quantile", many, [&](long i) { return math::normal_quantile(u[i]); });
  time_of("lgamma", many, [&](long i) { return math::lgamma(20 * u[i]); });
  time_of("gamma_quantile, shape 2.5", some, [&](long i) { return math::gamma_quantile(u[i], 2.5); });
  time_of("beta_quantile, shapes 2, 4", some, [&](long i) { return math::beta_quantile(u[i], 2, 4); });
  time_of("poisson_quantile, mean 3", many, [&](long i) { return math::poisson_quantile(u[i], 3); });
  time_of("poisson_quantile, mean 100", some, [&](long i) { return math::poisson_quantile(u[i], 100); });
  time_of("64 bits of a stream", many, [&](long) { return random.bits() >> 32; });
  time_of("exponential of a stream", many, [&](long) { return random.exponential(2); });
  time_of("normal of a stream", many, [&](long) { return random.normal(0, 1); });
  std::uint64_t block = 0;
  time_of("first uniform of a stream", many, [&](long) {
    return sim::RngStream({.seed = 1}, 2, 3, 4, ++block).uniform();
  });
  std::uint64_t word = 0;
  time_of("Philox block after another", many, [&](long) {
    word = sim::philox_block({word, 1, 2, 3}, {4, 5})[3];
    return word >> 32;
  });
}
