// How an estimate settles as futures are added.
#pragma once

#include <optional>
#include <vector>

#include "analysis/report/histories.hpp"

namespace analysis {

struct Subject;

/// The mean difference over the first `counts` futures in the order of their numbers, with its 95 % interval. A future without a pair counts as a future
/// and adds nothing. Where futures share draws, counts are of whole units. Intervals are for one look each: to watch them and stop needs wider ones (docs/methods/stopping.md).
struct Convergence {
  std::size_t response = 0;
  std::optional<std::size_t> nation;
  std::size_t treatment = 0;
  std::vector<std::size_t> counts;    // ascending, about 20, the last one all futures
  std::vector<double> mean, lo, hi;   // [counts]
};

/// About `wanted` numbers in equal ratios from the smaller of 2 and `last` to `last`, whole and different.
std::vector<std::size_t> log_spaced(std::size_t last, std::size_t wanted = 20);

/// One for each treatment but the reference, of the headline's response and nation.
std::vector<Convergence> convergence(ResultsSource const& source, Histories const& histories, Subject const& headline, std::size_t reference);

}  // namespace analysis
