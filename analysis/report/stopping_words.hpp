// A stopping rule and what came of it, in words.
#pragma once

#include <string>

#include "sim/base/results.hpp"

namespace analysis {

/// "membership, 113 futures: change of the mean in resilience_loss of JPN -0.05 (-0.1 to +0.002), wanted +-0.05: reached".
std::string stopping_line(sim::ResultSchema const& schema, sim::LookRow const& row);

/// How the counts came about and which intervals allow for it; empty without a rule.
std::string stopping_caveat(sim::ResultSchema const& schema);

}  // namespace analysis
