#include "sim/app/automatic_executor.hpp"

#include <fmt/format.h>
#include <sched.h>
#include <stdlib.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <new>
#include <thread>

#include "sim/app/campaign/run_batches.hpp"
#include "sim/app/console.hpp"
#include "sim/base/error.hpp"
#include "sim/exec/executors.hpp"

namespace app {

namespace {

/// Enough to know the mean to a few per cent, and run within a hundredth of a second.
constexpr std::uint64_t pilot_events = 20'000;
/// The first piece of the horizon that a pilot runs, as a share; each further one doubles what has been run.
constexpr std::int64_t first_share = 4096;

unsigned own_cores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  int const count = ::sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
  return count > 0 ? static_cast<unsigned>(count) : std::max(1U, std::thread::hardware_concurrency());
}

sim::ExecutorQuestion measure(Pilot const& pilot, unsigned threads) {
  auto const executor = sim::make_executor("conservative");
  executor->start(pilot.world, pilot.rows, pilot.start);
  sim::Duration const span = pilot.end - pilot.start;
  for (std::int64_t share = first_share; share > 0; share /= 2) {
    executor->run_until(pilot.start + sim::Duration{span.ticks / share});
    if (executor->execution().handled >= pilot_events) break;
  }
  sim::ExecutionStatistics const how = executor->execution();
  auto const windows = static_cast<double>(std::max<std::uint64_t>(1, how.windows));
  sim::ExecutorQuestion question{pilot.world.lp_count(), pilot.world.lookahead(), static_cast<double>(how.handled) / windows, threads};
  if (sim::Regions const& regions = pilot.world.regions(); regions.count() > 1) {
    question.regions = static_cast<std::uint32_t>(regions.count());
    question.windows_apart = static_cast<double>(regions.least_apart().ticks / pilot.world.lookahead().ticks);
  }
  return question;
}

}  // namespace

unsigned free_cores() {
  double load = 0;
  if (::getloadavg(&load, 1) != 1) load = 0;
  double const left = own_cores() - std::round(load);
  return static_cast<unsigned>(std::max(1.0, left));
}

std::string text_of(sim::ExecutorChoice const& choice) {
  std::string const threads = choice.threads > 1 ? fmt::format(", {} threads", choice.threads) : "";
  return fmt::format("{}{} ({})", choice.executor, threads, choice.reason);
}

sim::ExecutorChoice choose_for(Pilot const& pilot, unsigned threads) {
  return sim::choose_executor(measure(pilot, threads > 0 ? threads : free_cores()));
}

sim::ExecutorChoice choose_for(sim::Scenario const& scenario, unsigned threads) {
  if (scenario.schema().rare_event.is_set()) return {"sequential", 1, "splitting stops at the very event that reaches a level"};
  try {
    auto const replication = scenario.build(scenario.prepare(0), {0, 0, 0});
    return choose_for({replication->world(), replication->rows(), scenario.start(), scenario.end()}, threads);
  } catch (std::bad_alloc const&) {
    throw;
  } catch (std::exception const&) {
    return {"sequential", 1, "the first history fails at its beginning"};
  }
}

void require_splitting(sim::ResultSchema const& schema, std::string const& executor) {
  if (!schema.rare_event.is_set() || executor == automatic || executor == "sequential" || executor == "rollback-check") return;
  throw sim::Error("the " + executor + " executor with [rare_event] (splitting stops a history at the very event that reaches a level, so that "
                   "events must be run one after the other) leave --executor away: replications fill the cores");
}

void settle(RunOptions& options, sim::Scenario const& scenario, std::uint64_t replications_left) {
  unsigned const cores = cores_of_this_rank();
  // Whole replications never wait for each other, so they come first; threads get the cores that are left.
  auto const enough = static_cast<unsigned>(std::clamp<std::uint64_t>(replications_left, 1, cores));
  unsigned const fitting = std::max(1U, std::min(enough, cores / std::max(1U, options.threads)));
  unsigned const jobs = options.jobs > 0 ? options.jobs : fitting;
  unsigned const threads = options.threads > 0 ? options.threads : std::max(1U, free_cores() / jobs);
  sim::ExecutorChoice const choice = choose_for(scenario, threads);
  options.executor = choice.executor;
  options.threads = choice.threads;
  options.chosen_because = choice.reason;
  options.jobs = jobs;
  complain(fmt::format("executor: {}\n", text_of(choice)));
}

}  // namespace app
