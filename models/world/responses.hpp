// The responses and series that the world can be asked for.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "sim/campaign/study_vocabulary.hpp"

namespace world {

/// One number per nation and replication; the order is that of response_names().
enum class Response { resilience_loss, person_days, robustness, time_to_90, incidents, campaigns_attempted, campaigns_deterred, accesses, effects, dwell_time, time_to_contain, queue_wait, attribution_share, attribution_lag, economic_loss, thefts, cascades, recorded_incidents, recurrences, escalation, trust_loss, time_to_restore, severe_thefts, cascade_loss, partnership_cost, theft_days, cascades_from_abroad, campaigns_attracted, technical_share, technical_lag, surprise_campaigns, surprise_damages };

/// Names, units and definitions, in the order of Response.
std::vector<sim::ResponseName> const& response_names();

/// Recorded over time: mean share of service lost, and number of discovered campaigns, per interval of the grid.
enum class Series { service_loss, incidents };

/// Names, units and definitions, in the order of Series.
std::vector<sim::ResponseName> const& series_names();

/// Position of a name in a list of names; broken contract if it is missing (studies are checked before).
std::size_t position(std::vector<sim::ResponseName> const& names, std::string_view name);

}  // namespace world
