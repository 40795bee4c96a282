// What follows from a campaign's objective: whether it shows itself, how fast it is found, how long it stays open.
#pragma once

#include "models/world/setting.hpp"
#include "sim/base/math.hpp"

namespace world {

/// True if the campaign ends in a visible effect on service.
constexpr bool reveals(Objective o) {
  return o == Objective::disruption || o == Objective::degradation || o == Objective::ransomware;
}

/// Delay from access to effect of a campaign that reveals itself: lognormal (equations 6.0).
struct EffectDelay {
  double median_days, log_sd;
};
constexpr EffectDelay effect_delay(Objective o) {
  switch (o) {
    case Objective::degradation: return {120, 1.4};
    case Objective::ransomware: return {1, 1.22};
    default: return {1, 1};
  }
}

/// Share of disruptions that take effect at once: denial of service and defacement, DCID methods.
inline constexpr double immediate_share = 0.87;

/// Share of ransomware in criminal campaigns: rises along a logistic from 3 % in 2016 to its share of 2021 (equations 3.9).
inline double ransomware_share(Setting const& setting, double day) {
  double const rise = sim::math::logistic((setting.year(day) - 2018.5) * 2);
  return 0.03 + (setting.parameters.ransomware_share_2021 - 0.03) * rise;
}

/// Factor on the detection hazard of a covert intrusion (equations 6.1); the reference hazard is that of criminals.
constexpr double detection_factor(Objective o, bool criminal) {
  if (criminal) return 1;
  switch (o) {
    case Objective::short_espionage: return 0.5;
    case Objective::long_espionage: return 0.25;
    case Objective::degradation: return 0.35;
    default: return 1;
  }
}

/// Factor on the detection hazard of a campaign that has come back (equations 9.5).
inline constexpr double recurrence_hazard = 1.5;

/// Mean number of open intrusions of a dyad when dwell times are longest, for sizing the shards.
inline double expected_open(Setting const& setting, int actor, int target) {
  double const hazard = setting.hazard(0);
  double days = 0;
  bool const criminal = actor == setting.criminals;
  if (criminal) {
    days = 1 / hazard;
  } else {
    auto const& cdf = setting.objective_cdf[static_cast<std::size_t>(actor)];
    days = ((cdf[1] - cdf[0]) / detection_factor(Objective::short_espionage, false) +
            (cdf[2] - cdf[1]) / detection_factor(Objective::long_espionage, false)) / hazard + (cdf[3] - cdf[2]) * 150;
  }
  double const years = days / 365.25;
  double const back = criminal ? 0 : setting.recurrence(target, 0);
  double const with_recurrences = 1 + back / (1 - back) / recurrence_hazard;
  double const growth = setting.trend(criminal, setting.first_year + 4);
  return setting.rates(actor, target).candidates * setting.access(target, 0) * years * growth * with_recurrences;
}

}  // namespace world
