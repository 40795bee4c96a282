// A replication that cannot go on because of its model: what, where, on which event, when.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "sim/base/time.hpp"

namespace sim {

/// A handler's exception or broken rule, with its place.
class ReplicationFailure : public std::runtime_error {
 public:
  ReplicationFailure(std::string_view what, std::string_view agent_name, std::string_view event_kind, Time when)
      : std::runtime_error(std::string(what) + " (agent " + std::string(agent_name) + ", event " +
                           std::string(event_kind) + ", " + to_string(when) + ")"),
        problem(what),
        agent(agent_name),
        event(event_kind),
        time(when) {}

  std::string problem;  // without the place
  std::string agent;    // type/instance
  std::string event;    // kind, or "init"
  Time time;
};

}  // namespace sim
