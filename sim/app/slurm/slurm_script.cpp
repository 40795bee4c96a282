#include "sim/app/slurm/slurm_script.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/io/checksum.hpp"

namespace app {

namespace {

constexpr std::string_view identity_mark = "# Campaign ";
constexpr std::string_view checksum_mark = "# Checksum of the lines above: ";

// The text behind the values is the same in every campaign; what varies is a quoted value.
constexpr std::string_view array_body = R"sh(
set -u
: "${SLURM_ARRAY_TASK_ID:?this script is for sbatch}"
cd -- "$folder" || exit 2
element=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
printf '\n%s element %s, job %s, restart %s, on %s\n' "$(date -u +%FT%TZ)" "$element" "$SLURM_JOB_ID" \
  "${SLURM_RESTART_COUNT:-0}" "$HOSTNAME"

# Slurm's notice and its end of a job reach this shell, which hands them on to the worker, and the worker stops cleanly.
worker=
forward() { [ -z "$worker" ] || kill -s "$1" "$worker" 2>/dev/null; }
trap 'forward USR1' USR1
trap 'forward TERM' TERM
"$program" "${arguments[@]}" --shard "$SLURM_ARRAY_TASK_ID/$shards" &
worker=$!

# Looks once a second: a `wait` that a signal ends can lose the worker's exit code, so it comes when all is over.
while kill -0 "$worker" 2>/dev/null; do sleep 1; done
trap '' USR1 TERM
wait "$worker"
code=$?
echo "the worker ended with exit code $code"

# 0 finished, 2 bad input, 3 finished with failures: all final. 5 stopped early, above 128 ended by a signal: once more,
# unless somebody has cancelled this job. The element is named, not $SLURM_JOB_ID: for the last element of an array that
# number stands for the whole array.
again() {
  local state=
  if [ "${SLURM_RESTART_COUNT:-0}" -ge "$requeues_max" ]; then
    echo "not put back into the queue: that happened $requeues_max times already"
    return
  fi
  for _ in 1 2 3 4 5; do
    state=$(squeue --noheader --format=%T,%r --jobs="$element") && [ -n "$state" ] && break
    sleep 2
  done
  case $state in
    RUNNING,* | COMPLETING,TimeLimit) ;;
    *)
      echo "not put back into the queue by this script: Slurm says ${state:-nothing}"
      return
      ;;
  esac
  for _ in 1 2 3 4 5; do
    scontrol requeue "$element" && return
    sleep 2
  done
}
case $code in
  5 | 129 | 130 | 137 | 138 | 143) again ;;
esac
exit "$code"
)sh";

constexpr std::string_view merge_body = R"sh(
set -u
: "${SLURM_JOB_ID:?this script is for sbatch}"
cd -- "$folder" || exit 2
printf '\n%s merge, job %s, on %s\n' "$(date -u +%FT%TZ)" "$SLURM_JOB_ID" "$HOSTNAME"
"$program" merge results.h5
code=$?
case $code in
  0 | 3)
    if [ "$report" = yes ]; then
      rm -f -- results.html
      "$program" report results.h5 -o results.html || code=$?
    fi
    ;;
  5) echo "replications are missing: give the command that wrote this folder again, with --submit" ;;
esac
exit "$code"
)sh";

std::string directive(std::string const& text) { return "#SBATCH " + text + "\n"; }

/// What both jobs begin with; `purpose` is a comment.
std::string head(SlurmJob const& job, std::string_view purpose, std::string const& name, std::string const& log) {
  std::string text = fmt::format(
      "#!/bin/bash\n# {}\n# Written by `berylia slurm`. It may be changed by hand and is then left as it is.\n{}{}\n", purpose,
      identity_mark, job.identity);
  text += directive("--job-name=" + name) + directive("--nodes=1") + directive("--ntasks=1");
  text += directive("--time=" + slurm_time(job.time_s));
  for (std::string const& resource : job.resources) text += directive(resource);
  text += "# All attempts write to the same log.\n" + directive("--output=" + log) + directive("--open-mode=append");
  text += "# After the loss of a node, and when it is pre-empted, Slurm starts the job again.\n" + directive("--requeue");
  text += "# No variable and no limit of the shell that submits decides: what the job needs is set below.\n";
  return text + directive("--export=HOME") + directive("--propagate=NONE");
}

/// The values both jobs need, each in single quotes.
std::string values(SlurmJob const& job) {
  std::string text = fmt::format("\n# The values of this campaign.\nexport PATH={}\n", single_quoted(job.path));
  if (!job.library_path.empty()) text += fmt::format("export LD_LIBRARY_PATH={}\n", single_quoted(job.library_path));
  text += "export SLURM_EXPORT_ENV=ALL\n";
  return text + fmt::format("program={}\nfolder={}\n", single_quoted(job.program), single_quoted(job.folder));
}

std::string with_checksum(std::string text) {
  text += checksum_mark;
  return text + sim::to_hex(sim::crc32c(text.data(), text.size())) + "\n";
}

}  // namespace

std::string single_quoted(std::string_view word) {
  std::string quoted = "'";
  for (char const c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string slurm_time(std::uint32_t seconds) {
  return fmt::format("{}-{:02}:{:02}:{:02}", seconds / 86400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
}

std::string array_script(SlurmJob const& job) {
  std::string text = head(job, "The workers of a campaign: an array job, an element for each shard.", job.job_name, "logs/shard_%a.log");
  std::string const most = job.array_running_max == 0 ? "" : fmt::format("%{}", job.array_running_max);
  text += directive(fmt::format("--array=0-{}{}", job.tasks - 1, most));
  text += directive(fmt::format("--cpus-per-task={}", job.cpus_per_task));
  text += "# The notice before the end of the time, to this shell. Nothing is lost without it: finished replications are on disk.\n";
  text += directive(fmt::format("--signal=B:USR1@{}", job.notice_s)) + values(job);
  text += fmt::format("shards={}\nrequeues_max={}\narguments=(\n  run study.toml -o results.h5\n", job.tasks, job.requeues_max);
  for (std::string const& change : job.changes) text += fmt::format("  --set {}\n", single_quoted(change));
  // A worker begins to stop by itself when the notice is due, and has ended half-way from there to the end.
  std::uint32_t const grace_s = std::max(1U, job.notice_s / 2);
  text += fmt::format("  --jobs {} --progress plain\n  --max-wallclock {}s --grace {}s\n)\n", job.cpus_per_task,
                      job.time_s - job.notice_s + grace_s, grace_s);
  return with_checksum(text + std::string(array_body));
}

std::string merge_script(SlurmJob const& job) {
  std::string text = head(job, "The end of a campaign: puts the workers' journals together as results.h5.", job.job_name + "-merge", "logs/merge.log");
  text += directive("--cpus-per-task=1") + values(job);
  return with_checksum(text + fmt::format("report={}\n", job.report ? "yes" : "no") + std::string(merge_body));
}

std::string identity_of_script(std::string_view text) {
  auto const begin = text.find("\n" + std::string(identity_mark));
  if (begin == std::string_view::npos) return {};
  std::string_view const rest = text.substr(begin + 1 + identity_mark.size());
  return std::string(rest.substr(0, rest.find('\n')));
}

bool is_as_written(std::string_view text) {
  auto const mark = text.rfind(checksum_mark);
  if (mark == std::string_view::npos) return false;
  std::size_t const end = mark + checksum_mark.size();
  return text.substr(end) == sim::to_hex(sim::crc32c(text.data(), end)) + "\n";
}

}  // namespace app
