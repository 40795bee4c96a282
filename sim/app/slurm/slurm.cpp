#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "models/world/scenario.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/app/slurm/child_process.hpp"
#include "sim/app/slurm/slurm_folder.hpp"
#include "sim/app/slurm/slurm_script.hpp"
#include "sim/app/slurm/slurm_submit.hpp"
#include "sim/app/slurm/slurm_values.hpp"
#include "sim/app/world_study.hpp"
#include "sim/base/campaign_shape.hpp"
#include "sim/base/error.hpp"

namespace app {

namespace {

constexpr std::int64_t tasks_max = sim::shards_max;
constexpr std::uint32_t array_size_usual = 1001;  // MaxArraySize of a Slurm that does not set it
constexpr std::int64_t notice_max_s = 65535;    // Slurm's own limit

/// What is wrong with the options, all at once.
class Complaints {
 public:
  void add(std::string const& problem, std::string const& why, std::string const& advice) {
    found_.push_back(fmt::format("{} ({}) {}", problem, why, advice));
  }
  void require_range(std::string const& option, std::int64_t value, std::int64_t least, std::int64_t most) {
    if (value < least || value > most)
      add(fmt::format("{} {}", option, value), fmt::format("not in {} to {}", least, most), "give a number in this range");
  }
  void require_name(std::string const& option, std::string const& value) {
    if (!is_slurm_name(value))
      add(option + " " + sim::shown(value), "only A-Z a-z 0-9 _ . - may stand in it, at most 64 of them, no - at its beginning", "check the name");
  }
  void require_plain(std::string const& what, std::string const& value) {
    if (auto const trouble = trouble_in_script(value); !trouble.empty()) add(what + " " + sim::shown(value), trouble, "choose another one");
  }
  std::vector<std::string> const& found() const { return found_; }

