// Executes one event or one init on a logical process; the only way executors call handlers.
#pragma once

#include "sim/kernel/context.hpp"
#include "sim/kernel/digest.hpp"

namespace sim {

/// Key of an LP's init: sends are counted from 1, so send 0 stands for it.
inline EventKey init_key(WorldTable const& world, LpId lp, Time start) {
  return {start, make_tie(world.salt, {lp, 0})};
}

/// Runs init of `lp` and appends what it sends and records to `output`.
inline void run_init(WorldTable const& world, LpId lp, Time start, HandlerOutput& output) {
  auto const index = static_cast<std::uint32_t>(lp);
  LpBlock& block = world.block(index);
  AgentType const& type = world.type(index);
  HandlerCall call{world, block, lp, init_key(world, lp, start), {}, output};
  type.init(block.agent, block.at(type.state_offset), call);
}

/// Runs the handler of `event`, mixes the event into the LP's digest and appends what is sent and recorded to `output`.
inline void run_handler(WorldTable const& world, EventHeader const& event, HandlerOutput& output) {
  auto const index = static_cast<std::uint32_t>(event.to);
  LpBlock& block = world.block(index);
  AgentType const& type = world.type(index);
  std::byte const* const payload = event_payload(world.layout, event);
  block.digest = mix_event(block.digest, event, payload);
  block.last = event.key.time;
  HandlerCall call{world, block, event.to, event.key, event_cause(world.layout, event), output};
  type.events[event.kind].handle(block.agent, block.at(type.state_offset), payload, call);
}

}  // namespace sim
