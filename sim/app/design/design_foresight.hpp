// What a pilot foretells of a stopping rule: how many futures its targets will probably take.
#pragma once

#include <vector>

#include "analysis/estimators/looks.hpp"
#include "sim/base/results.hpp"

namespace app {

/// One target of one treatment, judged from the pilot's histories as if they were a look.
struct Foresight {
  sim::LookRow row;               // `needed` and `wanted` as at a look
  analysis::CountRange range;     // about 95 of 100 pilots; only if row.needed is known
  bool is_known = false;          // the pilot tells something
  bool is_out_of_reach = false;   // even the lower end of the range is more than the maximum
};

/// `records` are those of the pilot, with the number of the history in place of the future and replication 0. Empty without a rule,
/// and where it counts replications of several futures, of which a pilot tells nothing.
std::vector<Foresight> foresee(sim::ResultSchema const& schema, std::vector<sim::ReplicationRecord> const& records);

}  // namespace app
