#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include <nlohmann/json.hpp>

#include "sim/app/automatic_executor.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/app/execution_report.hpp"
#include "sim/app/world_study.hpp"
#include "sim/exec/executors.hpp"

namespace app {

namespace {

using Clock = std::chrono::steady_clock;

struct Measured {
  double events = 0, build_s = 0, run_s = 0;
  std::uint32_t lps = 0;
  std::uint64_t digest = 0;
  sim::WorkDone work;
};

double seconds_since(Clock::time_point wall_start) {
  return std::chrono::duration<double>(Clock::now() - wall_start).count();
}

/// One history of treatment 0 in each of the first futures, one after the other.
Measured measure(sim::Scenario const& scenario, std::uint32_t futures, sim::Executor& executor) {
  Measured all;
  for (std::uint32_t future = 0; future < futures; ++future) {
    auto const tables = scenario.prepare(future);
    auto const wall_build = Clock::now();
    auto const replication = scenario.build(tables, {0, future, 0});
    executor.start(replication->world(), replication->rows(), scenario.start());
    all.build_s += seconds_since(wall_build);
    auto const wall_run = Clock::now();
    executor.run_until(scenario.end());
    all.run_s += seconds_since(wall_run);
    all.events += static_cast<double>(executor.statistics().events);
    all.work.add(executor, {});
    all.lps = replication->world().lp_count();
    all.digest ^= replication->world().digest();
  }
  return all;
}

}  // namespace

Exit bench_world(BenchWorldOptions const& options) {
  std::optional<WorldStudy> const opened = open_study(options.study, options.overrides);
  if (!opened) return Exit::bad_input;
  WorldStudy const& study = *opened;
  sim::ExecutorChoice choice{options.executor, std::max(1U, options.threads), ""};
  if (options.executor == automatic) choice = choose_for(*study.scenario, options.threads);
  auto const executor = sim::make_executor(choice.executor, choice.threads);
  Measured const all = measure(*study.scenario, std::min(options.futures, study.study.futures), *executor);
  double const ns = 1e9 * all.run_s / all.events;
  sim::RunExecution const execution = execution_of(all.work, all.run_s);
  if (options.json) {
    nlohmann::ordered_json const json{{"executor", choice.executor},  {"threads", choice.threads},
                                      {"lps", all.lps},               {"events", all.events},
                                      {"seconds", all.run_s},         {"events_per_second", all.events / all.run_s},
                                      {"build_seconds", all.build_s}, {"digest", fmt::format("{:016x}", all.digest)},
                                      {"execution", nlohmann::ordered_json::parse(json_text(execution))}};
    print(json.dump(2) + "\n");
    return Exit::done;
  }
  print(fmt::format("executor:   {}\nworld:      {} logical processes, built and begun in {:.1f} ms\n"
                    "events:     {:.0f} in {:.3f} s, {:.0f} ns each, {:.3g} /s\ndigest:     {:016x}\nexecution:  {}\n",
                    choice.reason.empty() ? fmt::format("{}, {} thread(s)", choice.executor, choice.threads) : text_of(choice), all.lps, 1e3 * all.build_s / options.futures, all.events,
                    all.run_s, ns, all.events / all.run_s, all.digest, text_of(execution)));
  return Exit::done;
}

}  // namespace app
