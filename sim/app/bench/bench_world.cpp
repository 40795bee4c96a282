#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/app/automatic_executor.hpp"
#include "sim/app/bench/world_histories.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/app/execution_report.hpp"
#include "sim/app/world_cost.hpp"
#include "sim/app/world_study.hpp"
#include "sim/exec/executors.hpp"

namespace app {

Exit bench_world(BenchWorldOptions const& options) {
  sim::StudyCheck found = check_aloud(options.study, options.overrides);
  if (!found.study) return Exit::bad_input;
  require_room(cost_of_history(*found.study), 1);
  WorldStudy const study = with_scenario(std::move(*found.study));
  sim::ExecutorChoice choice{options.executor, std::max(1U, options.threads), ""};
  if (options.executor == automatic) choice = choose_for(*study.scenario, options.threads);
  auto const executor = sim::make_executor(choice.executor, choice.threads);
  HistoriesRun const all = run_histories(*study.scenario, std::min(options.futures, study.study.futures), *executor);
  double const events = static_cast<double>(all.events);
  sim::RunExecution const execution = execution_of(all.work, all.run_s);
  if (options.json) {
    nlohmann::ordered_json const json{{"executor", choice.executor},  {"threads", choice.threads},
                                      {"lps", all.lps},               {"events", all.events},
                                      {"seconds", all.run_s},         {"events_per_second", events / all.run_s},
                                      {"build_seconds", all.build_s}, {"digest", fmt::format("{:016x}", all.digest)},
                                      {"execution", nlohmann::ordered_json::parse(json_text(execution))}};
    print(json.dump(2) + "\n");
    return Exit::done;
  }
  print(fmt::format("executor:   {}\nworld:      {} logical processes, built and begun in {:.1f} ms\n"
                    "events:     {} in {:.3f} s, {:.0f} ns each, {:.3g} /s\ndigest:     {:016x}\nexecution:  {}\n",
                    choice.reason.empty() ? fmt::format("{}, {} thread(s)", choice.executor, choice.threads) : text_of(choice), all.lps, 1e3 * all.build_s / options.futures, all.events,
                    all.run_s, 1e9 * all.run_s / events, events / all.run_s, all.digest, text_of(execution)));
  return Exit::done;
}

}  // namespace app
