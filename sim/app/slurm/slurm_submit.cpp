#include "sim/app/slurm/slurm_submit.hpp"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <sstream>
#include <vector>

#include "sim/app/console.hpp"
#include "sim/app/slurm/child_process.hpp"
#include "sim/app/slurm/slurm_script.hpp"
#include "sim/base/error.hpp"
#include "sim/base/names.hpp"
#include "sim/io/posix_file.hpp"

namespace app {

namespace {

constexpr std::string_view jobs_name = "jobs.txt";
constexpr std::uint64_t jobs_bytes_max = 1 << 16;

// The submitter's variables that would overrule what the scripts rest on.
std::vector<std::string> const overruling{"SBATCH_ARRAY_INX", "SBATCH_EXPORT",     "SBATCH_GET_USER_ENV", "SBATCH_JOB_NAME",
                                          "SBATCH_NO_REQUEUE", "SBATCH_OPEN_MODE", "SBATCH_REQUEUE",      "SBATCH_SIGNAL",
                                          "SBATCH_TIMELIMIT",  "SBATCH_WAIT",      "SBATCH_OUTPUT"};

std::string first_line(std::string const& text) { return text.substr(0, text.find('\n')); }

std::string without_end(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

/// The number of the job that sbatch has made of a script.
std::string submit(std::string const& folder, std::string_view script, std::vector<std::string> const& options) {
  std::vector<std::string> arguments{"sbatch", "--parsable", "--chdir=" + folder};
  arguments.insert(arguments.end(), options.begin(), options.end());
  arguments.push_back((std::filesystem::path(folder) / script).string());
  auto const output = run_program(arguments, overruling);
  if (!output) {
    throw sim::Error("cannot submit (there is no sbatch in PATH) give the same command on a login node of the cluster; the scripts are in " +
                     shell_quoted(folder));
  }
  std::string const id = first_line(output->out).substr(0, first_line(output->out).find(';'));
  if (output->code != 0 || id.empty() || id.find_first_not_of("0123456789") != std::string::npos) {
    throw sim::Error(fmt::format("cannot submit {} (sbatch ended with exit code {}: {}) mend it and repeat the command; nothing is lost",
                                 shell_quoted(arguments.back()), output->code, without_end(output->err + output->out)));
  }
  if (!output->err.empty()) complain(output->err);
  return id;
}

/// The merge, after the job `workers`.
std::string submit_merge(std::string const& folder, std::string const& workers) {
  std::string const dependency = "--dependency=afterany:" + workers;
  try {
    return submit(folder, merge_script_name, {dependency});
  } catch (sim::Error const& refusal) {
    throw sim::Error(fmt::format("{}; the workers are submitted, for the merge alone: cd {} && sbatch {} {}", refusal.what(),
                                 shell_quoted(folder), dependency, merge_script_name));
  }
}

/// Numbers of the jobs in jobs.txt that squeue still knows.
std::vector<std::string> jobs_in_queue(std::filesystem::path const& jobs) {
  std::error_code none;
  if (!std::filesystem::exists(jobs, none)) return {};
  std::istringstream lines(sim::read_small_file(jobs, jobs_bytes_max));
  std::vector<std::string> found;
  for (std::string kind, id; lines >> kind >> id;) {
    if (id.find_first_not_of("0123456789") != std::string::npos) continue;
    auto const output = run_program({"squeue", "--me", "--noheader", "--format=%i", "--jobs=" + id});
    if (output && output->code == 0 && !output->out.empty()) found.push_back(id);
  }
  return found;
}

}  // namespace

std::optional<std::uint32_t> array_size_max() {
  auto const output = run_program({"scontrol", "show", "config"});
  if (!output || output->code != 0) return {};
  std::istringstream lines(output->out);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("MaxArraySize")) continue;
    auto const digit = line.find_first_of("0123456789");
    std::uint32_t value = 0;
    if (digit != std::string::npos && std::from_chars(line.data() + digit, line.data() + line.size(), value).ec == std::errc{}) return value;
  }
  return {};
}

void submit_campaign(std::string const& folder) {
  std::filesystem::path const jobs = std::filesystem::path(folder) / jobs_name;
  if (auto const waiting = jobs_in_queue(jobs); !waiting.empty()) {
    throw sim::Error("already submitted (in the queue: " + sim::listed(waiting) + ") wait for them, or scancel " +
                     sim::listed(waiting) + " and repeat the command");
  }
  std::string const workers = submit(folder, array_script_name, {});
  std::string kept = "workers " + workers + "\n";
  sim::write_file_durably(jobs, kept);
  print(fmt::format("submitted: job {} (workers)\n", workers));
  std::string const merge = submit_merge(folder, workers);
  kept += "merge " + merge + "\n";
  sim::write_file_durably(jobs, kept);
  print(fmt::format("submitted: job {} (merge, after the workers)\n", merge));
}

}  // namespace app
