#include <catch2/catch.hpp>

#include "tests/analysis_discovery/planted_futures.hpp"

using namespace analysis;
using planted::futures;

TEST_CASE("noise gives no box in at least 95 of 100 trials, and no tree", "[discovery]") {
  double const share = GENERATE(0.15, 0.5, 0.85);
  std::size_t const factors = GENERATE(3, 40);
  int boxes = 0, trees = 0;
  int const trials = 100;
  DiscoverOptions options;
  options.doubt.resamples = options.doubt.folds = 2;  // what follows a find does not matter here
  for (int t = 0; t < trials; ++t) {
    auto const f = futures(120, factors, 1000 + static_cast<std::uint64_t>(t), [=](double const*) { return share; });
    auto const d = discover(f.table, f.outcomes, options);
    boxes += !d.boxes.empty();
    trees += d.tree.leaves.size() > 1;
  }
  INFO("share " << share << ", factors " << factors << ", boxes " << boxes << ", trees " << trees);
  CHECK(boxes <= 5);
  CHECK(trees <= 5);
}

TEST_CASE("a search without a test against chance would tell stories", "[discovery]") {
  auto const f = futures(120, 40, 1, [](double const*) { return 0.5; });
  auto const trajectory = prim(f.table, f.outcomes).trajectory;
  CHECK(trajectory.back().tally.share() > 0.75);  // the peeling itself always finds something
  CHECK(discover(f.table, f.outcomes).boxes.empty());
}

TEST_CASE("no case, only cases, too few futures and no factor each have their own answer", "[discovery]") {
  auto const of = [](std::size_t rows, double share) {
    auto const f = futures(rows, 4, 2, [=](double const*) { return share; });
    return discover(f.table, f.outcomes).hindrance;
  };
  CHECK(of(200, 0) == Hindrance::no_case);
  CHECK(of(200, 1) == Hindrance::all_cases);
  CHECK(of(49, 0.5) == Hindrance::too_few);
  CHECK(of(200, 0.02) == Hindrance::too_few);
  CHECK(of(200, 0.5) == Hindrance::none);
  CHECK(of(0, 0.5) == Hindrance::too_few);
  FactorTable const constant(std::vector<double>(100, 1.0), 100, 1);
  Outcomes half(100, Outcome::other);
  std::fill_n(half.begin(), 50, Outcome::a_case);
  CHECK(discover(constant, half).hindrance == Hindrance::no_factor);
}

TEST_CASE("beyond the most that are searched, boxes are counted on all futures", "[discovery]") {
  auto const f = futures(1200, 5, 9, [](double const* x) { return x[0] < 0.4 ? 0.9 : 0.1; });
  DiscoverOptions options;
  options.most_searched = 400;
  auto const d = discover(f.table, f.outcomes, options);
  REQUIRE(d.boxes.size() >= 1);
  CHECK(d.searched == 400);
  CHECK(d.boxes[0].tally.n > 400);
  CHECK(d.boxes[0].tally == tally(f.table, d.boxes[0].box, f.outcomes));
}
