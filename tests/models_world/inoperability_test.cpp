// Input-output coupling against published vectors and the United States table of 2021.
#include <catch2/catch.hpp>

#include <cmath>
#include <map>

#include "models/world/data/table.hpp"
#include "models/world/infrastructure/inoperability.hpp"

using namespace world;

namespace {

using Levels = Inoperability::Levels;

constexpr double tolerance = 1e-6;

struct UnitedStates {
  std::vector<std::string> sectors;
  std::vector<double> a, output;
};

UnitedStates read_table() {
  Table const table("io_coefficients_15.tsv");
  UnitedStates us;
  for (std::size_t i = 0; i < table.size(); ++i) {
    us.sectors.push_back(table.text(i, "supplier"));
    us.output.push_back(table.number(i, "output_musd"));
  }
  for (std::size_t i = 0; i < table.size(); ++i)
    for (std::string const& user : us.sectors) us.a.push_back(table.number(i, user));
  return us;
}

double spectral_radius(std::vector<double> const& m, std::size_t n) {
  std::vector<double> v(n, 1), next(n);
  double radius = 0;
  for (int i = 0; i < 500; ++i) {
    double norm = 0;
    for (std::size_t r = 0; r < n; ++r) {
      next[r] = 0;
      for (std::size_t c = 0; c < n; ++c) next[r] += m[r * n + c] * v[c];
      norm = std::max(norm, std::fabs(next[r]));
    }
    for (std::size_t r = 0; r < n; ++r) v[r] = next[r] / norm;
    radius = norm;
  }
  return radius;
}

Levels advance_in(Inoperability const& model, Levels q, Levels const& c, double days, int pieces, Levels& integral) {
  for (int i = 0; i < pieces; ++i) q = model.advance(q, c, days / pieces, integral);
  return q;
}

}  // namespace

TEST_CASE("lasting shocks settle at the vectors of Haimes and Jiang and of Lian and Haimes", "[world][economy]") {
  Inoperability const two({0, .8, .2, 0}, {.1, .1});
  auto const q = two.equilibrium({0, .6});
  CHECK(q[0] == Approx(4. / 7).margin(tolerance));
  CHECK(q[1] == Approx(5. / 7).margin(tolerance));
  Inoperability const four({0, .9, 0, 0, .4, 0, 0, 0, 1, .8, 0, 0, 1, .9, 0, 0}, {.1, .1, .1, .1});
  auto const r = four.equilibrium({0, .5});
  double const expected[] = {.703125, .78125, 1, 1};
  for (std::size_t i = 0; i < 4; ++i) CHECK(std::min(1.0, r[i]) == Approx(expected[i]).margin(tolerance));
  Inoperability const lian({.15, .5, .1, .05}, {.2, .2});
  auto const s = lian.equilibrium({0, .1});
  CHECK(s[0] == Approx(.0660066).margin(5e-8));
  CHECK(s[1] == Approx(.1122112).margin(5e-8));
}

TEST_CASE("inoperability after ten days is that of the exact solution", "[world][economy]") {
  Inoperability const lian({.15, .5, .1, .05}, {.2, .2});
  for (int const pieces : {1, 2, 160}) {  // all whole sixteenths of a day
    Levels integral{};
    auto const q = advance_in(lian, {}, {0, .1}, 10, pieces, integral);
    CHECK(q[0] == Approx(.033596).margin(tolerance));
    CHECK(q[1] == Approx(.091342).margin(tolerance));
  }
}

TEST_CASE("the integral of inoperability is that of the path", "[world][economy]") {
  Inoperability const lian({.15, .5, .1, .05}, {.2, .2});
  Levels const c{.02, .1}, start{.3, .05};
  Levels exact{}, ignored{};
  (void)lian.advance(start, c, 12, exact);
  // Simpson's rule on the path itself.
  double sum[2] = {0, 0};
  int const parts = 192;
  for (int i = 0; i <= parts; ++i) {
    auto const q = lian.advance(start, c, 12. * i / parts, ignored);
    double const weight = i == 0 || i == parts ? 1 : i % 2 == 1 ? 4 : 2;
    for (std::size_t k = 0; k < 2; ++k) sum[k] += weight * q[k] * 12 / parts / 3;
  }
  for (std::size_t k = 0; k < 2; ++k) CHECK(exact[k] == Approx(sum[k]).margin(1e-8));
}

TEST_CASE("inoperability ends at its equilibrium and without a shock at nothing", "[world][economy]") {
  Inoperability const model({.15, .5, .1, .05}, {.2, 1. / 3});
  Levels integral{};
  Levels const c{.1, .2};
  auto const late = model.advance({.9, .9}, c, 2000, integral), rest = model.equilibrium(c);
  auto const over = model.advance({.9, .9}, {}, 2000, integral);
  for (std::size_t k = 0; k < 2; ++k) {
    CHECK(late[k] == Approx(rest[k]).margin(1e-12));
    CHECK(over[k] == Approx(0).margin(1e-12));
  }
}

TEST_CASE("the United States table of 2021 gives the published shares of two shocks", "[world][economy]") {
  auto const us = read_table();
  REQUIRE(us.sectors.size() == 15);
  auto const a = interdependence(us.a, us.output);
  CHECK(spectral_radius(a, 15) == Approx(.513072).margin(tolerance));
  std::map<std::string, std::size_t> at;
  for (std::size_t i = 0; i < 15; ++i) at[us.sectors[i]] = i;
  Inoperability const model(a, std::vector<double>(15, .1));
  auto const after = [&](char const* hit, char const* sector) {
    Levels c{};
    c[at.at(hit)] = .1;
    return model.equilibrium(c)[at.at(sector)];
  };
  CHECK(after("utilities", "utilities") == Approx(.10638).margin(5e-6));
  CHECK(after("utilities", "mining") == Approx(.01275).margin(5e-6));
  CHECK(after("utilities", "manufacturing") == Approx(.00215).margin(5e-6));
  CHECK(after("telecom", "telecom") == Approx(.11672).margin(5e-6));
  CHECK(after("telecom", "professional") == Approx(.00955).margin(5e-6));
}

TEST_CASE("interdependence weighs by the sizes of user and supplier, not the other way round", "[world][economy]") {
  auto const a = interdependence({.1, .2, .3, .4}, {1, 10});
  CHECK(a[1] == Approx(2));  // supplier 0 sells .2 x 10 to user 1, which is twice its own output
  CHECK(a[2] == Approx(.03));
  CHECK(a[0] == .1);
}
