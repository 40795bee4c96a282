#include <fmt/format.h>

#include <optional>

#include "sim/app/automatic_executor.hpp"
#include "sim/app/campaign/run_ranks.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/app/results/comparison.hpp"
#include "sim/app/results/recorded_campaign.hpp"
#include "sim/app/results/trace.hpp"
#include "sim/app/stop_signals.hpp"
#include "sim/campaign/run_replication.hpp"
#include "sim/exec/distributed/mpi_session.hpp"
#include "sim/io/checksum.hpp"

namespace app {

namespace {

/// Empty if two signals have asked to drop it.
std::optional<sim::ReplicationRecord> run_again(WorldStudy const& study, sim::ReplicationKey key, ReplayOptions const& options) {
  sim::ExecutorChoice choice{options.executor, 1, ""};
  if (options.executor == automatic) {
    choice = choose_for(*study.scenario, 0);
    complain(fmt::format("executor: {}\n", text_of(choice)));
  }
  require_splitting(study.scenario->schema(), choice.executor);
  StopSignals const signals;
  AgreedStop stop(signals, true);
  auto const executor = stop.make_executor(choice.executor, choice.threads);
  auto const run = [&](sim::Scenario const& scenario) {
    return sim::run_replication(scenario, scenario.prepare(key.future), key, *executor, study.study.event_limit,
                                &stop.request());
  };
  if (options.trace.empty()) return run(*study.scenario);
  // Every rank follows the same events; the first one writes them down.
  TracedScenario traced(*study.scenario, sim::this_rank() == 0 ? options.trace : std::string());
  std::optional<sim::ReplicationRecord> record = run(traced);
  if (record) traced.finish();
  return record;
}

}  // namespace

Exit replay(ReplayOptions const& options) {
  RecordedCampaign campaign(options.results);
  sim::ReplicationKey const key{options.point, options.future, options.replication};
  sim::ReplicationRecord const recorded = campaign.read(key);
  std::optional<sim::ReplicationRecord> again = run_again(campaign.study(), key, options);
  if (!again) return Exit::stopped_early;
  keep_columns(campaign.schema(), campaign.study().scenario->schema(), *again);
  sim::ReplicationRecord const& record = *again;
  std::vector<std::string> const different = differences(campaign.schema(), recorded, record);
  print(fmt::format("point {} ({}), future {}, replication {}: {}, {:.0f} events, digest {}\n", key.point,
                    campaign.schema().treatments[key.point].name, key.future, key.replication, text_of(record.status),
                    record.events, sim::to_hex(record.digest)));
  if (!record.message.empty()) print(record.message + "\n");
  if (different.empty()) {
    print("the same as in the file, to the bit\n");
    return Exit::done;
  }
  complain_of(different);
  return Exit::verification_differs;
}

}  // namespace app
