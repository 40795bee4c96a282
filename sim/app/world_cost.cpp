#include "sim/app/world_cost.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <fstream>

#include "models/world/world_size.hpp"
#include "sim/app/bench/suite_memory.hpp"
#include "sim/base/error.hpp"

namespace app {

namespace {

/// In worlds of 10^5 assets and more an event takes 0.4 to 0.8 us, an agent 0.6 to 1.2 us to build (docs/design/performance.md).
constexpr double event_s = 0.6e-6, agent_s = 1e-6;

double number_in(char const* path) {
  std::ifstream file(path);
  double value = 0;
  return file >> value ? value : 0;
}

std::string in_megabytes(double bytes) { return fmt::format("{:.0f} MB", bytes / 1e6); }

WorldCost cost_of(sim::Study const& study, bool branches) {
  world::WorldSize const size = world::expected_size(study);
  // Treatments go on from a snapshot of their common beginning, which stays in memory, in a world of their own.
  WorldCost cost{size.agents, size.events, size.shared_bytes, size.history_bytes * (branches ? 2 : 1) + (branches ? size.snapshot_bytes : 0),
                 size.events * event_s + size.agents * agent_s, static_cast<double>(study.event_limit)};
  if (!study.rare_event.is_set()) return cost;
  // Splitting keeps a snapshot of every history that reached a level, at most one for each that starts from the next.
  cost.job_bytes = size.history_bytes + study.rare_event.effort * size.whole_snapshot_bytes;
  cost.histories = static_cast<double>(study.rare_event.levels.size()) * study.rare_event.effort;
  return cost;
}

}  // namespace

WorldCost cost_of(sim::Study const& study) { return cost_of(study, study.treatments.size() > 1); }
WorldCost cost_of_history(sim::Study const& study) { return cost_of(study, false); }

std::string text_of(WorldCost const& cost, unsigned jobs) {
  std::string const cut = cost.events > cost.event_limit
                              ? fmt::format("\n       histories will be cut off at {:.0f} events (campaign.event_limit) raise it, shorten [time] or take fewer assets", cost.event_limit)
                              : "";
  std::string const split = cost.histories > 1 ? fmt::format("; a replication splits them, up to {:.0f} in all", cost.histories) : "";
  return fmt::format("{:.0f} agents; a history has about {:.2g} events and takes about {:.2g} s on one core{}; up to {} of memory{}{}", cost.agents,
                     cost.events, cost.seconds, split, in_megabytes(cost.bytes(jobs)), jobs > 1 ? fmt::format(" for {} at a time", jobs) : "", cut);
}

void require_room(WorldCost const& cost, unsigned jobs) {
  double const have = obtainable_memory(), need = cost.bytes(jobs);
  if (have == 0 || need <= have) return;
  unsigned const fitting = fitting_jobs(cost, jobs);
  bool const fewer = jobs > 1 && cost.bytes(fitting) <= have;
  throw sim::Error(fmt::format("the study may need {} of memory{} ({} can be had) {}", in_megabytes(need),
                               jobs > 1 ? fmt::format(" for {} histories at a time", jobs) : "", in_megabytes(have),
                               fewer ? fmt::format("run it with --jobs {}", fitting)
                                     : std::string(cost.histories > 1 ? "lower rare_event.effort and add futures instead, or run it on a machine with more memory"
                                                                      : "lower scenario.assets_per_sector, or run it on a machine with more memory")));
}

unsigned fitting_jobs(WorldCost const& cost, unsigned jobs) {
  double const have = obtainable_memory();
  if (have == 0) return jobs;
  while (jobs > 1 && cost.bytes(jobs) > have) --jobs;
  return jobs;
}

double obtainable_memory() {
  double least = available_memory();
  auto const limit = [&](double bytes) {
    if (bytes > 0 && (least == 0 || bytes < least)) least = bytes;
  };
  // Version 2 of control groups; "max" is no number.
  if (double const most = number_in("/sys/fs/cgroup/memory.max"); most > 0) limit(std::max(1.0, most - number_in("/sys/fs/cgroup/memory.current")));
  rlimit space{};
  if (::getrlimit(RLIMIT_AS, &space) == 0 && space.rlim_cur != RLIM_INFINITY) limit(static_cast<double>(space.rlim_cur));
  return least;
}

}  // namespace app
