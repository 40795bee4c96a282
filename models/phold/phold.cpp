#include "models/phold/phold.hpp"

namespace phold {

namespace {

sim::Duration increment(Parameters const& parameters, sim::RngStream& rng) {
  double const mean = static_cast<double>(parameters.mean.ticks - parameters.lookahead.ticks);
  return parameters.lookahead + sim::Duration{static_cast<std::int64_t>(rng.exponential(mean))};
}

}  // namespace

void Process::init(State&, sim::Context<Process>& context) const {
  for (std::uint32_t job = 0; job < parameters->jobs_per_lp; ++job) {
    auto rng = context.rng(Draw::hop);
    context.schedule(increment(*parameters, rng), Job{});
  }
}

void Process::on(Job const&, State& state, sim::Context<Process>& context) const {
  ++state.jobs_seen;
  auto rng = context.rng(Draw::hop);
  sim::Duration const delay = increment(*parameters, rng);
  bool const remote = rng.bernoulli(parameters->remote);
  sim::LpRef<Process> const other{sim::LpId{rng.below(parameters->lps)}};
  context.send(remote ? other : context.self(), delay, Job{});
}

sim::World build(Parameters const& parameters, std::uint64_t seed) {
  sim::World world({.lookahead = parameters.lookahead, .stream = {.seed = seed}});
  world.reserve(parameters.lps);
  for (std::uint32_t lp = 0; lp < parameters.lps; ++lp) world.add(Process{&parameters}, std::uint64_t{lp});
  return world;
}

}  // namespace phold
