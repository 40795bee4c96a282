#include "models/decision/investment.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/math.hpp"

namespace decision {

double Investment::breach_probability(double spending) const {
  double const z = productivity * spending + 1;
  return breach_class == BreachClass::one ? vulnerability * sim::math::pow(z, -exponent)
                                          : sim::math::pow(vulnerability, z);
}

double Investment::marginal_benefit(double spending) const {
  double const z = productivity * spending + 1;
  if (breach_class == BreachClass::one) {
    return vulnerability * exponent * productivity * loss * sim::math::pow(z, -exponent - 1);
  }
  if (vulnerability <= 0) return 0;
  return -productivity * loss * sim::math::log(vulnerability) * sim::math::pow(vulnerability, z);
}

double Investment::best_spending() const {
  if (!is_worth_more(0)) return 0;
  double low = 0, high = vulnerability * loss;
  for (int i = 0; i < 200; ++i) {
    double const middle = (low + high) / 2;
    (is_worth_more(middle) ? low : high) = middle;
  }
  return (low + high) / 2;
}

double best_effort_of_class_one(double vulnerability, double stakes) { return std::max(0.0, std::sqrt(vulnerability * stakes) - 1); }

}  // namespace decision
