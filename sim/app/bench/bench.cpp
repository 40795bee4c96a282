#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "sim/app/automatic_executor.hpp"
#include "sim/app/bench/bench_load.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/app/execution_report.hpp"
#include "sim/exec/distributed/mpi_session.hpp"
#include "sim/exec/executors.hpp"

namespace app {

namespace {

sim::ExecutorChoice choose_for(sim::BenchLoad const& load, unsigned threads) {
  sim::World world = load.build();
  sim::NoRows rows;
  return choose_for(Pilot{world, rows, sim::Time{}, sim::Time{} + load.end}, threads);
}

/// `Options`: those of `bench phold` or of `bench network`.
template <class Options>
Exit bench_beside_yardstick(Options const& options, sim::BenchLoad const& load) {
  sim::ExecutorChoice choice{options.executor, std::max(1U, options.threads), ""};
  if (options.executor == automatic) choice = choose_for(load, options.threads);
  auto const executor = sim::make_executor(choice.executor, choice.threads);
  sim::BenchResult const result = sim::bench(load, *executor);
  sim::WorkDone work;
  work.add(*executor, {});
  sim::RunExecution const execution = execution_of(work, result.seconds);
  if (options.json) {
    nlohmann::ordered_json json{{"executor", choice.executor},
                                {"threads", choice.threads},
                                {"lps", options.lps},
                                {"events", result.events},
                                {"seconds", result.seconds},
                                {"events_per_second", result.events_per_second()},
                                {"ratio_to_yardstick", result.ratio_to_yardstick()},
                                {"digest", fmt::format("{:016x}", result.digest)},
                                {"execution", nlohmann::ordered_json::parse(json_text(execution))}};
    if (options.executor == "distributed") json["ranks"] = sim::rank_count();
    print(json.dump(2) + "\n");
    return Exit::done;
  }
  print(fmt::format("executor:   {}\nevents:     {} in {:.3f} s, {:.1f} ns each, {:.3g} /s\n"
                    "yardstick:  {} in {:.3f} s, {:.1f} ns each; ratio {:.3f}\ndigest:     {:016x}\nexecution:  {}\n",
                    choice.reason.empty() ? choice.executor : text_of(choice), result.events, result.seconds,
                    1e9 * result.seconds / static_cast<double>(result.events), result.events_per_second(),
                    result.yardstick_events, result.yardstick_seconds,
                    1e9 * result.yardstick_seconds / static_cast<double>(result.yardstick_events),
                    result.ratio_to_yardstick(), result.digest, text_of(execution)));
  return Exit::done;
}

}  // namespace

Exit bench_phold(BenchPholdOptions const& options) {
  return bench_beside_yardstick(options, sim::bench_load(phold::BenchOptions{.lps = options.lps,
                                                                             .events_per_lp = options.events_per_lp,
                                                                             .lookahead = options.lookahead,
                                                                             .remote = options.remote,
                                                                             .end = options.end,
                                                                             .seed = options.seed,
                                                                             .load = options.load}));
}

Exit bench_network(BenchNetworkOptions const& options) {
  return bench_beside_yardstick(options, sim::bench_load(network::BenchOptions{.lps = options.lps,
                                                                               .events_per_lp = options.events_per_lp,
                                                                               .lookahead = options.lookahead,
                                                                               .end = options.end,
                                                                               .seed = options.seed}));
}

}  // namespace app
