// Hands the job scripts of a campaign to Slurm.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace app {

/// Most elements of an array job on this cluster (Slurm's MaxArraySize); empty without a Slurm that answers.
std::optional<std::uint32_t> array_size_max();

/// Submits the workers and the merge that follows them, from the folder that holds their scripts, says the numbers of the
/// jobs on standard output and keeps them in jobs.txt there. Throws sim::Error with Slurm's own words if it refuses, and
/// if jobs that jobs.txt names are still in the queue.
void submit_campaign(std::string const& folder);

}  // namespace app
