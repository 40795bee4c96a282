#include <catch2/catch.hpp>

#include <array>
#include <cmath>

#include "tests/analysis_discovery/planted_futures.hpp"

using namespace analysis;
using planted::futures;

namespace {

// Cases are the futures whose first `dimensions` factors are all below `edge`.
planted::Futures box(std::size_t rows, std::size_t dimensions, double edge, std::uint64_t seed) {
  return futures(rows, 20, seed, [=](double const* x) {
    for (std::size_t k = 0; k < dimensions; ++k)
      if (x[k] >= edge) return 0.0;
    return 1.0;
  });
}

FactorTable table_of(std::vector<double> const& values, std::size_t factors) { return {values, values.size() / factors, factors}; }

}  // namespace

TEST_CASE("a planted box in 2 to 8 of 20 factors is found again within one peel", "[discovery]") {
  std::size_t const dimensions = GENERATE(2, 3, 4, 8);
  double const edge = std::array{0.0, 0.0, 0.6, 0.7, 0.75, 0.0, 0.0, 0.0, 0.88}[dimensions];
  PrimOptions options;
  options.most_limits = dimensions;
  auto const f = box(2000, dimensions, edge, 7 + dimensions);
  auto const found = find_box(f.table, f.outcomes, options);
  REQUIRE(found);
  REQUIRE(found->box.size() == dimensions);
  for (std::size_t k = 0; k < dimensions; ++k) {
    CHECK(found->box[k].factor == k);
    auto const b = bounds_of(f.table.columns()[k], found->box[k]);
    CHECK(std::isnan(b.lo));
    CHECK(b.hi == Approx(edge).margin(options.alpha));
  }
  CHECK(found->tally.share() > 0.95);
}

TEST_CASE("the trajectory is nested, never gains mass and ends at the least mass", "[discovery]") {
  auto const f = futures(500, 6, 3, [](double const* x) { return x[0] < 0.5 && x[1] > 0.4 ? 0.8 : 0.2; });
  auto const search = prim(f.table, f.outcomes);
  REQUIRE(search.chosen);
  CHECK(search.trajectory.front().box.empty());
  CHECK(search.trajectory.front().tally == tally(f.outcomes));
  for (std::size_t i = 0; i < search.trajectory.size(); ++i) {
    auto const& [b, t] = search.trajectory[i];
    CHECK(tally(f.table, b, f.outcomes) == t);
    CHECK(t.n >= 25);
    if (i == 0) continue;
    CHECK(t.n < search.trajectory[i - 1].tally.n);
    for (std::size_t row = 0; row < 500; ++row)
      if (contains(f.table, b, row)) CHECK(contains(f.table, search.trajectory[i - 1].box, row));
  }
}

TEST_CASE("quasi-p-values are binomial tails", "[discovery]") {
  CHECK(quasi_p({10, 10}, {20, 10}) == Approx(std::pow(0.5, 10)));
  CHECK(quasi_p({3, 2}, {10, 5}) == Approx(0.5));  // of 3 coins at least 2 heads
  CHECK(quasi_p({5, 0}, {10, 5}) == 1);
  CHECK(quasi_p({5, 5}, {10, 10}) == 1);
}

TEST_CASE("separation is 0 for a box that is no denser than all, and the likelihood ratio of a fourfold table otherwise", "[discovery]") {
  CHECK(separation({10, 5}, {20, 10}) == 0);
  CHECK(separation({10, 2}, {20, 10}) == 0);
  CHECK(separation({20, 10}, {20, 10}) == 0);
  CHECK(separation({10, 10}, {20, 10}) == Approx(40 * std::log(2.0)));
}

TEST_CASE("discrete factors are peeled value by value and limited by a value that lies inside", "[discovery]") {
  std::vector<double> values;
  Outcomes outcomes;
  for (int i = 0; i < 400; ++i) {
    double const level = i % 4;
    values.insert(values.end(), {level, static_cast<double>(i * 37 % 400)});
    outcomes.push_back(level >= 2 ? Outcome::a_case : Outcome::other);
  }
  auto const table = table_of(values, 2);
  auto const found = find_box(table, outcomes);
  REQUIRE(found);
  REQUIRE(found->box.size() == 1);
  CHECK(found->box[0].factor == 0);
  CHECK(bounds_of(table.columns()[0], found->box[0]).lo == 2);
  CHECK((found->tally == Tally{200, 200}));
}

