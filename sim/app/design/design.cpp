#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "sim/app/campaign/branch_option.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/app/design/design_csv.hpp"
#include "sim/app/design/design_text.hpp"
#include "sim/app/stop_signals.hpp"
#include "sim/app/world_cost.hpp"
#include "sim/app/world_study.hpp"

namespace app {

namespace {

double free_bytes() {
  std::error_code none;
  auto const space = std::filesystem::space(".", none);
  return none ? 0 : static_cast<double>(space.available);
}

void add_pilot(DesignReport& report, DesignOptions const& options, sim::Scenario const& scenario, WorldCost const& cost, StopSignals const& signals) {
  PilotOptions const how{.jobs = std::min(report.plan.jobs, report.plan.cores), .histories = options.pilot, .event_limit = report.study.event_limit,
                         .branch_at = branch_time(branch_of("", report.study))};
  report.pilot = run_pilot(scenario, how, signals.request());
  if (report.pilot->journal_bytes.empty()) return;
  report.foresight = foresee(scenario.schema(), report.pilot->watched);
  report.estimate = estimate_campaign(report.plan, *report.pilot, cost, scenario.schema());
  report.shortages = shortages(*report.estimate, report.plan.jobs, report.free_disk, report.free_memory);
}

}  // namespace

Exit design(DesignOptions const& options) {
  StopSignals const signals;
  sim::StudyCheck found = check_aloud(options.study, options.overrides);
  if (!found.study) return Exit::bad_input;
  if (!options.csv.empty()) require_csv_place(options.csv);
  WorldCost const cost = cost_of(*found.study);
  require_room(cost, 1);
  WorldStudy const opened = with_scenario(std::move(*found.study));
  sim::Study const& study = opened.study;
  unsigned const cores = std::max(1U, std::thread::hardware_concurrency());
  unsigned const jobs = options.jobs > 0 ? options.jobs : fitting_jobs(cost, cores);
  DesignReport report{.study = study,
                      .plan = {.treatments = static_cast<double>(study.treatments.size()), .futures = static_cast<double>(study.futures),
                               .replications = static_cast<double>(study.replications), .jobs = jobs, .cores = cores, .tasks = options.tasks},
                      .free_disk = free_bytes(),
                      .free_memory = obtainable_memory()};
  if (!options.csv.empty()) write_design_csv(options.csv, study, opened.scenario->schema());
  if (!options.no_pilot) add_pilot(report, options, *opened.scenario, cost, signals);
  print(options.json ? design_json(report) : design_text(report));
  if (!options.csv.empty()) complain(fmt::format("wrote {}: {} points\n", options.csv, study.treatments.size() * std::uint64_t{study.futures}));
  return report.pilot && report.pilot->interrupted ? Exit::stopped_early : Exit::done;
}

}  // namespace app
