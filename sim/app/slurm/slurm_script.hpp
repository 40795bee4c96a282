// The two job scripts of a campaign on a Slurm cluster: an array of workers, and the merge that follows it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// What the scripts are made of. Strings may hold anything but control characters; names and sizes are checked already.
struct SlurmJob {
  std::string program;                 // absolute path of this program
  std::string folder;                  // absolute path of the campaign's folder
  std::string identity;                // tells this campaign from any other
  std::string path, library_path;      // the jobs' PATH and LD_LIBRARY_PATH; the latter may be empty
  std::vector<std::string> changes;    // "KEY=VALUE" of the study, in order
  std::vector<std::string> resources;  // "--partition=long", for both jobs
  std::string job_name;
  std::uint32_t tasks = 1;
  std::uint32_t cpus_per_task = 1;
  std::uint32_t array_running_max = 0;  // 0: no limit
  std::uint32_t time_s = 0;             // of an element, a multiple of 60
  std::uint32_t notice_s = 120;
  std::uint32_t requeues_max = 20;
  bool report = false;
};

/// Names of files in the campaign's folder.
inline constexpr std::string_view study_name = "study.toml", array_script_name = "campaign.sbatch",
                                  merge_script_name = "merge.sbatch", results_name = "results.h5",
                                  page_name = "results.html", logs_name = "logs";

/// Text of campaign.sbatch, ending in a checksum of what stands before it.
std::string array_script(SlurmJob const& job);
/// Text of merge.sbatch, likewise.
std::string merge_script(SlurmJob const& job);

/// The identity that a script of ours carries; empty for any other text.
std::string identity_of_script(std::string_view text);
/// True if a script of ours is as it was written.
bool is_as_written(std::string_view text);

/// `word` in single quotes, whatever it holds.
std::string single_quoted(std::string_view word);
/// Seconds as D-HH:MM:SS.
std::string slurm_time(std::uint32_t seconds);

}  // namespace app
