#include "models/decision/effort.hpp"

#include <algorithm>

#include "sim/base/math.hpp"

namespace decision {

double effort_alone(double benefit, double cost) { return std::max(0.0, sim::math::log(benefit / cost)); }

double best_effort(Sharing sharing, double alone, double others) {
  return sharing == Sharing::total ? std::max(0.0, alone - others) : std::min(alone, others);
}

}  // namespace decision
