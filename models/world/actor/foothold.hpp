// A spy's foothold that its owner takes back again and again: how often each side moves, and when the spy is in control.
#pragma once

#include "models/world/setting.hpp"

namespace world {

/// FlipIt (van Dijk, Juels, Oprea and Rivest 2013) for one intrusion: neither side sees the other's moves. The defender renews
/// credentials and systems on a calendar whose phase the spy does not know; the spy answers with its best rate of retaking.
struct Foothold {
  double renewals = 0;  // [1/d]
  double retakes = 0;   // [1/d]; 0: not worth its cost, the first renewal ends the theft

  /// Share of a long time in which the spy is in control.
  double control() const;
  /// Days in control of the first `days` after access, where the first renewal comes `phase` (0 to 1) of a period after it.
  double days_in_control(double days, double phase) const;
};

/// The contest for a foothold gained on `day` in `nation`.
Foothold contest(Setting const& setting, int nation, double day);

}  // namespace world
