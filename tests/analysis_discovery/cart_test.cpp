#include <catch2/catch.hpp>

#include <algorithm>

#include "analysis/discovery/tree_growth.hpp"
#include "tests/analysis_discovery/planted_futures.hpp"

using namespace analysis;
using planted::futures;

TEST_CASE("one factor but not both: the tree finds what no single limit tells", "[discovery]") {
  auto const f = futures(800, 3, 4, [](double const* x) { return (x[0] < 0.5) != (x[1] < 0.5) ? 0.95 : 0.05; });
  CHECK(prim(f.table, f.outcomes).trajectory[1].tally.share() < tally(f.outcomes).share() + 0.03);  // PRIM's first peel sees nothing
  auto const tree = cart(f.table, f.outcomes);
  REQUIRE(tree.leaves.size() >= 4);
  Tally pure;
  for (auto const& leaf : tree.leaves) {
    double const share = leaf.tally.share();
    if (share > 0.8 || share < 0.2) pure.n += leaf.tally.n;
  }
  CHECK(pure.n > 700);
  CHECK(tree.importance[0] + tree.importance[1] > 0.95);
}

TEST_CASE("leaves hold every future once, and their limits say which", "[discovery]") {
  auto const f = futures(600, 6, 8, [](double const* x) { return x[0] < 0.3 ? 0.9 : x[1] > 0.6 ? 0.6 : 0.1; });
  auto const tree = cart(f.table, f.outcomes);
  REQUIRE(tree.leaves.size() >= 3);
  Tally all;
  for (auto const& leaf : tree.leaves) {
    CHECK(tally(f.table, leaf.box, f.outcomes) == leaf.tally);
    CHECK(leaf.tally.n >= 30);
    all.n += leaf.tally.n;
    all.cases += leaf.tally.cases;
  }
  CHECK(all == tally(f.outcomes));
  for (std::size_t i = 1; i < tree.leaves.size(); ++i) CHECK(tree.leaves[i - 1].tally.share() >= tree.leaves[i].tally.share());
  double sum = 0;
  for (double const x : tree.importance) sum += x;
  CHECK(sum == Approx(1));
  CHECK(tree.importance[0] > tree.importance[1]);
}

TEST_CASE("prunings are nested: the higher the complexity the fewer leaves, down to the root", "[discovery]") {
  auto const f = futures(300, 4, 12, [](double const* x) { return x[0] < 0.5 ? 0.7 : 0.3; });
  auto const tree = grow(f.table, f.outcomes, 5);
  std::size_t before = tree.size();
  for (double const at : complexities(tree)) {
    std::vector<bool> used(tree.size());
    for (std::size_t row = 0; row < 300; ++row) used[leaf_of(tree, f.table, row, at)] = true;
    auto const leaves = static_cast<std::size_t>(std::count(used.begin(), used.end(), true));
    CHECK(leaves < before);
    before = leaves;
  }
  CHECK(before == 1);
}

TEST_CASE("a tree of equal values, of one future or of none has a single leaf", "[discovery]") {
  for (std::size_t const rows : {0, 1, 100}) {
    FactorTable const table(std::vector<double>(rows, 2.0), rows, 1);
    Outcomes outcomes(rows, Outcome::other);
    if (rows > 0) outcomes[0] = Outcome::a_case;
    auto const tree = cart(table, outcomes);
    REQUIRE(tree.leaves.size() == 1);
    CHECK(tree.leaves[0].box.empty());
    CHECK(tree.importance[0] == 0);
  }
}
