#include "sim/app/design/design_foresight.hpp"

#include <algorithm>
#include <cmath>

#include "sim/campaign/stopping.hpp"

namespace app {

namespace {

/// The study as if the pilot were all of it, with a look at its end.
sim::ResultSchema schema_of_pilot(sim::ResultSchema schema, std::uint32_t histories) {
  schema.futures = histories;
  schema.replications = 1;
  schema.antithetic = false;  // the first half of each pair
  schema.stopping.unit = "futures";
  schema.stopping.counts = {histories};
  return schema;
}

/// Several replications of a future take at most as many futures as one, and at least their part of them.
Foresight foresight_of(sim::LookRow const& row, std::uint32_t histories, std::uint32_t replications, sim::StoppingInfo const& rule) {
  Foresight foresight{.row = row};
  foresight.is_known = std::isfinite(row.needed) && row.lo < row.hi;
  if (!foresight.is_known) return foresight;
  foresight.range = analysis::needed_range(static_cast<std::size_t>(row.needed), histories);
  std::size_t const first = rule.counts.front();
  foresight.is_out_of_reach = foresight.range.lo / replications > rule.counts.back();
  foresight.row.needed = std::max(row.needed, static_cast<double>(first));
  foresight.range = {std::max(foresight.range.lo, first), std::max(foresight.range.hi, first)};
  return foresight;
}

}  // namespace

std::vector<Foresight> foresee(sim::ResultSchema const& schema, std::vector<sim::ReplicationRecord> const& records) {
  std::vector<Foresight> all;
  auto const& rule = schema.stopping;
  if (!rule.is_rule() || records.empty() || (rule.unit == "replications" && schema.futures > 1)) return all;
  std::uint32_t histories = 0;
  for (auto const& record : records) histories = std::max(histories, record.key.future + 1);
  sim::Stopping pilot(schema_of_pilot(schema, histories));
  for (auto const& record : records) pilot.observe(record);
  for (std::uint32_t point = 0; point < schema.treatments.size(); ++point)
    for (std::uint32_t history = 0; history < histories; ++history)  // those that the pilot did not run
      pilot.observe({.key = {point, history, 0}, .status = sim::ReplicationStatus::failed});
  pilot.look();
  for (auto const& row : pilot.info().looks) all.push_back(foresight_of(row, histories, rule.unit == "futures" ? schema.replications : 1, rule));
  return all;
}

}  // namespace app
