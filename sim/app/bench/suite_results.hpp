// What `bench suite` has measured, and how it is shown: every run as JSON, ratios of medians' rounds as a table.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "sim/app/bench/suite_memory.hpp"
#include "sim/app/bench/suite_plot.hpp"
#include "sim/app/bench/suite_rows.hpp"

namespace app {

/// Runs of a group: engine -> a run for each round.
struct SuiteRuns {
  std::map<std::string, std::vector<sim::TimedRun>> of;
  std::map<std::string, std::string> missing;  // engine -> why there are none
  /// Digests seen; more than one is a fault.
  std::set<std::uint64_t> digests() const;
};

/// The middle of at least one value.
double median(std::vector<double> values);

/// One load as JSON: all its runs, the digest, and a ratio per row (median of the rounds' ratios, least, greatest, target).
std::string json_text(SuiteGroup const& group, SuiteRuns const& runs);
/// The table's lines of one load.
std::string to_markdown(SuiteGroup const& group, SuiteRuns const& runs);
/// The heading over those lines.
std::string markdown_heading();
/// Adds the load's point to the curves, if it is one.
void add_point(SuiteCurves& curves, SuiteGroup const& group, SuiteRuns const& runs);
/// Memory by engine.
std::string to_markdown(std::map<std::string, SuiteMemory> const& memory);

}  // namespace app
