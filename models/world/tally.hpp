// What is counted for one nation in one window, and the responses made from it.
#pragma once

#include <array>

#include "models/world/controls.hpp"
#include "models/world/responses.hpp"
#include "models/world/setting.hpp"

namespace world {

/// Sums over the committed rows of one nation within a window.
struct Tally {
  double loss_days = 0;           // integral of 1 - service
  double lowest_level = 1;
  double indirect_days = 0;       // of the nation's value added
  double case_cost_musd = 0;
  double recovery_days = 0, recoveries = 0;
  double incidents = 0, intrusions = 0, state_incidents = 0, effects = 0, thefts = 0, recorded = 0, dwell_days = 0;
  double attempted = 0, deterred = 0, accesses = 0;
  double contain_days = 0, contained = 0;
  double wait_days = 0, started = 0;
  double named = 0, lag_days = 0;
  double cascades = 0, from_abroad = 0;
  double inherited_days = 0;      // part of loss_days through providers
  double restore_days = 0;        // waits and time constants of the repairs in `recoveries`
  double severe_thefts = 0;
  double away_days = 0;           // servers with partners
  double attracted = 0, attributed = 0, attribution_days = 0;  // technical attributions and their lags
  double recurrences = 0;
  double highest_level = 0;       // of the escalation ladder
  double trust_loss_days = 0;     // integral of the deficit [logit d]
  double theft_days = 0;
  std::array<double, control_count> surprises{};  // [Control], service-days
};

/// Value of a response for `nation`; always finite.
double value_of(Response response, Tally const& tally, Setting const& setting, int nation);

}  // namespace world
