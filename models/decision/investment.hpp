// How much to spend on security: the firm of Gordon and Loeb buys as long as the next unit saves more than it costs.
#pragma once

#include <cstdint>

namespace decision {

/// How spending lowers the chance of a breach.
enum class BreachClass : std::uint8_t {
  one,  // S(z) = v / (alpha z + 1)^beta
  two   // S(z) = v^(alpha z + 1)
};

/// L. A. Gordon and M. P. Loeb, "The economics of information security investment", ACM TISSEC 5:438 (2002).
struct Investment {
  BreachClass breach_class = BreachClass::one;
  double productivity = 0;   // alpha [1/money]
  double exponent = 1;       // beta, of class one
  double vulnerability = 0;  // v: chance of a breach without spending, below 1
  double loss = 0;           // L, of a breach [money]

  /// Chance of a breach at spending z >= 0.
  double breach_probability(double spending) const;
  /// Loss that the next unit of money averts; falls with spending.
  double marginal_benefit(double spending) const;
  /// True if the next unit averts more than a unit.
  bool is_worth_more(double spending) const { return marginal_benefit(spending) > 1; }
  /// The best spending: 0, or where the next unit averts just a unit; found by halving, never above v L.
  double best_spending() const;
};

/// The same of class one with exponent 1, times alpha, where `stakes` is alpha L: sqrt(v alpha L) - 1, at least 0.
double best_effort_of_class_one(double vulnerability, double stakes);

}  // namespace decision