 private:
  std::vector<std::string> found_;
};

void check_time(Complaints& complaints, SlurmOptions const& options) {
  auto const time_s = parse_slurm_time(options.time);
  if (!time_s) {
    complaints.add("--time " + sim::shown(options.time), "a worker needs a limit of 1 minute to 3650 days",
                   "write it as Slurm does: 90, 1:30:00, 2-12, 2-12:30:00");
  } else if (options.notice_s >= *time_s) {
    complaints.add(fmt::format("--notice {}", options.notice_s), fmt::format("no less than --time, {} s: no worker would begin", *time_s),
                   "give a longer --time or a shorter --notice");
  }
}

void check_tasks(Complaints& complaints, SlurmOptions const& options) {
  complaints.require_range("--tasks", options.tasks, 1, tasks_max);
  if (options.tasks < 1 || options.tasks > tasks_max) return;
  auto const most = array_size_max();
  if (most && options.tasks > *most) {
    complaints.add(fmt::format("--tasks {}", options.tasks), fmt::format("Slurm's MaxArraySize here is {}", *most),
                   "give fewer tasks, with more --cpus-per-task or --time each");
  } else if (!most && options.tasks > array_size_usual) {
    complain(fmt::format("note: --tasks {} is more than the {} that Slurm takes if the cluster does not raise MaxArraySize; there is no Slurm here to ask\n",
                         options.tasks, array_size_usual));
  }
}

Complaints check_options(SlurmOptions const& options) {
  Complaints complaints;
  check_tasks(complaints, options);
  complaints.require_range("--notice", options.notice_s, 1, notice_max_s);
  check_time(complaints, options);
  complaints.require_range("--cpus-per-task", options.cpus_per_task, 1, 4096);
  complaints.require_range("--max-array-running", options.array_running_max, 0, tasks_max);
  complaints.require_range("--max-requeues", options.requeues_max, 0, 1000000);
  if (!options.mem.empty() && !is_slurm_memory(options.mem))
    complaints.add("--mem " + sim::shown(options.mem), "no size", "write it as Slurm does: 4G, 512M");
  complaints.require_name("--job-name", options.job_name);
  for (auto const& [option, value] : {std::pair("--partition", &options.partition), std::pair("--account", &options.account),
                                      std::pair("--qos", &options.qos)}) {
    if (!value->empty()) complaints.require_name(option, *value);
  }
  for (sim::Override const& change : options.overrides) complaints.require_plain("--set", change.assignment);
  if (options.out.empty()) complaints.add("-o \"\"", "no name", "name the campaign's folder");
  else if (auto const trouble = trouble_in_folder(absolute_folder(options.out)); !trouble.empty())
    complaints.add("-o " + sim::shown(options.out), trouble, "choose another folder");
  return complaints;
}

std::string variable(char const* name) {
  char const* const value = std::getenv(name);
  return value == nullptr || !trouble_in_script(value).empty() ? "" : value;
}

/// The jobs' PATH: the system's folders and where Slurm's own commands are.
std::string job_path() {
  std::string path = "/usr/local/bin:/usr/bin:/bin";
  std::string const folder = std::filesystem::path(found_in_path("scontrol")).parent_path().string();
  bool const known = folder.empty() || folder == "/usr/local/bin" || folder == "/usr/bin" || folder == "/bin";
  return known || !trouble_in_script(folder).empty() ? path : folder + ":" + path;
}

std::string this_program() {
  std::error_code code;
  std::string const path = std::filesystem::read_symlink("/proc/self/exe", code).string();
  if (code || !std::filesystem::exists(path) || !trouble_in_script(path).empty())
    throw sim::Error("cannot name this program in a script (its file " + sim::shown(path) + " is gone or has an unusable name) install it again elsewhere");
  return path;
}

SlurmJob job_of(SlurmOptions const& options, std::string const& study_text) {
  SlurmJob job{.program = this_program(), .folder = absolute_folder(options.out)};
  for (sim::Override const& change : options.overrides) job.changes.push_back(change.assignment);
  job.identity = campaign_identity(study_text, job.changes);
  job.path = job_path();
  job.library_path = variable("LD_LIBRARY_PATH");
  for (auto const& [name, value] : {std::pair("partition", &options.partition), std::pair("account", &options.account),
                                    std::pair("qos", &options.qos), std::pair("mem", &options.mem)}) {
    if (!value->empty()) job.resources.push_back(fmt::format("--{}={}", name, *value));
  }
  job.job_name = options.job_name;
  job.tasks = static_cast<std::uint32_t>(options.tasks);
  job.cpus_per_task = static_cast<std::uint32_t>(options.cpus_per_task);
  job.array_running_max = static_cast<std::uint32_t>(options.array_running_max);
  job.time_s = *parse_slurm_time(options.time);
  job.notice_s = static_cast<std::uint32_t>(options.notice_s);
  job.requeues_max = static_cast<std::uint32_t>(options.requeues_max);
  job.report = options.report;
  return job;
}

/// A study may name files beside it, which would not be found beside its copy.
void require_no_neighbours(SlurmJob const& job, std::string const& study_text, std::vector<sim::Override> const& overrides) {
  std::string const copy = (std::filesystem::path(job.folder) / study_name).string();
  auto const issues = sim::check_study({copy, study_text}, overrides, world::vocabulary()).issues;
  if (!issues.empty())
    throw sim::Error("the study cannot be copied (" + issues.front() + ") name the files that it reads by absolute paths");
}

std::string how_to_submit(std::string const& folder) {
  return fmt::format(
      "to submit:\n"
      "  cd {}\n"
      "  workers=$(sbatch --parsable {})\n"
      "  sbatch --dependency=afterany:${{workers%%;*}} {}\n"
      "or give this command again with --submit\n",
      shell_quoted(folder), array_script_name, merge_script_name);
}

bool say_all(std::vector<std::string> const& problems) {
  for (std::string const& problem : problems) complain(fmt::format("berylia: {}\n", problem));
  return !problems.empty();
}

}  // namespace

Exit slurm(SlurmOptions const& options) {
  if (say_all(check_options(options).found())) return Exit::bad_input;
  sim::StudyCheck const found = check_aloud(options.study, options.overrides);
  if (!found.study) return Exit::bad_input;
  (void)world::make_scenario(*found.study);  // the model may object to what the study combines
  std::uint64_t const histories = std::uint64_t{found.study->futures} * found.study->replications;
  if (static_cast<std::uint64_t>(options.tasks) > histories) {
    throw sim::Error(fmt::format("--tasks {} (workers share out histories, and the study has {}: {} futures with {} replications each) give at most one task for each",
                                 options.tasks, histories, found.study->futures, found.study->replications));
  }
  std::string const study_text = sim::read_study_file(options.study).text;
  SlurmJob const job = job_of(options, study_text);
  require_no_neighbours(job, study_text, options.overrides);
  for (std::string const& line : write_campaign(job, study_text)) print(line + "\n");
  std::string const results = (std::filesystem::path(job.folder) / results_name).string();
  if (std::filesystem::exists(results)) {
    print(fmt::format("already complete: {}\n", shell_quoted(results)));
    return Exit::done;
  }
  if (options.submit) submit_campaign(job.folder);
  else print(how_to_submit(job.folder));
  print(fmt::format("how far it is: berylia status {}\n", shell_quoted(results)));
  return Exit::done;
}

}  // namespace app
