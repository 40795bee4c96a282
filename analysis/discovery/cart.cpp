#include "analysis/discovery/cart.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/discovery/resampling.hpp"
#include "analysis/discovery/tree_growth.hpp"
#include "analysis/estimators/mean.hpp"

namespace analysis {
namespace {

std::size_t fewest_of(CartOptions const& o, std::size_t n) { return std::max(o.fewest_futures, static_cast<std::size_t>(std::ceil(o.least_mass * static_cast<double>(n)))); }

// The complexity that the rule of one standard error chooses among those of `tree`.
double chosen_complexity(FactorTable const& table, Outcomes const& outcomes, std::vector<TreeNode> const& tree, CartOptions const& options) {
  auto const steps = complexities(tree);
  std::vector<double> between;  // each stands for all from one step to the next
  for (std::size_t k = 0; k < steps.size(); ++k)
    between.push_back(k + 1 < steps.size() ? std::sqrt(steps[k] * steps[k + 1]) : std::numeric_limits<double>::infinity());
  std::vector<std::vector<double>> errors(steps.size());  // [steps][futures]
  for (auto const& [seen, unseen] : folds_of(outcomes, options.folds, options.seed)) {
    auto const part = grow(table, seen, fewest_of(options, tally(seen).n));
    for (std::size_t row = 0; row < unseen.size(); ++row) {
      if (unseen[row] == Outcome::left_out) continue;
      for (std::size_t k = 0; k < steps.size(); ++k) {
        double const error = (unseen[row] == Outcome::a_case) - part[leaf_of(part, table, row, between[k])].tally.share();
        errors[k].push_back(error * error);
      }
    }
  }
  std::vector<Moments> costs;
  for (auto const& e : errors) costs.push_back(moments(e));
  auto const best = std::min_element(costs.begin(), costs.end(), [](auto const& a, auto const& b) { return a.mean < b.mean; });
  double const enough = best->mean + std::sqrt(best->variance / static_cast<double>(best->n));
  std::size_t chosen = steps.size() - 1;
  while (costs[chosen].mean > enough) --chosen;
  std::vector<double> gains;  // over no tree at all
  for (std::size_t i = 0; i < errors[chosen].size(); ++i) gains.push_back(errors.back()[i] - errors[chosen][i]);
  Moments const gain = moments(gains);
  return gain.mean > 2 * std::sqrt(gain.variance / static_cast<double>(gain.n)) ? steps[chosen] : steps.back();
}

class Reading {
 public:
  Reading(FactorTable const& table, std::vector<TreeNode> const& tree, double complexity) : table_(table), tree_(tree), complexity_(complexity) {
    result_.importance.assign(table.columns().size(), 0);
  }

  Tree read() {
    visit(0, {});
    double sum = 0;
    for (double const x : result_.importance) sum += x;
    for (double& x : result_.importance) x = sum > 0 ? x / sum : 0;
    std::stable_sort(result_.leaves.begin(), result_.leaves.end(), [](Leaf const& a, Leaf const& b) { return a.tally.share() > b.tally.share(); });
    return std::move(result_);
  }

 private:
  void visit(std::size_t at, Box const& box) {
    TreeNode const& node = tree_[at];
    if (node.is_leaf(complexity_)) {
      result_.leaves.push_back({box, node.tally});
      return;
    }
    result_.importance[node.factor] += std::max(0.0, impurity(node.tally) - impurity(tree_[node.left].tally) - impurity(tree_[node.right].tally));
    visit(node.left, limited(box, node.factor, 0, node.cut));
    visit(node.right, limited(box, node.factor, node.cut + 1, static_cast<std::uint32_t>(table_.columns()[node.factor].distinct.size() - 1)));
  }

  static Box limited(Box box, std::size_t factor, std::uint32_t lo, std::uint32_t hi) {
    auto at = std::lower_bound(box.begin(), box.end(), factor, [](Limit const& l, std::size_t k) { return l.factor < k; });
    if (at == box.end() || at->factor != factor) at = box.insert(at, {factor, lo, hi});
    at->lo = std::max(at->lo, lo);
    at->hi = std::min(at->hi, hi);
    return box;
  }

  FactorTable const& table_;
  std::vector<TreeNode> const& tree_;
  double complexity_;
  Tree result_;
};

}  // namespace

Tree cart(FactorTable const& table, Outcomes const& outcomes, CartOptions const& options) {
  Tally const all = tally(outcomes);
  auto const tree = grow(table, outcomes, fewest_of(options, all.n));
  double const complexity = tree[0].left == 0 || all.n < options.folds ? std::numeric_limits<double>::infinity() : chosen_complexity(table, outcomes, tree, options);
  return Reading(table, tree, complexity).read();
}

}  // namespace analysis
