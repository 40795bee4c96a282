#include <catch2/catch.hpp>
#include <array>
#include <cmath>
#include <limits>

#include "sim/base/type_name.hpp"
#include "sim/kernel/context.hpp"

namespace {

enum class Colour : std::uint8_t { red, green };

struct Nothing {};
struct Inner {
  double a;
  sim::LpRef<int> who;
  std::int32_t n;
};
struct Plain {
  Inner inner;
  std::array<double, 3> many;
  float single;
  Colour colour;
  bool flag;
  std::int16_t small;
};
struct Padded {
  std::int32_t a;
  double b;
};
struct Sixteen {
  double a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p;
};

}  // namespace

TEST_CASE("members of a plain struct are counted and visited in order", "[kernel][payload]") {
  STATIC_REQUIRE(sim::members::count<Nothing>() == 0);
  STATIC_REQUIRE(sim::members::count<Inner>() == 3);
  STATIC_REQUIRE(sim::members::count<Plain>() == 6);
  STATIC_REQUIRE(sim::members::count<Sixteen>() == 16);
  Sixteen values{};
  std::get<15>(sim::members::tie(values)) = 3;
  REQUIRE(values.p == 3);
}

TEST_CASE("padding is seen, wherever it hides", "[kernel][payload]") {
  using sim::payload_detail::value_bytes;
  STATIC_REQUIRE(value_bytes<Plain>() == sizeof(Plain));
  STATIC_REQUIRE(value_bytes<Padded>() < sizeof(Padded));
  STATIC_REQUIRE(value_bytes<std::array<Padded, 2>>() < sizeof(std::array<Padded, 2>));
  STATIC_REQUIRE(sim::payload_size<Nothing> == 0);
  STATIC_REQUIRE(sim::check_payload<Plain>());
}

TEST_CASE("minus zero becomes zero in every member", "[kernel][payload]") {
  Plain payload{.inner = {.a = -0.0}, .many = {1, -0.0, 2}, .single = -0.0f};
  REQUIRE(sim::normalise(payload));
  REQUIRE_FALSE(std::signbit(payload.inner.a));
  REQUIRE_FALSE(std::signbit(payload.many[1]));
  REQUIRE_FALSE(std::signbit(payload.single));
  REQUIRE(payload.many[2] == 2);
}

TEST_CASE("a number that is not finite is refused in every member", "[kernel][payload]") {
  double const infinity = std::numeric_limits<double>::infinity();
  double const nan = std::numeric_limits<double>::quiet_NaN();
  for (double const bad : {infinity, -infinity, nan}) {
    Plain first{.inner = {.a = bad}}, third{.many = {0, 0, bad}}, last{.single = static_cast<float>(bad)};
    REQUIRE_FALSE(sim::normalise(first));
    REQUIRE_FALSE(sim::normalise(third));
    REQUIRE_FALSE(sim::normalise(last));
  }
  Plain largest{.inner = {.a = std::numeric_limits<double>::max()}};
  REQUIRE(sim::normalise(largest));
}

TEST_CASE("types are named by their last component", "[kernel][payload]") {
  REQUIRE(sim::type_name<Plain>() == "Plain");
  REQUIRE(sim::type_name<sim::Duration>() == "Duration");
  REQUIRE(sim::type_name<int>() == "int");
}
