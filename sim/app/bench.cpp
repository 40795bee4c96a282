#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sim/app/bench_phold.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/exec/executors.hpp"
#include "sim/exec/mpi_session.hpp"

namespace app {

Exit bench_phold(BenchPholdOptions const& options) {
  auto const executor = sim::make_executor(options.executor, options.threads);
  phold::BenchOptions const load{.lps = options.lps,
                                 .events_per_lp = options.events_per_lp,
                                 .lookahead = options.lookahead,
                                 .remote = options.remote,
                                 .end = options.end,
                                 .seed = options.seed,
                                 .load = options.load};
  phold::BenchResult const result = sim::bench_phold(load, *executor);
  if (options.json) {
    nlohmann::ordered_json json{{"executor", options.executor},
                                      {"threads", options.threads},
                                      {"lps", options.lps},
                                      {"events", result.events},
                                      {"seconds", result.seconds},
                                      {"events_per_second", result.events_per_second()},
                                      {"ratio_to_yardstick", result.ratio_to_yardstick()},
                                      {"digest", fmt::format("{:016x}", result.digest)}};
    if (options.executor == "distributed") json["ranks"] = sim::rank_count();
    print(json.dump(2) + "\n");
    return Exit::done;
  }
  print(fmt::format("executor:   {}\nevents:     {} in {:.3f} s, {:.1f} ns each, {:.3g} /s\n"
                    "yardstick:  {} in {:.3f} s, {:.1f} ns each; ratio {:.3f}\ndigest:     {:016x}\n",
                    options.executor, result.events, result.seconds,
                    1e9 * result.seconds / static_cast<double>(result.events), result.events_per_second(),
                    result.yardstick_events, result.yardstick_seconds,
                    1e9 * result.yardstick_seconds / static_cast<double>(result.yardstick_events),
                    result.ratio_to_yardstick(), result.digest));
  return Exit::done;
}

}  // namespace app
