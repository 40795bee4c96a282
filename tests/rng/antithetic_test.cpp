// Antithetic streams: the second half of a pair is the first one turned around.
#include <catch2/catch.hpp>

#include "sim/rng/stream.hpp"

using namespace sim;

namespace {

constexpr int draws = 20'000;

RngStream half(std::uint32_t replication, bool paired = true) {
  ReplicationStream const stream{.seed = 5, .future = 3, .replication = replication};
  return {paired ? antithetic(stream) : stream, 7, 1, 9};
}

}  // namespace

TEST_CASE("the halves of an antithetic pair draw u and 1 - u, exactly", "[rng]") {
  RngStream first = half(6), second = half(7);
  for (int i = 0; i < draws; ++i) REQUIRE(first.uniform() + second.uniform() == 1);
  CHECK(RngStream::to_uniform(0) == 1 - RngStream::to_uniform(~std::uint64_t{0}));
  CHECK(RngStream::to_uniform(0x7ff) == 1 - RngStream::to_uniform(~std::uint64_t{0x7ff}));
}

TEST_CASE("the first half draws what it drew without its partner, and other pairs are other streams", "[rng]") {
  RngStream paired = half(6), alone = half(6, false), other = half(9), odd = half(7, false);
  int same = 0;
  for (int i = 0; i < draws; ++i) {
    std::uint64_t const word = paired.bits();
    REQUIRE(word == alone.bits());
    same += word == other.bits() || ~word == other.bits() || ~word == odd.bits();
  }
  CHECK(same == 0);
}

TEST_CASE("every variate of the one half falls where that of the other rises", "[rng]") {
  RngStream first = half(0), second = half(1), independent = half(2);
  double product = 0, twin = 0;
  for (int i = 0; i < draws; ++i) {
    double const a = first.exponential(1) - 1, b = second.exponential(1) - 1;
    product += a * b;
    twin += a * (independent.exponential(1) - 1);
  }
  CHECK(product / draws == Approx(1 - 1.6449340668).margin(0.05));  // correlation 1 - pi^2 / 6
  CHECK(twin / draws == Approx(0).margin(0.05));
}
