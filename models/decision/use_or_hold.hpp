// Use an exploit now or hold it for higher stakes: the threshold that an actor finds by improving its own rule.
#pragma once

#include <cstdint>

/// Decision rules that agents call from inside their handlers; pure functions, the same bits on every machine.
namespace decision {

/// Where the stakes of an occasion come from.
enum class Stakes : std::uint8_t {
  uniform,      // on [0, 1]
  exponential,  // mean 1
  die           // 1 ... 6, all equally likely
};

/// R. Axelrod and R. Iliev, "Timing of cyber conflict", PNAS 111:1298 (2014).
struct UseOrHold {
  Stakes stakes = Stakes::uniform;
  double persistence = 0;  // P: chance that the resource survives an occasion unused
  double stealth = 0;      // S: chance that it survives its use
  double discount = 0;     // w: worth of the next occasion in terms of this one

  /// V of a resource to one who uses it for stakes of at least `threshold`; w P and w S below 1.
  double value_of(double threshold) const;
  /// Stakes from which using beats holding for one to whom the resource is worth `value` from the next occasion on.
  double threshold_at(double value) const;
  /// The best threshold: the rule improved until it stays as it is.
  double best_threshold() const;
  /// Stakes that lie with chance `uniform` on (0, 1) below.
  double stakes_at(double uniform) const;
};

/// The same law in continuous time: occasions with stakes Exp(1) come at `occasion_rate`, an unused resource is lost at
/// `loss_rate`, later stakes are discounted at `discount_rate`, and a use is survived with chance `stealth`. Of the next
/// occasion rate / (sum of the three) is left: w P, and w S that times `stealth`.
UseOrHold use_or_hold_at_rates(double occasion_rate, double loss_rate, double discount_rate, double stealth);

}  // namespace decision
