#include "models/decision/use_or_hold.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/math.hpp"

namespace decision {

namespace {

/// Chance that the stakes reach a threshold, and the mean of those that do times that chance.
struct Tail {
  double probability;
  double mean;
};

Tail tail(Stakes stakes, double threshold) {
  double const from = std::max(threshold, 0.0);
  switch (stakes) {
    case Stakes::uniform: {
      double const at = std::min(from, 1.0);
      return {1 - at, (1 - at * at) / 2};
    }
    case Stakes::exponential: {
      double const probability = sim::math::exp(-from);
      return {probability, probability * (from + 1)};
    }
    case Stakes::die:
      break;
  }
  Tail sum{0, 0};
  for (int face = 1; face <= 6; ++face) {
    if (face < from) continue;
    sum.probability += 1.0 / 6;
    sum.mean += face / 6.0;
  }
  return sum;
}

}  // namespace

double UseOrHold::value_of(double threshold) const {
  Tail const used = tail(stakes, threshold);
  return used.mean / (1 - discount * persistence + discount * used.probability * (persistence - stealth));
}

double UseOrHold::threshold_at(double value) const { return std::max(0.0, discount * (persistence - stealth) * value); }

double UseOrHold::best_threshold() const {
  double threshold = 0;
  for (int i = 0; i < 100; ++i) {  // policy iteration: the threshold climbs, in the end with quadratic speed
    double const better = threshold_at(value_of(threshold));
    if (std::fabs(better - threshold) <= 1e-15 * (1 + better)) return better;
    threshold = better;
  }
  return threshold;
}

double UseOrHold::stakes_at(double uniform) const {
  if (stakes == Stakes::uniform) return uniform;
  if (stakes == Stakes::exponential) return -sim::math::log(1 - uniform);
  return std::floor(uniform * 6) + 1;
}

UseOrHold use_or_hold_at_rates(double occasion_rate, double loss_rate, double discount_rate, double stealth) {
  return {Stakes::exponential, 1, stealth, occasion_rate / (occasion_rate + loss_rate + discount_rate)};
}

}  // namespace decision
