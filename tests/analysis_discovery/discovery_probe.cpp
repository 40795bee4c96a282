// Prints what the oracle checks: reads rows, factors and a table (factors, then case 0, 1 or left out -1) from standard input.
#include <cstdio>
#include <iostream>

#include "analysis/discovery/discover.hpp"
#include "analysis/discovery/tree_growth.hpp"

using namespace analysis;

int main() {
  std::size_t rows = 0, factors = 0;
  std::cin >> rows >> factors;
  std::vector<double> values;
  Outcomes outcomes;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t k = 0; k < factors; ++k) std::cin >> values.emplace_back();
    int a_case = 0;
    std::cin >> a_case;
    outcomes.push_back(a_case < 0 ? Outcome::left_out : a_case == 1 ? Outcome::a_case : Outcome::other);
  }
  FactorTable const table(values, rows, factors);
  PrimOptions options;
  options.most_limits = factors;  // nothing is screened out
  for (auto const& [box, tally] : prim(table, outcomes, options).trajectory) {
    std::printf("peel %zu %zu", tally.n, tally.cases);
    for (auto const& l : box) std::printf(" %zu:%.17g:%.17g", l.factor, table.columns()[l.factor].distinct[l.lo], table.columns()[l.factor].distinct[l.hi]);
    std::printf("\n");
  }
  auto const tree = grow(table, outcomes, 5);
  for (auto const& node : tree)
    std::printf("node %zu %zu %d %zu %.17g %.17g\n", node.tally.n, node.tally.cases, node.left == 0 ? 0 : 1, node.factor, node.left == 0 ? 0.0 : table.columns()[node.factor].distinct[node.cut], node.complexity);
}
