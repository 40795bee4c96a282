// The full tree and its sequence of prunings, before anything is chosen.
#pragma once

#include "analysis/discovery/cart.hpp"

namespace analysis {

/// A node of a grown tree; the root is node 0.
struct TreeNode {
  Tally tally;
  std::size_t factor = 0;
  std::uint32_t cut = 0;    // codes up to it go left
  std::size_t left = 0;     // node; 0: a leaf
  std::size_t right = 0;
  double complexity = 0;    // at which this node becomes a leaf (weakest link); leaves of the full tree: 0
  bool is_leaf(double at) const { return left == 0 || complexity <= at; }
};

/// Grows a tree on the rows that are not left out. `fewest` futures in a leaf.
std::vector<TreeNode> grow(FactorTable const& table, Outcomes const& outcomes, std::size_t fewest);

/// Sum over the node's futures of the squared difference between 0 or 1 and the node's share: Gini's index times n / 2.
double impurity(Tally const& tally);

/// Node of the tree, pruned at this complexity, in which the row ends.
std::size_t leaf_of(std::vector<TreeNode> const& tree, FactorTable const& table, std::size_t row, double complexity);

/// Complexities at which the tree loses branches, ascending; per future, so that trees of different samples compare.
std::vector<double> complexities(std::vector<TreeNode> const& tree);

}  // namespace analysis
