#include <fmt/format.h>

#include <algorithm>

#include "sim/app/commands.hpp"
#include "sim/app/comparison.hpp"
#include "sim/app/console.hpp"
#include "sim/app/stop_signals.hpp"
#include "sim/app/world_study.hpp"
#include "sim/campaign/run_replication.hpp"
#include "sim/exec/executors.hpp"

namespace app {

namespace {

/// Runs `count` replications, spread evenly over the file, again; exit code 4 if any differs.
Exit recompute(sim::ResultsFile const& file, std::string const& path, std::size_t count) {
  WorldStudy const study = open_study_text(path + " (resolved study)", file.schema().resolved_study);
  warn_of_another_build(file, study.scenario->schema());
  auto const executor = sim::make_executor("sequential");
  StopSignals const signals;
  std::size_t different = 0;
  for (std::size_t i = 0; i < count; ++i) {
    sim::ReplicationKey const key = file.keys()[i * file.rows() / count];
    auto const again = sim::run_replication(*study.scenario, study.scenario->prepare(key.future), key, *executor,
                                            study.study.event_limit, &signals.request());
    if (!again || (signals.request() != sim::StopRequest::none && i + 1 < count)) return Exit::stopped_early;
    std::vector<std::string> const found = differences(file, *again);
    if (found.empty()) continue;
    ++different;
    complain(fmt::format("point {}, future {}, replication {}:\n", key.point, key.future, key.replication));
    complain_of(found);
  }
  print(fmt::format("recomputed: {} of {} replications, {} differ\n", count, file.rows(), different));
  return different == 0 ? Exit::done : Exit::verification_differs;
}

}  // namespace

Exit verify(VerifyOptions const& options) {
  sim::ResultsFile const file(options.results);
  file.verify();
  print(fmt::format("checksums:  every dataset of {} is as it was written\n", options.results));
  std::size_t const count = std::min<std::size_t>(options.replications, file.rows());
  return count == 0 ? Exit::done : recompute(file, options.results, count);
}

}  // namespace app
