// Incidents over time: by month over all histories, and one by one in a few histories.
#pragma once

#include <optional>

#include "analysis/report/analysis.hpp"
#include "analysis/report/incident_source.hpp"

namespace analysis {

/// Incidents of one nation per month under one treatment: mean and quantiles over its histories. Arrays are [months].
struct MonthlyIncidents {
  std::size_t nation = 0, treatment = 0;
  std::string kind;  // "incidents", "severe" (severity 4 and above), "attributed" (a culprit named in that month)
  std::vector<double> mean, q05, q95;
};

/// One thing that happened in a history.
struct TimelineEvent {
  std::string date;         // YYYY-MM-DD
  std::string kind;         // "incident": found; "effect": found by its effect; "attribution": a culprit named
  std::string actor, objective, vector, sector, cause, attribution;  // labels of the incident table; empty where it has none
  std::optional<int> severity, recorded;
  double dwell = undefined;  // [d]
  std::string incident;      // id, 16 digits in hex
};

/// One history told event by event, in the order of dates.
struct TimelineHistory {
  std::string label;        // "typical", "worst", "best"
  sim::ReplicationKey key;
  std::size_t nation = 0;
  std::uint64_t digest = 0;
  std::size_t left_out = 0;  // of its events: the least severe, where there are too many
  std::vector<TimelineEvent> events;
};

struct Timeline {
  std::vector<std::string> months;  // YYYY-MM, from the beginning of the record to its end
  std::vector<MonthlyIncidents> aggregated;
  std::vector<TimelineHistory> histories;
};

/// At most so many events in all histories together.
inline constexpr std::size_t most_timeline_events = 3000;

/// Of the headline: its nation, its treatment and the reference. Histories are those of the pairs whose difference is nearest to the median of all
/// pairs, worst and best; ties go to the first. Empty where results have no incidents or the headline compares nothing.
std::optional<Timeline> timeline(ResultsSource const& source, Histories const& histories, Analysis const& analysis);

}  // namespace analysis
