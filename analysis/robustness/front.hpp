// Trade-off between two numbers of every treatment: which ones no other beats (Pareto front).
#pragma once

#include <optional>

#include "analysis/robustness/robustness.hpp"

namespace analysis {

/// Mean over futures of treatment `a` less `b`, in the response's unit, with the 95 % interval of the pairs over independent units.
Estimate mean_change(Outcomes2d const& outcomes, std::size_t a, std::size_t b);

/// For each treatment one that dominates it, or none: then it is on the front. A dominates B if the 95 % interval of their paired mean difference, over independent units,
/// excludes 0 in favour of A in one of the two numbers, and does not exclude it in favour of B in the other: intervals that hold 0 are
/// ties. Of several the first. [treatments]
std::vector<std::optional<std::size_t>> dominated_by(Outcomes2d const& response, Worse worse_response, Outcomes2d const& cost, Worse worse_cost);

}  // namespace analysis
