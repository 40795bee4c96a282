// Which share of a campaign this process has: told by the user, or by the scheduler that started it.
#pragma once

#include <string>

#include "sim/base/campaign_shape.hpp"

namespace app {

/// A shard and where it comes from.
struct WorkerPlace {
  sim::Shard shard;
  std::string source;  // "--shard", the names of environment variables; empty: nothing said so, one worker does all
};

/// `option` is "i/n" with 0 <= i < n, "none" for the whole campaign, or empty: then the element of a Slurm array job
/// (SLURM_ARRAY_TASK_ID) and the task of an srun step (SLURM_PROCID) decide, if there are any. Throws sim::Error for a shard out of range.
WorkerPlace place_of_worker(std::string const& option);

/// "shard 3 of 16 (from SLURM_ARRAY_TASK_ID)", counted from 0.
std::string text_of(WorkerPlace const& place);

}  // namespace app
