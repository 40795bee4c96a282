#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "analysis/robustness/robustness.hpp"
#include "sim/rng/stream.hpp"

using namespace analysis;

namespace {

// Three treatments in four futures; high is bad.
Outcomes2d const hand{3, 4, {1, 2, 3, 10,   // A: best on average but for one bad future
                             4, 4, 4, 4,    // B: never bad
                             2, 5, 5, 6}};  // C: in between

RobustOptions options_of(Worse worse, double threshold) { return {worse, threshold, 5, 200}; }

Outcomes2d random_table(std::size_t treatments, std::size_t futures, std::uint64_t seed) {
  sim::RngStream rng({seed}, 9, 0, 0);
  Outcomes2d o{treatments, futures, {}};
  std::vector<double> common(futures);
  for (double& x : common) x = rng.normal(10, 2);
  for (std::size_t t = 0; t < treatments; ++t)
    for (std::size_t f = 0; f < futures; ++f) o.values.push_back(common[f] + rng.normal(0.3 * static_cast<double>(t), 1));
  return o;
}

Outcomes2d changed(Outcomes2d o, double factor, double shift) {
  for (double& x : o.values) x = factor * x + shift;
  return o;
}

std::size_t chosen(std::vector<Choice> const& all, Criterion criterion) {
  for (auto const& c : all)
    if (c.criterion == criterion) return c.treatment;
  throw 0;
}

}  // namespace

TEST_CASE("a table computed by hand has its regrets, extremes and shares", "[robustness]") {
  auto const r = robustness(hand, options_of(Worse::higher, 4));
  CHECK(r[0].mean.mean == 4);
  CHECK(r[0].worst == 10);
  CHECK(r[0].best == 1);
  CHECK(r[0].max_regret == 6);   // 0 0 0 6
  CHECK(r[1].max_regret == 3);   // 3 2 1 0
  CHECK(r[2].max_regret == 3);   // 1 3 2 2
  CHECK(r[0].mean_regret.mean == 1.5);
  CHECK(r[1].mean_regret.mean == 1.5);
  CHECK(r[2].mean_regret.mean == 2);
  CHECK(r[1].p90_regret == Approx(2.7));
  CHECK(r[0].satisficing.mean == 0.75);
  CHECK(r[1].satisficing.mean == 1);
  CHECK(r[2].satisficing.mean == 0.25);
  CHECK((r[1].satisficing.lo < 1 && r[1].satisficing.hi == 1));
  CHECK(r[1].sd == 0);
  CHECK((r[1].mean.lo == 4 && r[1].mean.hi == 4));
  CHECK(r[0].cvar95 == 10);
}

TEST_CASE("each criterion chooses what it should from the table", "[robustness]") {
  auto const c = choices(hand, options_of(Worse::higher, 4));
  CHECK(c.size() == criterion_count);
  CHECK(chosen(c, Criterion::maximin) == 1);
  CHECK(chosen(c, Criterion::cvar95) == 1);
  CHECK(chosen(c, Criterion::minimax_regret) == 1);
  CHECK(chosen(c, Criterion::satisficing) == 1);
  CHECK(chosen(c, Criterion::hurwicz) == 1);      // 4 against 5.5 and 4
  CHECK(chosen(c, Criterion::mean_deviation) == 1);
  CHECK(chosen(c, Criterion::mean) == 0);         // 4 and 4: of equals the first, the other is tied
  for (auto const& choice : c)
    if (choice.criterion == Criterion::mean) CHECK(std::count(choice.tied_with.begin(), choice.tied_with.end(), 1) == 1);
}

TEST_CASE("where low is bad the mirrored table gives the same choices and regrets", "[robustness]") {
  auto const table = random_table(4, 60, 1);
  auto const up = robustness(table, options_of(Worse::higher, 10)), down = robustness(changed(table, -1, 0), options_of(Worse::lower, -10));
  for (std::size_t t = 0; t < 4; ++t) {
    CHECK(down[t].worst == -up[t].worst);
    CHECK(down[t].max_regret == up[t].max_regret);
    CHECK(down[t].satisficing.mean == up[t].satisficing.mean);
    CHECK(down[t].cvar95 == Approx(-up[t].cvar95));
    CHECK(down[t].p95_bad == Approx(-up[t].p95_bad));
  }
  auto const a = choices(table, options_of(Worse::higher, 10)), b = choices(changed(table, -1, 0), options_of(Worse::lower, -10));
  for (std::size_t i = 0; i < a.size(); ++i) {
    CHECK(a[i].treatment == b[i].treatment);
    CHECK(a[i].tied_with == b[i].tied_with);
  }
}