TEST_CASE("tied values are taken together, and a constant factor is never limited", "[discovery]") {
  std::vector<double> values;
  Outcomes outcomes;
  for (int i = 0; i < 300; ++i) {
    double const x = i < 120 ? 0.5 : 1 + i;  // many futures share one value
    values.insert(values.end(), {x, 3.0});
    outcomes.push_back(i < 120 ? Outcome::other : Outcome::a_case);
  }
  auto const table = table_of(values, 2);
  auto const search = prim(table, outcomes);
  REQUIRE(search.trajectory.size() > 1);
  CHECK(search.trajectory[1].tally.n == 180);
  for (auto const& step : search.trajectory)
    for (auto const& limit : step.box) CHECK(limit.factor == 0);
}

TEST_CASE("rows that are left out are as good as absent", "[discovery]") {
  auto const f = box(600, 2, 0.6, 11);
  std::vector<double> values;
  Outcomes some = f.outcomes, outcomes;
  for (std::size_t row = 0; row < 600; ++row) {
    if (row >= 400) some[row] = Outcome::left_out;
    if (row >= 400) continue;
    for (auto const& column : f.table.columns()) values.push_back(column.distinct[column.code[row]]);
    outcomes.push_back(f.outcomes[row]);
  }
  auto const absent = table_of(values, 20);
  auto const a = find_box(f.table, some), b = find_box(absent, outcomes);
  REQUIRE((a && b));
  CHECK(a->tally == b->tally);
  CHECK(a->separation == b->separation);
  REQUIRE(a->box.size() == b->box.size());
  for (std::size_t i = 0; i < a->box.size(); ++i) CHECK(a->box[i].factor == b->box[i].factor);
}

TEST_CASE("every future twice gives the same limits", "[discovery]") {
  auto const once = box(300, 2, 0.6, 5);
  std::vector<double> values;
  Outcomes outcomes;
  for (int copy = 0; copy < 2; ++copy) {
    for (std::size_t row = 0; row < 300; ++row) {
      for (auto const& column : once.table.columns()) values.push_back(column.distinct[column.code[row]]);
      outcomes.push_back(once.outcomes[row]);
    }
  }
  FactorTable const twice(values, 600, 20);
  auto const a = find_box(once.table, once.outcomes), b = find_box(twice, outcomes);
  REQUIRE((a && b));
  REQUIRE(a->box.size() == b->box.size());
  for (std::size_t i = 0; i < a->box.size(); ++i) {
    CHECK(a->box[i].factor == b->box[i].factor);
    CHECK(bounds_of(twice.columns()[i], b->box[i]).hi == Approx(bounds_of(once.table.columns()[i], a->box[i]).hi).margin(0.05));
  }
}

TEST_CASE("a whole discovery finds two boxes one after the other, tests them and says how often they come back", "[discovery]") {
  auto const f = futures(1500, 8, 21, [](double const* x) { return (x[0] < 0.35 && x[1] < 0.5) || (x[2] > 0.75 && x[3] > 0.4) ? 0.95 : 0.05; });
  auto const d = discover(f.table, f.outcomes);
  REQUIRE(d.boxes.size() == 2);
  for (auto const& b : d.boxes) {
    CHECK(b.chance <= 0.02);
    CHECK(b.tally.share() > 0.7);
    CHECK(b.held_out.inside.share() > 0.6);
    CHECK(b.stability.any_box == 1);
    for (double const p : b.quasi_p) CHECK(p < 1.0 / 16);
    for (auto const& l : b.box) CHECK(l.factor < 4);
  }
  auto const again = discover(f.table, f.outcomes);
  CHECK(again.boxes[0].box == d.boxes[0].box);
  CHECK(again.boxes[1].box == d.boxes[1].box);
  CHECK(again.boxes[0].held_out.inside == d.boxes[0].held_out.inside);
  CHECK(again.boxes[0].chance == d.boxes[0].chance);
}
