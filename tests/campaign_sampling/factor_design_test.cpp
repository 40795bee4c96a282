#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "sim/campaign/factors.hpp"
#include "sim/campaign/sampling/correlation.hpp"
#include "sim/campaign/sampling/latin_hypercube.hpp"
#include "sim/campaign/sampling/sampling_error.hpp"
#include "sim/campaign/sampling/sobol.hpp"
#include "sim/campaign/sampling/unit_design.hpp"
#include "sim/rng/distribution.hpp"
#include "sim/rng/stream.hpp"
#include "sim/rng/stream_id.hpp"

namespace {

using sim::Family;
using sim::ParameterInfo;
using sim::Sampling;
using sim::SamplingType;

ParameterInfo parameter(std::string name, sim::Distribution prior, double low = -100, double high = 100) {
  return {.name = std::move(name), .unit = "1", .minimum = low, .maximum = high, .prior = prior};
}

std::vector<ParameterInfo> factors() {
  sim::Distribution dice{Family::discrete};
  dice.atoms = {{1, 3, 7}, {1, 2, 1}, 3};
  return {parameter("a", {Family::uniform, 0, 1}), parameter("fixed", {Family::constant, 5}), parameter("b", {Family::normal, 0, 1}), parameter("dice", dice)};
}

Sampling sampling(SamplingType type, std::vector<std::string> varied = {"a", "b", "dice"}) {
  Sampling s;
  s.type = type;
  s.factors = std::move(varied);
  return s;
}

sim::FactorDesign design(Sampling const& s, std::uint32_t futures = 64, std::uint64_t seed = 4) {
  static auto const all = factors();
  return sim::factor_design({seed, futures, all, s});
}

}  // namespace

TEST_CASE("a random design has the bits of the streams named after the factors", "[campaign]") {
  auto const d = design(sampling(SamplingType::random), 10);
  auto const all = factors();
  REQUIRE(d.values.size() == 40);
  for (std::uint32_t future = 0; future < 10; ++future)
    for (std::size_t i = 0; i < 4; ++i) {
      sim::RngStream stream({.seed = 4, .future = future, .replication = 0xffffffff}, sim::stream_id("factor/" + all[i].name), 0, 0);
      CHECK(d.values[future * 4 + i] == stream.draw(all[i].prior));
    }
  CHECK(d.values == sim::draw_factors(4, 10, all));
}

TEST_CASE("factors that do not vary stay at their medians", "[campaign]") {
  for (auto const type : {SamplingType::random, SamplingType::sobol, SamplingType::latin_hypercube}) {
    auto const d = design(sampling(type, {"a"}));
    for (std::size_t i = 0; i < 64; ++i) {
      CHECK(d.values[4 * i + 1] == 5);
      CHECK(d.values[4 * i + 2] == 0);
      CHECK(d.values[4 * i + 3] == 3);
    }
  }
}

TEST_CASE("conditions hold in every future; those that met them at once keep their bits", "[campaign]") {
  auto const free = design(sampling(SamplingType::random), 200);
  auto s = sampling(SamplingType::random);
  s.where = {"b < 2 * a", "dice != 3"};
  auto const bound = design(s, 200);
  int kept = 0;
  for (std::size_t i = 0; i < 200; ++i) {
    auto const *f = &free.values[4 * i], *v = &bound.values[4 * i];
    CHECK((v[2] < 2 * v[0] && v[3] != 3));
    if (f[2] < 2 * f[0] && f[3] != 3) {
      CHECK(std::equal(f, f + 4, v));
      ++kept;
    }
  }
  CHECK((kept > 20 && kept < 180));
  auto const fewer = design(s, 100);
  CHECK(std::equal(fewer.values.begin(), fewer.values.end(), bound.values.begin()));
  s.type = SamplingType::sobol;
  auto const sobol = design(s, 200);
  CHECK(sobol.futures == 200);
  for (std::size_t i = 0; i < 200; ++i) CHECK((sobol.values[4 * i + 2] < 2 * sobol.values[4 * i] && sobol.values[4 * i + 3] != 3));
}

TEST_CASE("a large design made part by part is the whole one", "[campaign]") {
  auto const all = factors();
  auto const same = [&](sim::FactorDesign const& made, std::vector<double> const& u, std::size_t points) {
    REQUIRE(made.futures == points);
    REQUIRE(u.size() == 3 * points);
    for (std::size_t i = 0; i < points; ++i)
      for (std::size_t d = 0; d < 3; ++d) REQUIRE(made.values[4 * i + std::array{0, 2, 3}[d]] == sim::factor_value(all[std::array{0u, 2u, 3u}[d]], u[3 * i + d]));
  };
  std::vector<std::string> const names{"a", "b", "dice"};
  same(design(sampling(SamplingType::sobol), 9000), sim::sobol_design({4, 9000, names}), 9000);
  auto s = sampling(SamplingType::morris);
  s.trajectories = 2500;
  auto const morris = sim::morris_design({4, 2500, names}, 4);
  same(design(s), morris.u, 10000);
  CHECK(design(s).info.moved == morris.moved);
  CHECK(design(s).info.direction == morris.direction);
  s = sampling(SamplingType::saltelli);
  s.base = 1500;
  same(design(s), sim::saltelli_design({4, 1500, names}, false).u, 7500);
  s = sampling(SamplingType::full_factorial);
  s.levels = 50;
  same(design(s), sim::full_factorial(sim::factorial_levels(all, s)).u, 7500);
  for (auto const pairing : {sim::Pairing::random, sim::Pairing::maximin, sim::Pairing::nearly_orthogonal}) {
    s = sampling(SamplingType::latin_hypercube);
    s.pairing = pairing;
    same(design(s, 100), sim::latin_hypercube({4, 100, names}, pairing), 100);
  }
  s.pairing = sim::Pairing::random;
  s.correlations = {{"dice", "a", 0.5}};
  auto u = sim::latin_hypercube({4, 100, names}, s.pairing);
  sim::CorrelatedColumns(names, s.correlations).repair(u, {4, 100, names});
  same(design(s, 100), u, 100);
}

