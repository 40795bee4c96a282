// Which effects of levers the treatments of a study let one estimate, and from which contrasts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/report/analysis.hpp"

namespace analysis {

/// One term and the contrast that estimates it.
struct PlannedTerm {
  std::vector<std::string> names;  // of its levers
  std::uint32_t word = 0;          // contrast of the arms, as factorial_effects numbers them; never 0
  int sign = 1;                    // of the term in it
  std::vector<Alias> aliases;
};

struct FactorialPlan {
  std::vector<std::size_t> order;  // [2^m] treatments in the order of factorial_effects; empty: no effects
  std::vector<PlannedTerm> terms;
  std::string note;                // for the reader; empty: nothing to say
};

/// A plan for all terms of a complete factorial, for the lowest term of each set of aliases of a regular fraction, and for
/// none otherwise; the note says what cannot be told.
FactorialPlan plan_factorial(sim::ResultSchema const& schema);

/// The effect times `sign`.
FactorialEffect signed_effect(FactorialEffect effect, int sign);

}  // namespace analysis
