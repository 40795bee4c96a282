// CART, a classification tree (Breiman, Friedman, Olshen and Stone 1984): finds what depends on two factors at once, such as one or the other but not both.
#pragma once

#include "analysis/discovery/box.hpp"

namespace analysis {

struct CartOptions {
  std::size_t fewest_futures = 10;  // in a leaf
  double least_mass = 0.05;         // of all futures, in a leaf
  std::size_t folds = 10;           // of the cross-validation
  std::uint64_t seed = 0;           // of the folds
};

/// A leaf as a box; its limits are those on the way to it.
struct Leaf {
  Box box;
  Tally tally;
};

struct Tree {
  std::vector<Leaf> leaves;         // densest first; a single one without limits: nothing can be told apart
  std::vector<double> importance;   // [factors] share of the decrease of Gini's index that its splits bring; sum 1, or all 0
};

/// Grows by Gini's index until leaves are pure or too small to split; prunes by cost and complexity with 10-fold cross-validation and the
/// rule of one standard error, and to a single leaf unless what is left is better than that by two standard errors of the paired difference: noise
/// then grows a tree in about 2 of 100 searches. The cost is the squared error of the share of cases (class probability trees, ibid., 4.6), not the number
/// of wrong majorities, which is blind where cases are the minority in every leaf. Equal splits: the first factor, the lowest cut.
Tree cart(FactorTable const& table, Outcomes const& outcomes, CartOptions const& options = {});

}  // namespace analysis
