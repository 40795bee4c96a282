// Prints how often scenario discovery finds a box that is there, and one that is not: the tables of docs/methods/discovery.md.
#include <cstdio>
#include <cstdlib>

#include "tests/analysis_discovery/planted_futures.hpp"

using namespace analysis;

namespace {

// Cases: `inside` of the futures whose first two factors are below 0.7, `outside` of the others.
void line(std::size_t rows, std::size_t factors, double inside, double outside, int trials) {
  int found = 0, both = 0, others = 0, trees = 0;
  DiscoverOptions options;
  options.doubt.resamples = options.doubt.folds = 2;  // they do not decide
  options.fewest_futures = 0;
  for (int t = 0; t < trials; ++t) {
    auto const f = planted::futures(rows, factors, 1000 + static_cast<std::uint64_t>(t), [=](double const* x) { return x[0] < 0.7 && x[1] < 0.7 ? inside : outside; });
    options.doubt.seed = options.cart.seed = static_cast<std::uint64_t>(t);
    auto const d = discover(f.table, f.outcomes, options);
    trees += d.tree.leaves.size() > 1;
    if (d.boxes.empty()) continue;
    ++found;
    std::size_t planted = 0;
    for (auto const& limit : d.boxes[0].box) planted += limit.factor < 2;
    both += planted == 2;
    others += d.boxes[0].box.size() > planted;
  }
  std::printf("%5zu futures %3zu factors  %.2f against %.2f: box %3d, limits on both factors %3d, on others %3d, tree %3d of %d\n", rows, factors, inside, outside, found, both, others, trees, trials);
}

}  // namespace

int main(int count, char** words) {
  int const trials = count > 1 ? std::atoi(words[1]) : 100;
  for (std::size_t const factors : {3, 20, 91})
    for (double const share : {0.1, 0.5, 0.9}) line(100, factors, share, share, trials);
  for (std::size_t const factors : {10, 91})
    for (std::size_t const rows : {50, 100, 200, 400}) line(rows, factors, 0.9, 0.1, trials);
}
