// How far a campaign has got, as data and as one line of text.
#pragma once

#include <cstdint>
#include <string>

namespace sim {

/// Counts of replications at one moment.
struct Progress {
  std::uint64_t planned = 0;
  std::uint64_t finished_before = 0;  // kept from an earlier, interrupted run of the same campaign
  std::uint64_t failed_before = 0;    // of those
  std::uint64_t censored_before = 0;
  std::uint64_t done = 0;             // in this run, like the next three
  std::uint64_t failed = 0;
  std::uint64_t censored = 0;         // reached the event limit
  double events = 0;                  // committed, of all these replications
  double events_simulated = 0;        // the same with the common beginning of several treatments counted once
  double wall_seconds = 0;

  std::uint64_t finished() const { return finished_before + done + failed + censored; }
};

/// Events of the replications over events simulated for them: what branching saves; 1 while nothing has been simulated.
double branching_gain(Progress const& progress);

/// Time left at the pace of this run [s]; negative while nothing has finished in this run.
double wall_seconds_left(Progress const& progress);

/// "45 s", "3 min 20 s", "2 h 05 min".
std::string wall_time_text(double wall_seconds);

/// "123/8000 replications (1.5 %), 2 failed, 41 /s, 3 min 20 s left".
std::string progress_line(Progress const& progress);

/// "[#####               ] " followed by progress_line.
std::string progress_bar(Progress const& progress);

}  // namespace sim
