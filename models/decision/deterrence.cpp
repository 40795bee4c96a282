#include "models/decision/deterrence.hpp"

#include <algorithm>

#include "sim/base/math.hpp"

namespace decision {

double Deterrence::share_above(double gain) const {
  if (gain <= 0) return 1;
  return gains == Gains::uniform ? std::max(0.0, 1 - gain) : sim::math::exp(-gain);
}

double Deterrence::gain_at(double uniform) const {
  return gains == Gains::uniform ? uniform : -sim::math::log(1 - uniform);
}

Deterrence::Beliefs Deterrence::beliefs(double cutoff) const {
  double const each = opportunity / attackers * share_above(cutoff);  // chance that a given attacker attacks
  double const others = attackers - 1;
  double const at_one_other = attackers > 1 ? wrong / others : 0;
  // Chance of the signal that points at one given attacker.
  double const signal = (1 - attackers * each) * false_alarm + each * right + others * each * at_one_other;
  if (signal <= 0) return {0, 0};
  return {each * right / signal, each * at_one_other / signal};
}

double Deterrence::added_retaliation(double cutoff) const {
  // Liking uniform on [0, 1]: retaliation has the chance of the belief itself.
  Beliefs const belief = beliefs(cutoff);
  double const others = attackers - 1;
  return (right - false_alarm) * belief.at_him + (wrong - others * false_alarm) * belief.at_other;
}

double Deterrence::best_cutoff() const {
  double low = 0, high = cost;
  for (int i = 0; i < 200; ++i) {
    double const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;  // neighbours
    (cost * added_retaliation(middle) > middle ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace decision
