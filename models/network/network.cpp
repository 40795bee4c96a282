#include "models/network/network.hpp"

#include <algorithm>

namespace network {

sim::Duration service_span(Parameters const& parameters, double uniform) {
  double const ticks = -static_cast<double>(parameters.service.ticks) * sim::math::log(1 - uniform);
  return std::max(sim::tick, sim::Duration{static_cast<std::int64_t>(ticks + 0.5)});
}

void Station::begin_service(sim::Context<Station>& context) const {
  context.schedule(service_span(*parameters, context.rng(Draw::service).uniform()), ServiceEnd{});
}

void Station::init(State& state, sim::Context<Station>& context) const {
  state.jobs = state.jobs_max = parameters->jobs_per_station;
  if (state.jobs > 0) begin_service(context);
}

void Station::on(Arrival const&, State& state, sim::Context<Station>& context) const {
  if (++state.jobs == 1) begin_service(context);
  state.jobs_max = std::max(state.jobs_max, state.jobs);
}

void Station::on(ServiceEnd const&, State& state, sim::Context<Station>& context) const {
  ++state.served;
  sim::LpId const next{context.rng(Draw::route).below(parameters->stations)};
  context.send(sim::LpRef<Station>{next}, parameters->link, Arrival{});
  if (--state.jobs > 0) begin_service(context);
}

sim::World build(Parameters const& parameters, std::uint64_t seed) {
  sim::World world({.lookahead = parameters.link, .stream = {.seed = seed}});
  world.reserve(parameters.stations);
  for (std::uint32_t station = 0; station < parameters.stations; ++station) {
    world.add(Station{&parameters}, std::to_string(station));
  }
  return world;
}

}  // namespace network
