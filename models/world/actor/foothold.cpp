#include "models/world/actor/foothold.hpp"

#include <algorithm>
#include <cmath>

#include "models/decision/flip_rates.hpp"
#include "sim/base/math.hpp"

namespace world {

Foothold contest(Setting const& setting, int nation, double day) {
  Parameters const& p = setting.parameters;
  double const renewals = sim::math::exp(p.respond_slope * setting.capability(nation, Capability::respond, day)) / p.renewal_period_days;
  return {renewals, decision::best_flip_rate(decision::FlipPlay::periodic, p.retake_cost_days, renewals)};
}

double Foothold::control() const { return decision::flip_control(decision::FlipPlay::periodic, retakes, renewals); }

double Foothold::days_in_control(double days, double phase) const {
  double const period = 1 / renewals, first = phase * period;
  if (retakes <= 0) return std::min(first, days);
  double held = 0;
  for (int move = 0; move / retakes < days; ++move) {
    double const taken = move / retakes, left = std::min((move + 1) / retakes, days);
    double const lost = first + std::max(0.0, std::ceil((taken - first) / period)) * period;
    held += std::clamp(lost, taken, left) - taken;
  }
  return held;
}

}  // namespace world
