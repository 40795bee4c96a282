#include "analysis/discovery/tree_growth.hpp"

#include <algorithm>
#include <limits>

namespace analysis {
namespace {

struct Split {
  std::size_t factor = 0;
  std::uint32_t cut = 0;
  double left_over = std::numeric_limits<double>::infinity();  // impurity of both sides together
};

// A node still to be split: its rows stand in [begin, end) of every factor's order.
struct Span {
  std::size_t node, begin, end;
};

class Growth {
 public:
  Growth(FactorTable const& table, Outcomes const& outcomes, std::size_t fewest) : table_(table), outcomes_(outcomes), fewest_(fewest), goes_left_(table.rows()) {
    for (auto const& column : table.columns()) {
      auto& order = orders_.emplace_back();
      for (auto const row : column.order)
        if (outcomes[row] != Outcome::left_out) order.push_back(row);
    }
  }

  std::vector<TreeNode> run() {
    tree_.push_back({tally(outcomes_), 0, 0, 0, 0, 0});
    std::vector<Span> open{{0, 0, tree_[0].tally.n}};
    while (!open.empty()) {
      Span const span = open.back();
      open.pop_back();
      Tally const all = tree_[span.node].tally;
      if (all.n < 2 * fewest_ || all.cases == 0 || all.cases == all.n) continue;
      Split const best = best_split(span);
      if (!(best.left_over < std::numeric_limits<double>::infinity())) continue;
      Tally const left = partition(span, best);
      TreeNode& node = tree_[span.node];
      node.factor = best.factor;
      node.cut = best.cut;
      node.left = tree_.size();
      node.right = tree_.size() + 1;
      open.push_back({node.right, span.begin + left.n, span.end});
      open.push_back({node.left, span.begin, span.begin + left.n});
      tree_.push_back({left, 0, 0, 0, 0, 0});
      tree_.push_back({{all.n - left.n, all.cases - left.cases}, 0, 0, 0, 0, 0});
    }
    return std::move(tree_);
  }

 private:
  Split best_split(Span const& span) const {
    Split best;
    Tally const all = tree_[span.node].tally;
    for (std::size_t k = 0; k < orders_.size(); ++k) {
      auto const& code = table_.columns()[k].code;
      Tally left;
      for (std::size_t i = span.begin; i + 1 < span.end; ++i) {
        std::uint32_t const row = orders_[k][i], next = orders_[k][i + 1];
        ++left.n;
        left.cases += outcomes_[row] == Outcome::a_case;
        if (left.n < fewest_ || all.n - left.n < fewest_ || code[row] == code[next]) continue;
        double const left_over = impurity(left) + impurity({all.n - left.n, all.cases - left.cases});
        if (left_over < best.left_over) best = {k, code[row] + (code[next] - code[row] - 1) / 2, left_over};
      }
    }
    return best;
  }

  // Rows that go left first, in every order; their tally.
  Tally partition(Span const& span, Split const& split) {
    auto const& code = table_.columns()[split.factor].code;
    Tally left;
    for (std::size_t i = span.begin; i < span.end; ++i) {
      std::uint32_t const row = orders_[split.factor][i];
      goes_left_[row] = code[row] <= split.cut;
      left.n += goes_left_[row];
      left.cases += goes_left_[row] != 0 && outcomes_[row] == Outcome::a_case;
    }
    for (auto& order : orders_) {
      rest_.clear();
      std::size_t to = span.begin;
      for (std::size_t i = span.begin; i < span.end; ++i) {
        if (goes_left_[order[i]] != 0) order[to++] = order[i];
        else rest_.push_back(order[i]);
      }
      std::copy(rest_.begin(), rest_.end(), order.begin() + static_cast<std::ptrdiff_t>(to));
    }
    return left;
  }

  FactorTable const& table_;
  Outcomes const& outcomes_;
  std::size_t fewest_;
  std::vector<std::uint8_t> goes_left_;             // [rows]
  std::vector<std::vector<std::uint32_t>> orders_;  // [factors][rows that are not left out]
  std::vector<std::uint32_t> rest_;
  std::vector<TreeNode> tree_;
};

// A branch, as pruned so far.
struct Branch {
  double cost = 0;         // of its leaves
  std::size_t leaves = 0;
};

// Collapses the weakest links one complexity after the other.
void prune(std::vector<TreeNode>& tree) {
  double const all = static_cast<double>(tree[0].tally.n);
  std::vector<Branch> branches(tree.size());
  std::vector<bool> is_leaf(tree.size());
  for (std::size_t i = 0; i < tree.size(); ++i) is_leaf[i] = tree[i].left == 0;
  double at = 0;
  while (!is_leaf[0]) {
    double weakest = std::numeric_limits<double>::infinity();
    std::vector<double> links(tree.size(), weakest);
    for (std::size_t i = tree.size(); i-- > 0;) {  // children stand behind their parent
      double const own = impurity(tree[i].tally) / all;
      if (is_leaf[i]) {
        branches[i] = {own, 1};
        continue;
      }
      Branch const &l = branches[tree[i].left], &r = branches[tree[i].right];
      branches[i] = {l.cost + r.cost, l.leaves + r.leaves};
      links[i] = (own - branches[i].cost) / static_cast<double>(branches[i].leaves - 1);
      weakest = std::min(weakest, links[i]);
    }
    at = std::max(at, weakest);
    for (std::size_t i = 0; i < tree.size(); ++i) {
      if (is_leaf[i] || links[i] > weakest) continue;
      is_leaf[i] = true;
      tree[i].complexity = at;
    }
    for (std::size_t i = 0; i < tree.size(); ++i) {  // what hangs on a leaf goes with it
      if (!is_leaf[i] || tree[i].left == 0) continue;
      for (std::size_t const child : {tree[i].left, tree[i].right}) {
        if (!is_leaf[child]) tree[child].complexity = at;
        is_leaf[child] = true;
      }
    }
  }
}

}  // namespace

double impurity(Tally const& tally) {
  if (tally.n == 0) return 0;
  double const n = static_cast<double>(tally.n), cases = static_cast<double>(tally.cases);
  return cases * (n - cases) / n;
}

std::vector<TreeNode> grow(FactorTable const& table, Outcomes const& outcomes, std::size_t fewest) {
  auto tree = Growth(table, outcomes, std::max<std::size_t>(1, fewest)).run();
  prune(tree);
  return tree;
}

std::size_t leaf_of(std::vector<TreeNode> const& tree, FactorTable const& table, std::size_t row, double complexity) {
  std::size_t at = 0;
  while (!tree[at].is_leaf(complexity)) at = table.columns()[tree[at].factor].code[row] <= tree[at].cut ? tree[at].left : tree[at].right;
  return at;
}

std::vector<double> complexities(std::vector<TreeNode> const& tree) {
  std::vector<double> all{0};
  for (auto const& node : tree)
    if (node.left != 0) all.push_back(node.complexity);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace analysis
