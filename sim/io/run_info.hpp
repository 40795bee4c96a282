// OUT.h5.run.json: when, where and how a campaign was computed, kept out of the results so that these stay comparable.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace sim {

/// One start of the program on a campaign.
struct RunSession {
  std::string started_utc;      // ISO 8601
  std::string ended_utc;        // empty while running or after a kill
  std::string ended_by;         // "running", "finished", "interrupted", "error: ..."; "killed" is set by the next start
  std::string host;
  std::string command;
  std::string executor;
  std::uint32_t jobs = 0;       // replications at a time
  std::uint32_t threads = 0;    // of each replication's executor
  double wall_s = 0;            // elapsed [s]
  std::uint64_t computed = 0;   // replications computed by this start
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

/// "OUT.h5.run.json".
std::filesystem::path run_info_path(std::filesystem::path const& out);
/// True if what lies there is such a note.
bool is_run_info(std::filesystem::path const& out);
/// Reads it; an empty RunInfo if there is none or it is damaged (it is a note, not a result).
RunInfo read_run_info(std::filesystem::path const& out);
/// Writes it by rename; throws Error.
void write_run_info(std::filesystem::path const& out, RunInfo const& info);
/// A session that starts now on this host; a session of `info` that was still running is marked as killed.
RunSession& begin_session(RunInfo& info);
/// Marks the last session as ended now.
void end_session(RunInfo& info, std::string const& ended_by);

}  // namespace sim
