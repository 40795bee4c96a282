#include <fmt/format.h>

#include <bit>

#include "sim/app/commands.hpp"
#include "sim/app/console.hpp"
#include "sim/app/trace.hpp"
#include "sim/app/world_study.hpp"
#include "sim/base/error.hpp"
#include "sim/campaign/run_replication.hpp"
#include "sim/exec/executors.hpp"
#include "sim/io/checksum.hpp"
#include "sim/io/results_file.hpp"

namespace app {

namespace {

std::string_view text_of(sim::ReplicationStatus status) {
  switch (status) {
    case sim::ReplicationStatus::done: return "done";
    case sim::ReplicationStatus::failed: return "failed";
    case sim::ReplicationStatus::censored: return "censored";
  }
  return "unknown";
}

/// Collects what differs between the file and the replay.
class Comparison {
 public:
  void text(std::string_view what, std::string_view in_file, std::string_view now) {
    if (in_file != now) differences_.push_back(fmt::format("{}: {} in the file, {} now", what, in_file, now));
  }
  /// Equal to the bit; one NaN is as good as another.
  void number(std::string_view what, double in_file, double now) {
    bool const both_undefined = in_file != in_file && now != now;
    if (both_undefined || std::bit_cast<std::uint64_t>(in_file) == std::bit_cast<std::uint64_t>(now)) return;
    differences_.push_back(fmt::format("{}: {:.17g} in the file, {:.17g} now", what, in_file, now));
  }
  std::vector<std::string> const& differences() const { return differences_; }

 private:
  std::vector<std::string> differences_;
};

void compare_responses(sim::ResultsFile const& file, std::size_t row, sim::ReplicationRecord const& now,
                       Comparison& comparison) {
  sim::ResultSchema const& schema = file.schema();
  if (now.responses.size() != sim::response_width(schema)) return;  // not finished: the status tells
  for (std::size_t i = 0; i < schema.responses.size(); ++i) {
    auto const& info = schema.responses[i];
    auto const stored = file.response(info.name, {row, 1});
    std::size_t const offset = sim::response_offset(schema, i);
    for (std::size_t n = 0; n < stored.size(); ++n) {
      std::string const what = info.per_nation ? info.name + " of " + schema.nations[n] : info.name;
      comparison.number(what, stored[n], now.responses[offset + n]);
    }
  }
}

Comparison compare(sim::ResultsFile const& file, sim::ReplicationRecord const& now) {
  std::size_t const row = file.row_of(now.key);
  Comparison comparison;
  comparison.text("status", text_of(file.status()[row]), text_of(now.status));
  comparison.text("digest", sim::to_hex(file.digests()[row]), sim::to_hex(now.digest));
  comparison.text("digest before the first difference", sim::to_hex(file.digests_before()[row]),
                  sim::to_hex(now.digest_before));
  comparison.number("events", file.events()[row], now.events);
  compare_responses(file, row, now, comparison);
  return comparison;
}

/// Says beforehand why a replay by another program may differ.
void warn_of_another_build(sim::ResultsFile const& file, sim::ResultSchema const& schema) {
  if (sim::fingerprint_of(sim::build_info(), schema) == file.fingerprint()) return;
  complain(fmt::format("the file was made by another build ({}{}) or other data: differences are possible\n",
                       file.build().commit, file.build().dirty ? ", modified" : ""));
}

sim::ReplicationRecord run_again(WorldStudy const& study, sim::ReplicationKey key, ReplayOptions const& options) {
  auto const executor = sim::make_executor(options.executor);
  auto const run = [&](sim::Scenario const& scenario) {
    return *sim::run_replication(scenario, scenario.prepare(key.future), key, *executor, study.study.event_limit,
                                 nullptr);
  };
  if (options.trace.empty()) return run(*study.scenario);
  TracedScenario traced(*study.scenario, options.trace);
  sim::ReplicationRecord record = run(traced);
  traced.finish();
  return record;
}

}  // namespace

Exit replay(ReplayOptions const& options) {
  sim::ResultsFile const file(options.results);
  sim::ReplicationKey const key{options.point, options.future, options.replication};
  (void)file.row_of(key);
  WorldStudy const study = open_study_text(options.results + " (resolved study)", file.schema().resolved_study);
  warn_of_another_build(file, study.scenario->schema());

  sim::ReplicationRecord const record = run_again(study, key, options);
  Comparison const comparison = compare(file, record);
  print(fmt::format("point {} ({}), future {}, replication {}: {}, {:.0f} events, digest {}\n", key.point,
                    file.schema().treatments[key.point].name, key.future, key.replication, text_of(record.status),
                    record.events, sim::to_hex(record.digest)));
  if (!record.message.empty()) print(record.message + "\n");
  if (comparison.differences().empty()) {
    print("the same as in the file, to the bit\n");
    return Exit::done;
  }
  for (std::string const& difference : comparison.differences()) complain("different " + difference + "\n");
  return Exit::verification_differs;
}

}  // namespace app
