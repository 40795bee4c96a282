#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "sim/campaign/sampling/sobol.hpp"
#include "sim/campaign/sampling/sobol_numbers.hpp"

namespace {

using sim::DesignRequest;

std::vector<std::string> names(std::size_t count) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(std::to_string(i) + "th");
  return all;
}

/// True if every elementary interval of volume 2^t / points holds exactly 2^t points, in the given dimensions.
bool is_net(std::vector<double> const& u, std::size_t width, std::vector<std::size_t> const& dimensions, unsigned m, unsigned t) {
  std::size_t const points = std::size_t{1} << m;
  // All ways to give m - t digits to the dimensions.
  std::vector<unsigned> digits(dimensions.size(), 0);
  auto const counted = [&] {
    std::vector<std::size_t> held(std::size_t{1} << (m - t), 0);
    for (std::size_t i = 0; i < points; ++i) {
      std::size_t cell = 0;
      for (std::size_t d = 0; d < dimensions.size(); ++d)
        cell = cell << digits[d] | static_cast<std::size_t>(u[i * width + dimensions[d]] * std::ldexp(1.0, static_cast<int>(digits[d])));
      ++held[cell];
    }
    for (auto const count : held)
      if (count != std::size_t{1} << t) return false;
    return true;
  };
  auto const each = [&](auto const& self, std::size_t d, unsigned left) -> bool {
    if (d + 1 == dimensions.size()) {
      digits[d] = left;
      return counted();
    }
    for (unsigned k = 0; k <= left; ++k) {
      digits[d] = k;
      if (!self(self, d + 1, left - k)) return false;
    }
    return true;
  };
  return each(each, 0, m - t);
}

/// Squared error of the mean of prod (1 + (u - 1/2)), whose integral is 1.
double squared_error(std::vector<double> const& u, std::size_t width) {
  double sum = 0;
  std::size_t const points = u.size() / width;
  for (std::size_t i = 0; i < points; ++i) {
    double product = 1;
    for (std::size_t d = 0; d < width; ++d) product *= 0.5 + u[i * width + d];
    sum += product;
  }
  double const error = sum / static_cast<double>(points) - 1;
  return error * error;
}

}  // namespace

TEST_CASE("the first points are those of Joe and Kuo's program", "[campaign]") {
  sim::SobolSequence const sequence(10);
  auto const at = [&](std::uint32_t i, std::size_t d) { return sequence.digits(i, d) * 0x1p-32; };
  double const expected[][4] = {{0, 0, 0, 0}, {.5, .5, .5, .5}, {.75, .25, .25, .25}, {.25, .75, .75, .75}, {.375, .375, .625, .875}, {.875, .875, .125, .375}};
  for (std::uint32_t i = 0; i < 6; ++i)
    for (std::size_t d = 0; d < 4; ++d) CHECK(at(i, d) == expected[i][d]);
}

TEST_CASE("every dimension of the table is a sequence of its own: 2^m points hit each of 2^m intervals once", "[campaign]") {
  sim::SobolSequence const sequence(sim::sobol_dimensions_max);
  std::set<std::vector<std::uint32_t>> columns;
  for (std::size_t d = 0; d < sim::sobol_dimensions_max; ++d) {
    std::vector<std::uint32_t> column;
    std::set<std::uint32_t> hit;
    for (std::uint32_t i = 0; i < 4096; ++i) {
      column.push_back(sequence.digits(i, d));
      hit.insert(column.back() >> 20);
    }
    REQUIRE(hit.size() == 4096);
    columns.insert(column);
  }
  CHECK(columns.size() == sim::sobol_dimensions_max);
}

TEST_CASE("scrambled points keep every elementary interval as full as it was", "[campaign]") {
  for (std::uint64_t const seed : {1, 2, 3}) {
    auto const u = sim::sobol_design({seed, 1024, names(3)});
    CHECK(is_net(u, 3, {0, 1}, 10, 0));
    CHECK(is_net(u, 3, {0, 2}, 10, 1));
    CHECK(is_net(u, 3, {0, 1, 2}, 10, 1));
    for (double const x : u) CHECK((x > 0 && x < 1));
  }
}

TEST_CASE("the check of elementary intervals notices random points, a shift that is no digit's, and two exchanged values", "[campaign]") {
  auto u = sim::sobol_design({1, 1024, names(2)});
  auto shifted = u;
  for (std::size_t i = 0; i < shifted.size(); i += 2) shifted[i] = std::fmod(shifted[i] + 0.3, 1.0);
  CHECK_FALSE(is_net(shifted, 2, {0, 1}, 10, 0));
  auto random = u;
  auto stream = sim::design_stream(1, 2);
  for (double& x : random) x = stream.uniform();
  CHECK_FALSE(is_net(random, 2, {0, 1}, 10, 0));
  std::swap(u[0], u[200]);
  CHECK_FALSE(is_net(u, 2, {0, 1}, 10, 0));
}

TEST_CASE("a scrambled column depends on its name and the seed; another column changes nothing in it", "[campaign]") {
  auto const both = sim::sobol_design({7, 64, {"a", "b"}}), other = sim::sobol_design({7, 64, {"a", "c"}});
  auto const reseeded = sim::sobol_design({8, 64, {"a", "b"}}), later = sim::sobol_design({7, 32, {"a", "b"}}, 32);
  for (std::size_t i = 0; i < 64; ++i) CHECK(both[2 * i] == other[2 * i]);
  CHECK(both[1] != other[1]);
  CHECK(both[0] != reseeded[0]);
  CHECK(std::vector<double>(both.begin() + 64, both.end()) == later);
}

TEST_CASE("one scrambled point is uniform over seeds", "[campaign]") {
  // Mean and variance of 4000 uniforms; 6.1 standard errors are p = 1e-9.
  double sum = 0, squares = 0;
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    double const u = sim::sobol_design({seed, 1, {"a"}}, 5)[0];
    sum += u;
    squares += (u - 0.5) * (u - 0.5);
  }
  CHECK(std::fabs(sum / 4000 - 0.5) < 6.1 * std::sqrt(1.0 / 12 / 4000));
  CHECK(std::fabs(squares / 4000 - 1.0 / 12) < 6.1 * std::sqrt(1.0 / 180 / 4000));
}

TEST_CASE("nearby points fall apart as nested coins say, not together as under a shift", "[campaign]") {
  // Digits 000... and 001...: scrambled independently below the second digit.
  int together = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    sim::OwenScrambling const scramble(seed, "a");
    double const first = scramble(0x00000000), second = scramble(0x20000000);
    CHECK(std::floor(first * 4) == std::floor(second * 4));
    CHECK(std::floor(first * 8) != std::floor(second * 8));
    together += (static_cast<int>(first * 16) & 1) == (static_cast<int>(second * 16) & 1);
  }
  CHECK(std::abs(together - 500) < 6.1 * std::sqrt(250.0));  // a digital shift would give 1000 or 0
}

TEST_CASE("the error of a smooth mean is far below that of random points", "[campaign]") {
  double scrambled = 0, random = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    scrambled += squared_error(sim::sobol_design({seed, 1024, names(5)}), 5);
    auto stream = sim::design_stream(seed, 3);
    std::vector<double> u(5 * 1024);
    for (double& x : u) x = stream.uniform();
    random += squared_error(u, 5);
  }
  CHECK(scrambled < random / 1000);
}
