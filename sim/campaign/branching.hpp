// Where the treatments of a history part: until then it is simulated once, from there on a branch for each.
#pragma once

#include <optional>
#include <string>

#include "sim/campaign/study.hpp"

namespace sim {

/// What is wrong with branching on a date, in the three parts of a message.
struct BranchFault {
  std::string problem, reason, advice;
};

/// Recording must have begun on `date` and no two treatments may have differed before it; empty if all is well.
std::optional<BranchFault> branch_fault(Study const& study, Date date);

/// "2018-01-12 (treatments first differ on 2019-03-01)", or that nothing is shared.
std::string branching_words(Study const& study, Date date);

}  // namespace sim
