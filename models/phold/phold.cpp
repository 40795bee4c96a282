#include "models/phold/phold.hpp"

#include "models/phold/hop.hpp"

namespace phold {

void Process::init(State&, sim::Context<Process>& context) const {
  for (std::uint32_t job = 0; job < parameters->jobs_per_lp; ++job) {
    context.schedule(increment(*parameters, context.now(), context.rng(Draw::hop).uniform()), Job{});
  }
}

void Process::on(Job const&, State& state, sim::Context<Process>& context) const {
  ++state.jobs_seen;
  auto const self = static_cast<std::uint32_t>(context.self().id);
  state.burnt = burn(*parameters, self, state.burnt);
  auto rng = context.rng(Draw::hop);
  Hop const hop = next_hop(*parameters, context.now(), self, rng);
  context.send(sim::LpRef<Process>{sim::LpId{hop.to}}, hop.delay, Job{});
}

sim::World build(Parameters const& parameters, std::uint64_t seed) {
  sim::World world({.lookahead = parameters.lookahead, .stream = {.seed = seed}});
  world.reserve(parameters.lps);
  for (std::uint32_t lp = 0; lp < parameters.lps; ++lp) world.add(Process{&parameters}, std::uint64_t{lp});
  if (parameters.load == Load::regions && parameters.lps >= 2) {
    sim::Duration const near = parameters.lookahead, far = near + parameters.mean;
    world.set_regions({.first = {0, parameters.lps / 2}, .lookahead = {near, far, far, near}});
  }
  return world;
}

}  // namespace phold
