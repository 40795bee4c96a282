#include "models/queue/queue.hpp"

#include <algorithm>

#include "sim/base/pool.hpp"

namespace queue {

namespace {

double in_seconds(sim::Duration span) {
  return static_cast<double>(span.ticks) / static_cast<double>(sim::second.ticks);
}

/// An exponential span of at least one tick.
sim::Duration exponential(sim::RngStream rng, double rate) {
  double const ticks = rng.exponential(static_cast<double>(sim::second.ticks) / rate);
  return std::max(sim::tick, sim::Duration{static_cast<std::int64_t>(ticks + 0.5)});
}

/// Adds the area since the last change of the queue's length.
void account(Station::State& state, sim::Time now) {
  state.waiting_time += state.length * in_seconds(now - state.last_change);
  state.last_change = now;
}

}  // namespace

void Source::init(State&, sim::Context<Source>& context) const {
  context.schedule(exponential(context.rng(Draw::gap), parameters.arrival_rate), Departure{});
}

void Source::on(Departure const&, State&, sim::Context<Source>& context) const {
  context.send(station, walk, Arrival{});
  context.schedule(exponential(context.rng(Draw::gap), parameters.arrival_rate), Departure{});
}

void Station::init(State& state, sim::Context<Station>& context) const { state.last_change = context.now(); }

void Station::begin_service(State& state, sim::Context<Station>& context, sim::Duration wait) const {
  ++state.begun;
  context.observe(ServiceBegin{in_seconds(wait)});
  context.schedule(exponential(context.rng(Draw::service), parameters.service_rate), ServiceEnd{});
}

void Station::on(Arrival const&, State& state, sim::Context<Station>& context) const {
  if (state.busy < parameters.servers) {
    ++state.busy;
    return begin_service(state, context, {});
  }
  if (state.length == capacity) throw sim::PoolOverflow("waiting customers", capacity);
  account(state, context.now());
  state.waiting[(state.first + state.length++) % capacity] = context.now();
}

void Station::on(ServiceEnd const&, State& state, sim::Context<Station>& context) const {
  if (state.length == 0) {
    --state.busy;
    return;
  }
  account(state, context.now());
  sim::Time const arrived = state.waiting[state.first];
  state.first = (state.first + 1) % capacity;
  --state.length;
  begin_service(state, context, context.now() - arrived);
}

Model build(Parameters const& parameters, sim::ReplicationStream const& stream) {
  sim::World world({.lookahead = walk, .stream = stream});
  auto const station = world.add(Station{parameters}, "only");
  world.add(Source{parameters, station}, "only");
  return {std::move(world), station};
}

}  // namespace queue
