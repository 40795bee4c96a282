// A theory's own unit of time in ticks of simulated time.
#pragma once

#include <algorithm>

#include "sim/base/contracts.hpp"
#include "sim/base/time.hpp"

namespace theory {

/// Ticks of one unit: fine enough that rounding to ticks is far below every interval.
inline constexpr double ticks_per_unit = 1e9;

/// Nearest whole number of ticks, at least one.
inline sim::Duration span(double units) {
  SIM_CHECK(units >= 0 && units < 9e9);
  return std::max(sim::tick, sim::Duration{static_cast<std::int64_t>(units * ticks_per_unit + 0.5)});
}

/// The span in units.
inline double units(sim::Duration span) { return static_cast<double>(span.ticks) / ticks_per_unit; }

/// Units since the start of the world, which is sim::Time{}.
inline double units(sim::Time time) { return static_cast<double>(time.ticks) / ticks_per_unit; }

}  // namespace theory
