// What a study's world costs, said before it is built, and refused where the machine's memory would not do.
#pragma once

#include <string>

#include "sim/campaign/study.hpp"

namespace app {

/// Memory and time of a study, as expected.
struct WorldCost {
  double agents = 0, events = 0;         // of a history
  double shared_bytes = 0;               // whatever the number of jobs
  double job_bytes = 0;                  // of each history at a time
  double seconds = 0;                    // of a history on one core
  double event_limit = 0;                // of the study
  double histories = 1;                  // of a replication, at most; more than one only with a rare event
  double bytes(unsigned jobs) const { return shared_bytes + jobs * job_bytes; }
};

WorldCost cost_of(sim::Study const& study);
/// The same for a single history that no treatment branches from.
WorldCost cost_of_history(sim::Study const& study);

/// "1002776 agents, a history has about 3.8e+07 events and takes about 20 s on one core; up to 420 MB of memory", and that
/// histories will be cut off if they have more events than the study allows.
std::string text_of(WorldCost const& cost, unsigned jobs);

/// Throws Error if so many jobs would not fit into the memory that this process can have.
void require_room(WorldCost const& cost, unsigned jobs);

/// As many of `jobs` as fit, at least 1.
unsigned fitting_jobs(WorldCost const& cost, unsigned jobs);

/// Memory that this process could have [bytes]: what the machine has available, less where its control group or a limit of
/// its address space allows less; 0 if nothing says.
double obtainable_memory();

}  // namespace app
