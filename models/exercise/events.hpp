// What the agents of an exercise tell each other.
#pragma once

#include <cstdint>

#include "sim/base/time.hpp"

namespace exercise {

/// Time that every word between agents takes; the world's lookahead.
inline constexpr sim::Duration delay = sim::minute;

/// Red's plan orders an attack. Marks are uniform on (0, 1) and the same for every team.
struct Launch {
  double access;        // mark of getting in
  double stakes;        // what it is worth to red
  double survival;      // mark of a tool that is held back
  double effect;        // mark of the time from access to effect
  std::uint32_t number;
  std::uint32_t system;
  std::uint32_t technique;
  std::uint32_t disrupts;
};

/// An attack reaches a team's perimeter.
struct Attack {
  double access;
  double effect;
  std::uint32_t number;
  std::uint32_t system;
  std::uint32_t technique;  // tools follow the techniques
  std::uint32_t disrupts;
};

/// An attack is inside.
struct Breach {
  double effect;
  std::uint32_t number;
  std::uint32_t technique;
  std::uint32_t disrupts;
  std::uint32_t reserved = 0;
};

/// A team has found a tool out.
struct Burned {
  std::uint32_t tool;
};

/// An incident on this system waits for an analyst.
struct Incident {
  std::uint32_t system;
};

/// An analyst begins to work on the system, at this speed.
struct Treat {
  double speed;
};

/// The analyst is done; what is left to find out is a forensic case.
struct Done {
  std::uint32_t technique;
  std::uint32_t incident;  // names its random numbers
};

/// A service stops, comes back.
struct Down {
  std::uint32_t system;
};
struct Up {
  std::uint32_t system;
};

/// The green team looks at all services.
struct Check {};

/// A simulated user wants a service. Marks are uniform on (0, 1).
struct Visit {
  double sector;
  double success;
};

/// An allied team has found an indicator; it reaches another one.
struct Indicator {
  std::uint32_t technique;
};
struct Shared {
  std::uint32_t technique;
};

/// Something to answer by a deadline.
struct Task {
  sim::Time due;
  double hit;                // share of trust that it takes at once; 0 for all but information operations
  std::uint32_t number;      // names its random numbers
  std::uint32_t is_advice;   // a decision that the legal advisers see first: 1 on the way to them, else 0
};

}  // namespace exercise
