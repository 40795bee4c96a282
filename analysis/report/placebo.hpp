// The placebo check: treatments must share every bit of history up to the first date on which they differ.
#pragma once

#include "analysis/report/analysis.hpp"

namespace analysis {

/// First date on which the two lists of interventions differ: the earliest start of one that only one of them has, or
/// the earlier end of one that ends differently; empty if they are the same.
std::optional<sim::Date> first_difference(sim::Treatment const& a, sim::Treatment const& b);

/// Compares the digests of every finished history with those of its partner in the reference.
Placebo placebo(sim::ResultSchema const& schema, Histories const& histories, std::size_t reference);

}  // namespace analysis
