// What is said at the end about how histories were executed: as one line of text, and for the notes beside the results.
#pragma once

#include <string>

#include "sim/campaign/work_done.hpp"
#include "sim/io/run_info.hpp"

namespace app {

/// `work` done in `wall_s` seconds by this process, with the most memory it has held so far.
sim::RunExecution execution_of(sim::WorkDone const& work, double wall_s);

/// "1,234 windows (12 by one worker), 3.4 s in barriers, 98.7 % of the work kept, ..., at most 85 MB"; leaves out what
/// the executor does not have.
std::string text_of(sim::RunExecution const& execution);

}  // namespace app
