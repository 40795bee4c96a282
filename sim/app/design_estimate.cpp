#include "sim/app/design_estimate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/estimators/mean.hpp"
#include "analysis/estimators/student.hpp"
#include "sim/app/packed_size.hpp"
#include "sim/app/quantities.hpp"
#include "sim/base/contracts.hpp"

namespace app {

namespace {

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  double const place = share * static_cast<double>(values.size() - 1);
  auto const below = static_cast<std::size_t>(place);
  double const above = values[std::min(below + 1, values.size() - 1)];
  return values[below] + (place - static_cast<double>(below)) * (above - values[below]);
}

/// Mean seconds of a history.
Range mean_history(PilotRun const& pilot, double treatments) {
  auto const& all = pilot.history_seconds;
  if (all.empty()) {
    // Cut short: the treatments that did not run share a beginning with those that did, so they cost less at most.
    double const each = pilot.partial_seconds / static_cast<double>(pilot.partial_replications);
    return {each, each * treatments, 2 * each * treatments};
  }
  auto const m = analysis::moments(all);
  if (m.n < 2) return {m.mean / 2, m.mean, m.mean * 2};
  double const half = analysis::student_quantile(0.975, m.n - 1) * std::sqrt(m.variance / static_cast<double>(m.n));
  double const least = *std::min_element(all.begin(), all.end());
  return {std::max(m.mean - half, std::min(least, m.mean / 2)), m.mean, m.mean + half};
}

Range times(Range r, double factor) { return {r.low * factor, r.middle * factor, r.high * factor}; }
Range plus(Range r, double low, double middle, double high) { return {r.low + low, r.middle + middle, r.high + high}; }

/// Seconds that writing the results file takes per byte of journal, measured on an ordinary disk (docs/guide/sweeps.md).
constexpr double consolidation_s_per_byte = 12e-9;

Range wall_of(CampaignPlan const& plan, CampaignEstimate const& e, double workers, Range history) {
  double const used = std::min(workers, plan.runs());
  // The last history of each worker ends by itself; a unit may be smaller than a history.
  Range wall = plus(times(e.core_seconds, 1 / used), 0, 0, history.high);
  double const packing = e.disk_running.middle * consolidation_s_per_byte;
  return plus(wall, packing / 2, packing, 2 * packing);
}

}  // namespace

CampaignEstimate estimate_campaign(CampaignPlan const& plan, PilotRun const& pilot, WorldCost const& cost, sim::ResultSchema const& schema) {
  SIM_CHECK(!pilot.journal_bytes.empty());
  CampaignEstimate e;
  Range const history = mean_history(pilot, plan.treatments);
  std::vector<double> each;
  for (double const seconds : pilot.history_seconds) each.push_back(seconds / plan.treatments);
  if (each.empty()) each.push_back(history.middle / plan.treatments);
  e.replication_seconds = {quantile(each, .25), quantile(each, .5), quantile(each, .75)};
  e.setup_seconds = quantile(pilot.setup_seconds, .5);
  // Every task prepares the futures of its own histories.
  double const setups = std::min(plan.histories(), plan.futures * plan.tasks);
  e.core_seconds = plus(times(history, plan.histories()), e.setup_seconds * plan.futures, e.setup_seconds * plan.futures, e.setup_seconds * setups);

  auto const journal = analysis::moments(pilot.journal_bytes);
  e.journal_bytes = journal.mean;
  double const spread = journal.n < 2 ? journal.mean : 3 * std::sqrt(journal.variance / static_cast<double>(journal.n));
  double const fixed = fixed_results_bytes(schema);
  Range const results{plan.runs() * pilot.results_bytes * .8 + fixed * .1, plan.runs() * pilot.results_bytes + fixed * .5, plan.runs() * pilot.results_bytes * 1.25 + fixed};
  Range const journals{plan.runs() * std::max(0.0, journal.mean - spread), plan.runs() * journal.mean, plan.runs() * (journal.mean + spread)};
  e.disk_end = results;
  e.disk_running = plus(journals, results.low, results.middle, results.high);  // side by side while the results are written

  e.wall_seconds = wall_of(plan, e, plan.jobs, history);
  e.wall_seconds_of_tasks = wall_of(plan, e, static_cast<double>(plan.jobs) * plan.tasks, history);
  double const measured = pilot.base_memory + pilot.worker_memory * plan.jobs;
  e.memory = {measured, measured * 1.2 + 16e6, std::max(measured * 1.5 + 64e6, cost.bytes(plan.jobs))};
  return e;
}

std::vector<std::string> shortages(CampaignEstimate const& e, unsigned jobs, double free_disk, double free_memory) {
  std::vector<std::string> found;
  if (free_disk > 0 && e.disk_running.high > free_disk)
    found.push_back(fmt::format("it may need {} of disk, {} are free in this folder: choose another place for the results", bytes_text(e.disk_running.high), bytes_text(free_disk)));
  if (free_memory > 0 && e.memory.high > free_memory)
    found.push_back(fmt::format("it may need {} of memory, {} can be had: {}", bytes_text(e.memory.high), bytes_text(free_memory),
                                jobs > 1 ? "run fewer jobs at a time (--jobs)" : "lower the size of the world, or take a larger machine"));
  return found;
}

}  // namespace app
