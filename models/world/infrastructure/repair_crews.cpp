#include "models/world/infrastructure/repair_crews.hpp"

#include <algorithm>

#include "models/world/infrastructure/asset.hpp"

namespace world {

void RepairCrews::init(State& state, sim::Context<RepairCrews>& context) const {
  std::fill(std::begin(state.free_at), std::end(state.free_at), context.now());
}

void RepairCrews::on(Request const& request, State& state, sim::Context<RepairCrews>& context) const {
  sim::Time& free_at = *std::min_element(state.free_at, state.free_at + crews);
  sim::Time const begin = std::max(free_at, context.now());
  context.observe(Wait{sim::in_days(begin - context.now()), nation, sector});
  // Back from the site takes the shortest way.
  free_at = begin + world_lookahead + sim::from_days(request.work_days);
  context.send(directory->assets[static_cast<std::size_t>(request.asset)], free_at - context.now(), Asset::Repaired{});
}

}  // namespace world
