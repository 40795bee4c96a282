#include "models/exercise/camp.hpp"

#include <algorithm>

#include "sim/base/math.hpp"

namespace exercise {

std::uint32_t Camp::weight(std::uint32_t system) const {
  return is_critical(rules, system) ? static_cast<std::uint32_t>(rules.critical_weight) : 1;
}

double Camp::access_chance(double chance) const {
  return sim::math::logistic(sim::math::logit(chance) - rules.prevent_slope * team.prevent);
}

double Camp::learnt() const {
  double const share = rules.rehearsal_learning * (team.joint != 0 ? rules.joint_learning : 1);
  return 1 - sim::math::pow(1 - share, team.rehearsals);
}

double Camp::speed(double skill, double slope) const {
  double const friction = team.joint != 0 ? rules.joint_friction : 0;
  return sim::math::exp(slope * skill) * sim::math::pow(rules.rehearsal_gain, learnt()) * (1 - friction);
}

sim::Duration span(double hours) {
  // Nothing that begins so late happens within the longest exercise of 60 days.
  constexpr double hours_max = 1e6;
  return std::max(sim::tick, sim::from_days(std::min(hours, hours_max) / 24));
}

sim::Duration hours(double hours) { return std::max(delay, span(hours)); }

double lognormal_at(double mark, double median, double log_sd) {
  return median * sim::math::exp(log_sd * sim::math::normal_quantile(mark));
}

}  // namespace exercise