TEST_CASE("conditions that nothing meets are an error that says the share, soon", "[campaign]") {
  for (auto const type : {SamplingType::random, SamplingType::sobol}) {
    auto s = sampling(type);
    s.where = {"a > 1"};
    CHECK_THROWS_WITH(design(s, 1'000'000), Catch::Contains("0 of 10000 tried do"));
  }
  auto s = sampling(SamplingType::full_factorial);
  s.where = {"a > 1"};
  CHECK_THROWS_WITH(design(s), Catch::Contains("no future meets the conditions"));
}

TEST_CASE("a full factorial takes quantiles, and each value of a discrete prior; conditions drop rows", "[campaign]") {
  auto s = sampling(SamplingType::full_factorial, {"a", "dice"});
  s.levels = 4;
  auto const d = design(s);
  REQUIRE(d.futures == 12);
  std::set<double> a, dice;
  for (std::size_t i = 0; i < 12; ++i) a.insert(d.values[4 * i]), dice.insert(d.values[4 * i + 3]);
  CHECK(a == std::set<double>{0.125, 0.375, 0.625, 0.875});
  CHECK(dice == std::set<double>{1, 3, 7});
  s.where = {"a < 0.5 or dice == 7"};
  CHECK(design(s).futures == 8);
}

TEST_CASE("what an analysis must know of the design comes with it", "[campaign]") {
  auto s = sampling(SamplingType::saltelli, {"b", "a"});
  s.base = 8;
  auto const saltelli = design(s);
  CHECK((saltelli.futures == 32 && saltelli.info.type == "saltelli" && saltelli.info.base == 8 && !saltelli.info.second_order));
  CHECK(saltelli.info.factors == std::vector<std::string>{"b", "a"});
  s = sampling(SamplingType::morris);
  auto const morris = design(s);
  CHECK((morris.futures == 40 && morris.info.trajectories == 10 && morris.info.levels == 4 && morris.info.moved.size() == 40));
  s = sampling(SamplingType::fractional_factorial);
  s.generators = {"dice = a*b"};
  auto const fraction = design(s);
  CHECK((fraction.futures == 4 && fraction.info.resolution == 3 && fraction.info.generators == s.generators));
  s = sampling(SamplingType::random);
  CHECK((design(s).info.where.empty() && design(s).info.correlations.empty()));
  s.where = {"b < 2 * a"};
  s.correlations = {{"a", "b", -0.25}};
  CHECK(design(s).info.where == s.where);
  CHECK(design(s).info.correlations == std::vector<std::string>{"a and b -0.25"});
  s = sampling(SamplingType::table, {"b"});
  s.rows = {0.5, -0.25};
  auto const table = design(s);
  CHECK(table.values == std::vector<double>{0.5, 5, 0.5, 3, 0.5, 5, -0.25, 3});
}

TEST_CASE("a discrete prior is drawn in proportion to its weights, rising in u", "[campaign]") {
  auto const dice = factors()[3].prior;
  sim::check(dice);
  CHECK(sim::to_string(dice) == "discrete(1 weight 1, 3 weight 2, 7 weight 1)");
  CHECK(sim::quantile(dice, 1e-9) == 1);
  CHECK(sim::quantile(dice, 0.25) == 1);
  CHECK(sim::quantile(dice, 0.2500001) == 3);
  CHECK(sim::quantile(dice, 0.7500001) == 7);
  CHECK(sim::quantile(dice, 1 - 1e-16) == 7);
  auto const d = design(sampling(SamplingType::random), 10000);
  int threes = 0;
  for (std::size_t i = 0; i < 10000; ++i) threes += d.values[4 * i + 3] == 3;
  CHECK(std::abs(threes - 5000) < 6.1 * 50);
  for (sim::Atoms const& wrong : std::vector<sim::Atoms>{{{}, {}, 0}, {{1, 1}, {1, 1}, 2}, {{2, 1}, {1, 1}, 2}, {{1, 2}, {1, 0}, 2}, {{1, 2}, {1, NAN}, 2}, {{1, 2}, {1e308, 1e308}, 2}, {{}, {}, 9}}) {
    auto bad = dice;
    bad.atoms = wrong;
    CHECK_THROWS_AS(sim::check(bad), sim::Error);
  }
}
