// OUT.h5.run.json: when, where and how a campaign was computed, kept out of the results so that these stay comparable.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/io/journal_index.hpp"

namespace sim {

/// How histories were executed: the sum over all executors of one start. Depends on timing and on how the work was cut.
struct RunExecution {
  std::uint64_t events = 0;            // committed, what treatments have in common once
  double events_per_s = 0;             // wall-clock
  std::uint64_t handled = 0;           // handler calls, those undone later included
  std::uint64_t windows = 0;           // of simulated time, or rounds
  std::uint64_t windows_alone = 0;     // of these: too small to share
  std::uint64_t meetings = 0;          // of the workers, between windows
  double waiting_s = 0;                // in barriers, sum over the workers [s]
  std::uint64_t rollbacks = 0;
  std::uint64_t rolled_back = 0;       // events undone
  std::uint64_t anti_messages = 0;
  std::uint64_t gvt_rounds = 0;
  double efficiency = 1;               // share of handled events that were not undone
  std::uint64_t peak_memory_bytes = 0;  // of the process
  std::uint64_t ties = 0;              // events at the time of the event before them at the same logical process
  std::optional<std::int64_t> shortest_delay_us;  // the largest lookahead these histories would have allowed; none if
                                                  // nothing was sent to another logical process
};

/// One start of the program on a campaign.
struct RunSession {
  std::string started_utc;      // ISO 8601
  double started_boot_s = 0;    // since the host was started, on a clock that never jumps [s]
  std::string ended_utc;        // empty while running or after a kill
  std::string ended_by;         // "running", "finished", "interrupted", "error: ...", "killed"
  std::string host;
  std::string worker;           // its journal's name, "0-of-1.journal" for the only one
  std::string command;
  std::string executor;
  std::string chosen_because;   // why `--executor auto` chose it; empty if it was named
  std::uint32_t jobs = 0;       // replications at a time
  std::uint32_t threads = 0;    // of each replication's executor
  std::uint32_t ranks = 1;      // processes that run each replication together
  double wall_s = 0;            // elapsed [s]
  std::uint64_t computed = 0;   // replications computed by this start
  std::string branch_at;        // date until which the treatments of a history were simulated once, or "none"
  double events_in_all = 0;     // of these replications, what treatments have in common for each of them
  double branching_gain = 1;    // events in all over events simulated
  std::optional<RunExecution> execution;  // none while running or after a kill
};

/// Everything the file says.
struct RunInfo {
  std::uint64_t planned = 0, done = 0, failed = 0, censored = 0;
  std::vector<RunSession> sessions;
  /// Starts that did not end by finishing.
  std::uint32_t interruptions() const;
  /// Sum over all starts [s].
  double wall_s() const;
};

/// A JSON object with the members of RunExecution.
std::string json_text(RunExecution const& execution);

/// "OUT.h5.run.json".
std::filesystem::path run_info_path(std::filesystem::path const& out);
/// True if what lies there is such a note.
bool is_run_info(std::filesystem::path const& out);
/// Reads it; an empty RunInfo if there is none or it is damaged (it is a note, not a result).
RunInfo read_run_info(std::filesystem::path const& out);
/// Writes it by rename; throws Error.
void write_run_info(std::filesystem::path const& out, RunInfo const& info);
/// A session that starts now on this host.
RunSession begin_session();
/// Marks it as ended now.
void end_session(RunSession& session, std::string const& ended_by);

/// Seconds since a session started; none if that cannot be told: its host was started again since, or it ran elsewhere and a
/// clock was set back. On the same host no clock that jumps matters.
std::optional<double> wall_seconds_since(RunSession const& session);

/// Kinds of notes in a journal that hold a session as JSON.
enum class SessionNote : std::uint32_t { begin = 1, end = 2 };
/// The session as the text of a note.
std::string note_text(RunSession const& session);
/// All sessions that the notes tell of, in the order in which they started. One without an end was killed, unless it is the
/// last of a journal that `is_held` says a process still works on.
std::vector<RunSession> sessions_of(std::vector<JournalNote> const& notes,
                                    std::function<bool(std::filesystem::path const&)> const& is_held);

}  // namespace sim