TEST_CASE("another unit or origin changes no choice", "[robustness]") {
  auto const table = random_table(5, 80, 2);
  auto const a = choices(table, options_of(Worse::higher, 10)), b = choices(changed(table, 4, 32), options_of(Worse::higher, 72));
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i].treatment == b[i].treatment);
}

TEST_CASE("the order of treatments and of futures changes no number", "[robustness]") {
  auto const table = random_table(3, 50, 3);
  Outcomes2d turned{3, 50, {}};
  for (std::size_t t = 3; t-- > 0;)
    for (std::size_t f = 50; f-- > 0;) turned.values.push_back(table.row(t)[f]);
  auto const a = robustness(table, options_of(Worse::higher, 10)), b = robustness(turned, options_of(Worse::higher, 10));
  for (std::size_t t = 0; t < 3; ++t) {
    CHECK(a[t].mean.mean == Approx(b[2 - t].mean.mean));
    CHECK(a[t].max_regret == b[2 - t].max_regret);
    CHECK(a[t].worst == b[2 - t].worst);
    CHECK(a[t].satisficing.mean == b[2 - t].satisficing.mean);
  }
}

TEST_CASE("a dominated treatment changes no choice, regrets included, because it is best in no future", "[robustness]") {
  auto table = random_table(4, 70, 4);
  auto const before = choices(table, options_of(Worse::higher, 10));
  for (std::size_t f = 0; f < 70; ++f) table.values.push_back(table.row(1)[f] + 5);
  table.treatments = 5;
  auto const after = choices(table, options_of(Worse::higher, 10));
  for (std::size_t i = 0; i < before.size(); ++i) {
    CHECK(after[i].treatment == before[i].treatment);
    CHECK(after[i].value == before[i].value);
  }
}

TEST_CASE("a treatment that is excellent in one future can change the choice by regret and no other one", "[robustness]") {
  Outcomes2d const two{2, 3, {5, 5, 2, 4, 4, 6}};
  Outcomes2d const three{3, 3, {5, 5, 2, 4, 4, 6, 9, 0, 9}};
  CHECK(chosen(choices(two, options_of(Worse::higher, 5)), Criterion::minimax_regret) == 0);    // 1 against 4
  CHECK(chosen(choices(three, options_of(Worse::higher, 5)), Criterion::minimax_regret) == 1);  // 5 against 4 and 7
  CHECK(chosen(choices(three, options_of(Worse::higher, 5)), Criterion::mean) == chosen(choices(two, options_of(Worse::higher, 5)), Criterion::mean));
}

TEST_CASE("equal treatments are tied, clearly different ones are not", "[robustness]") {
  auto table = random_table(1, 200, 6);
  for (std::size_t f = 0; f < 200; ++f) table.values.push_back(table.row(0)[f]);
  for (std::size_t f = 0; f < 200; ++f) table.values.push_back(table.row(0)[f] + 3);
  table.treatments = 3;
  for (auto const& c : choices(table, options_of(Worse::higher, 10))) {
    CHECK(c.treatment == 0);
    CHECK(c.tied_with == std::vector<std::size_t>{1});
  }
}

TEST_CASE("ties of means agree with the paired t interval", "[robustness]") {
  int same = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    auto const table = random_table(2, 60, 100 + seed);
    std::vector<double> differences;
    for (std::size_t f = 0; f < 60; ++f) differences.push_back(table.row(1)[f] - table.row(0)[f]);
    auto const e = mean_interval(differences);
    bool const tied = !choices(table, options_of(Worse::higher, 10))[0].tied_with.empty();
    same += tied == (e.lo <= 0 && e.hi >= 0);
  }
  CHECK(same >= 90);
}

TEST_CASE("no future, one future and one treatment are defined", "[robustness]") {
  auto const none = robustness({2, 0, {}}, options_of(Worse::higher, 1));
  CHECK(std::isnan(none[0].mean.mean));
  CHECK(choices({2, 0, {}}, options_of(Worse::higher, 1)).empty());
  CHECK(choices({1, 3, {1, 2, 3}}, options_of(Worse::higher, 1)).empty());
  auto const one = robustness({2, 1, {3, 4}}, options_of(Worse::higher, 3));
  CHECK(one[1].max_regret == 1);
  CHECK(std::isnan(one[0].mean.lo));
  for (auto const& c : choices({2, 1, {3, 4}}, options_of(Worse::higher, 3))) CHECK(c.tied_with == std::vector<std::size_t>{1});  // one future tells nothing apart
  auto const open = robustness(hand, options_of(Worse::higher, std::nan("")));
  CHECK(std::isnan(open[0].satisficing.mean));
  CHECK(choices(hand, options_of(Worse::higher, std::nan(""))).size() == criterion_count - 1);
}
