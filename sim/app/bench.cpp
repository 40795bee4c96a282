#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sim/app/bench_phold.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/app/execution_report.hpp"
#include "sim/exec/executors.hpp"

namespace app {

Exit bench_phold(BenchPholdOptions const& options) {
  auto const executor = sim::make_executor(options.executor, options.threads);
  phold::BenchOptions const load{.lps = options.lps,
                                 .events_per_lp = options.events_per_lp,
                                 .lookahead = options.lookahead,
                                 .remote = options.remote,
                                 .end = options.end,
                                 .seed = options.seed};
  phold::BenchResult const result = sim::bench_phold(load, *executor);
  sim::WorkDone work;
  work.add(*executor, {});
  sim::RunExecution const execution = execution_of(work, result.seconds);
  if (options.json) {
    nlohmann::ordered_json const json{{"executor", options.executor},
                                      {"threads", options.threads},
                                      {"lps", options.lps},
                                      {"events", result.events},
                                      {"seconds", result.seconds},
                                      {"events_per_second", result.events_per_second()},
                                      {"ratio_to_yardstick", result.ratio_to_yardstick()},
                                      {"digest", fmt::format("{:016x}", result.digest)},
                                      {"execution", nlohmann::ordered_json::parse(json_text(execution))}};
    print(json.dump(2) + "\n");
    return Exit::done;
  }
  print(fmt::format("executor:   {}\nevents:     {} in {:.3f} s, {:.1f} ns each, {:.3g} /s\n"
                    "yardstick:  {} in {:.3f} s, {:.1f} ns each; ratio {:.3f}\ndigest:     {:016x}\nexecution:  {}\n",
                    options.executor, result.events, result.seconds,
                    1e9 * result.seconds / static_cast<double>(result.events), result.events_per_second(),
                    result.yardstick_events, result.yardstick_seconds,
                    1e9 * result.yardstick_seconds / static_cast<double>(result.yardstick_events),
                    result.ratio_to_yardstick(), result.digest, text_of(execution)));
  return Exit::done;
}

}  // namespace app
