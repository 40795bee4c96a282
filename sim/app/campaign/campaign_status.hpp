// How far a campaign is, read from its journals or its results file without disturbing those who work at it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/stopping_info.hpp"
#include "sim/io/journal.hpp"

namespace app {

enum class CampaignState { running, stopped, unmerged, complete, partial };

/// "running", "stopped", "unmerged" (all is computed), "complete", "partial" (a file that merge --partial has written).
std::string name_of(CampaignState state);

struct WorkerStatus {
  std::string journal;
  bool at_work = false;      // a process holds its journal
  std::string host;          // of its last session
  std::uint64_t sessions = 0;
  std::uint64_t done = 0, failed = 0, censored = 0;
};

struct CampaignStatus {
  std::string out;
  CampaignState state = CampaignState::stopped;
  std::string study, build;
  std::uint64_t planned = 0;
  sim::StatusCounts counts;
  std::uint64_t fewest = 0, most = 0;  // replications of a treatment
  std::uint64_t duplicates = 0, damaged_bytes = 0, interruptions = 0;
  double seconds_each = 0;             // of one worker for one replication [s]; 0: not known yet
  std::vector<WorkerStatus> workers;
  std::vector<std::string> notes;
  bool has_rule = false;               // a stopping rule: `planned` is the most there can be until it is settled
  std::vector<sim::LookRow> looks;     // the last ones
  std::string looks_text;              // the same in words, a line each

  std::uint64_t at_work() const;
  /// Replications to do; with a stopping rule at most, until it is settled.
  std::uint64_t left() const { return planned - std::min(planned, counts.total()); }
  /// With the workers that are at it now [s]; none if nobody is or the pace is not known.
  std::optional<double> wall_seconds_left() const;
};

/// Takes no lock. Throws sim::Error if there is no campaign at `out`.
CampaignStatus status_of(std::string const& out);

}  // namespace app
