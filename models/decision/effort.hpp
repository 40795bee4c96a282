// How much to spend on a defence that others share: the best reply to what they spend.
#pragma once

#include <cstdint>

namespace decision {

/// How efforts add up to protection (J. Hirshleifer, Public Choice 41:371, 1983; H. Varian, "System reliability and
/// free riding", 2004).
enum class Sharing : std::uint8_t {
  total,    // by their sum
  weakest,  // by the smallest of them
  best      // by the largest of them: the best shot
};

/// Effort that an agent makes alone: protection 1 - exp(-x) is worth `benefit`, a unit of effort costs `cost`;
/// ln(benefit / cost), at least 0.
double effort_alone(double benefit, double cost);

/// Best reply to the others: `others` is the sum (total), the smallest (weakest) or the largest (best) of their
/// efforts; `alone` is effort_alone. Best shot: all or nothing, as an effort below the largest of the others is wasted.
double best_effort(Sharing sharing, double alone, double others);

}  // namespace decision
