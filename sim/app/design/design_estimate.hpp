// What a whole campaign will cost, from a pilot: each figure with a range that says how well it is known.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/app/design/design_pilot.hpp"
#include "sim/app/world_cost.hpp"

namespace app {

/// An expected figure and a range that should hold it.
struct Range {
  double low = 0, middle = 0, high = 0;
};

/// Size of the campaign and of the machines that run it.
struct CampaignPlan {
  double treatments = 0, futures = 0, replications = 0;  // replications per treatment and future
  unsigned jobs = 1;                                     // histories at a time on each machine
  unsigned cores = 1;                                    // of this machine
  unsigned tasks = 1;                                    // machines, or tasks of a job array
  double runs() const { return treatments * futures * replications; }
  double histories() const { return futures * replications; }
};

struct CampaignEstimate {
  Range replication_seconds;            // of a core, quartiles over the pilot's histories
  double setup_seconds = 0;             // of a core, median
  Range core_seconds;                   // of the whole campaign
  Range wall_seconds, wall_seconds_of_tasks;  // with `jobs` on this machine, as busy as it is; with all tasks, a core for each job
  double journal_bytes = 0;             // of a replication, mean
  Range disk_running, disk_end;         // [bytes]
  Range memory;                         // peak [bytes], of each task
};

/// The range of a mean is its 95 % interval over the pilot's histories (Student's t), of a single history half to double.
/// A broken contract without any replication.
CampaignEstimate estimate_campaign(CampaignPlan const& plan, PilotRun const& pilot, WorldCost const& cost, sim::ResultSchema const& schema);

/// What the campaign lacks, as "needs 2.1 GB of disk, 1.0 GB are free in this folder"; empty if all is there.
std::vector<std::string> shortages(CampaignEstimate const& estimate, unsigned jobs, double free_disk, double free_memory);

}  // namespace app
