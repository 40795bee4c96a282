#include "models/decision/effort.hpp"

#include <algorithm>

#include "sim/base/math.hpp"

namespace decision {

double effort_alone(double benefit, double cost) { return std::max(0.0, sim::math::log(benefit / cost)); }

double best_effort(Sharing sharing, double alone, double others) {
  if (sharing == Sharing::total) return std::max(0.0, alone - others);
  if (sharing == Sharing::weakest) return std::min(alone, others);
  // In units of the cost: its own effort leaves exp(alone) exp(-alone) = 1 of the worth at risk and costs alone, theirs
  // leaves exp(alone - others) and costs nothing.
  return sim::math::exp(alone - others) > 1 + alone ? alone : 0;
}

}  // namespace decision
