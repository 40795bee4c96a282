#include "sim/app/design/design_estimate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/estimators/mean.hpp"
#include "analysis/estimators/student.hpp"
#include "sim/app/design/packed_size.hpp"
#include "sim/app/design/quantities.hpp"
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

std::vector<double> seconds_of(std::vector<Spent> const& all, double Spent::* clock) {
  std::vector<double> seconds;
  for (Spent const& one : all) seconds.push_back(one.*clock);
  return seconds;
}

/// Mean seconds of a history by one of the clocks.
Range mean_history(PilotRun const& pilot, double treatments, double Spent::* clock) {
  auto const all = seconds_of(pilot.histories, clock);
  if (all.empty()) {
    // Cut short: the treatments that did not run share a beginning with those that did, so they cost no more.
    double const each = pilot.partial.*clock / static_cast<double>(pilot.partial_replications);
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

/// Of merging, for a byte of journal, on one core [s]; measured: 7.8 ns (docs/design/scale.md).
constexpr double consolidation_s_per_byte = 7.8e-9;

/// Seconds of all histories, and of the tables of their futures at least once, at most in every task.
Range total(CampaignPlan const& plan, Range const& history, double setup) {
  double const most = std::min(plan.histories(), plan.futures * plan.tasks);
  return plus(times(history, plan.histories()), setup * plan.futures, setup * plan.futures, setup * most);
}

Range wall_of(CampaignPlan const& plan, CampaignEstimate const& e, double workers, Range const& history, Range const& work) {
  // The last history of each worker ends by itself.
  Range const wall = plus(times(work, 1 / std::min(workers, plan.runs())), 0, 0, history.high);
  double const packing = e.disk_running.middle * consolidation_s_per_byte;
  return plus(wall, packing / 2, packing, 2 * packing);
}

}  // namespace

CampaignEstimate estimate_campaign(CampaignPlan const& plan, PilotRun const& pilot, WorldCost const& cost, sim::ResultSchema const& schema) {
  SIM_CHECK(!pilot.journal_bytes.empty());
  CampaignEstimate e;
  Range const core = mean_history(pilot, plan.treatments, &Spent::core_seconds), wall = mean_history(pilot, plan.treatments, &Spent::wall_seconds);
  std::vector<double> each = seconds_of(pilot.histories, &Spent::core_seconds);
  if (each.empty()) each.push_back(core.middle);
  e.replication_seconds = times({quantile(each, .25), quantile(each, .5), quantile(each, .75)}, 1 / plan.treatments);
  e.setup_seconds = quantile(seconds_of(pilot.setups, &Spent::core_seconds), .5);
  e.core_seconds = total(plan, core, e.setup_seconds);

  auto const journal = analysis::moments(pilot.journal_bytes);
  e.journal_bytes = journal.mean;
  double const spread = journal.n < 2 ? journal.mean : 3 * std::sqrt(journal.variance / static_cast<double>(journal.n));
  double const fixed = fixed_results_bytes(schema);
  Range const results{plan.runs() * pilot.results_bytes * .8 + fixed * .1, plan.runs() * pilot.results_bytes + fixed * .5, plan.runs() * pilot.results_bytes * 1.25 + fixed};
  Range const journals{plan.runs() * std::max(0.0, journal.mean - spread), plan.runs() * journal.mean, plan.runs() * (journal.mean + spread)};
  double const packing = plan.runs() * journal.mean * consolidation_s_per_byte;
  e.core_seconds = plus(e.core_seconds, packing / 2, packing, 2 * packing);
  e.disk_end = results;
  e.disk_running = plus(journals, results.low, results.middle, results.high);  // side by side while the results are written

  Range const work = total(plan, wall, quantile(seconds_of(pilot.setups, &Spent::wall_seconds), .5));
  e.wall_seconds = wall_of(plan, e, std::min(plan.jobs, plan.cores), wall, work);
  e.wall_seconds_of_tasks = wall_of(plan, e, static_cast<double>(plan.jobs) * plan.tasks, wall, work);
  double const measured = pilot.base_memory + pilot.worker_memory * plan.jobs;
  e.memory = {measured * .8, measured * 1.2 + 16e6, std::max(measured * 1.5 + 64e6, cost.bytes(plan.jobs))};
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
