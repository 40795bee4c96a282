#include "models/theory/overloads.hpp"

#include <algorithm>

#include "models/theory/rows.hpp"
#include "sim/kernel/world.hpp"

namespace theory {

namespace {

constexpr double rounding = 1e-9;  // loads are sums of fractions; a node fails only clearly above its capacity

/// Time that one source has: its wave out and the reports back, two ticks a hop.
sim::Duration slot(std::uint32_t nodes) { return sim::Duration{4 * std::int64_t{nodes} + 10}; }

}  // namespace

double giant_after_overloads(Network const& network, double tolerance, Attack attack,
                             sim::ReplicationStream const& stream, sim::Executor& executor) {
  auto const nodes = static_cast<std::uint32_t>(network.size());
  sim::World world({.stream = stream});
  sim::LpRef<LoadConductor> const conductor{sim::LpId{nodes}};
  for (std::uint32_t i = 0; i < nodes; ++i)
    world.add(LoadNode{&network[i], tolerance, nodes, conductor}, std::to_string(i));
  world.add(LoadConductor{nodes, attack}, "only");
  Rows rows;
  rows.run(executor, world);
  LoadConductor::State const& end = world.state(conductor);
  return static_cast<double>(end.largest) / end.whole;
}

void LoadNode::begin(State& state, std::uint32_t source, std::uint32_t hops, double paths,
                     sim::Context<LoadNode>& context) const {
  state.source = source;
  state.hops = hops;
  state.paths = paths;
  state.carried = 0;
  context.schedule(sim::tick, Forward{});
  // The furthest report first: a node `hops` away from the source has heard all others when its turn comes.
  context.schedule(sim::Duration{4 * (std::int64_t{nodes} - hops) + 4}, Report{});
}

void LoadNode::on(Launch const&, State& state, sim::Context<LoadNode>& context) const {
  if (state.has_failed == 0) begin(state, static_cast<std::uint32_t>(context.self().id), 0, 1, context);
}

void LoadNode::on(Wave const& wave, State& state, sim::Context<LoadNode>& context) const {
  if (state.has_failed != 0) return;
  if (state.source != wave.source)
    begin(state, wave.source, wave.hops, wave.paths, context);
  else if (state.hops == wave.hops)
    state.paths += wave.paths;
}

void LoadNode::on(Forward const&, State& state, sim::Context<LoadNode>& context) const {
  for (std::uint32_t const to : *neighbours) {
    context.send(sim::LpRef<LoadNode>{sim::LpId{to}}, sim::tick, Wave{state.paths, state.source, state.hops + 1});
  }
}

void LoadNode::on(Report const&, State& state, sim::Context<LoadNode>& context) const {
  if (state.hops == 0) {
    state.load += state.carried;  // as the start of a path to each node that its wave has reached
    state.component = static_cast<std::uint32_t>(state.carried + 1.5);
    return;
  }
  state.load += state.carried + 1;  // as the end of a path, too
  for (std::uint32_t const to : *neighbours) {
    context.send(sim::LpRef<LoadNode>{sim::LpId{to}}, sim::tick,
                 Credit{(1 + state.carried) / state.paths, state.source, state.hops - 1});
  }
}

void LoadNode::on(Credit const& credit, State& state, sim::Context<LoadNode>&) const {
  if (state.has_failed != 0 || state.source != credit.source || state.hops != credit.hops) return;
  state.carried += state.paths * credit.per_path;
}

void LoadNode::on(Judge const& judge, State& state, sim::Context<LoadNode>& context) const {
  if (state.has_failed != 0) return;
  if (judge.is_first != 0) state.capacity = (1 + tolerance) * state.load;
  bool const fails = state.load > state.capacity * (1 + rounding);
  state.has_failed = fails;
  context.send(
      conductor, sim::tick,
      LoadConductor::Verdict{state.load, static_cast<std::uint32_t>(context.self().id), state.component, fails});
  state.load = 0;
  state.source = ~std::uint32_t{0};
}

void LoadNode::on(Remove const&, State& state, sim::Context<LoadNode>&) const { state.has_failed = 1; }

void LoadConductor::init(State&, sim::Context<LoadConductor>& context) const {
  context.schedule(sim::tick, NextSource{});
}

void LoadConductor::on(NextSource const&, State& state, sim::Context<LoadConductor>& context) const {
  if (state.source < nodes) {
    context.send(sim::LpRef<LoadNode>{sim::LpId{state.source++}}, sim::tick, LoadNode::Launch{});
    return context.schedule(slot(nodes), NextSource{});
  }
  state.failures = state.largest = 0;
  for (std::uint32_t i = 0; i < nodes; ++i)
    context.send(sim::LpRef<LoadNode>{sim::LpId{i}}, sim::tick, LoadNode::Judge{state.round == 0});
  context.schedule(sim::Duration{4}, Decide{});
}

void LoadConductor::on(Verdict const& verdict, State& state, sim::Context<LoadConductor>& context) const {
  state.failures += verdict.fails;
  state.largest = std::max(state.largest, verdict.component);
  if (state.round > 0) return;
  bool const is_free = attack == Attack::random;
  if (!is_free && verdict.load < state.highest * (1 - rounding)) return;
  bool const is_tie = is_free || verdict.load <= state.highest * (1 + rounding);
  state.ties = is_tie ? state.ties + 1 : 1;
  state.highest = std::max(state.highest, verdict.load);
  if (context.rng(Draw::target).below(state.ties) == 0) state.target = verdict.node;  // each one is as likely
}

void LoadConductor::on(Decide const&, State& state, sim::Context<LoadConductor>& context) const {
  if (state.round == 0) {
    state.whole = state.largest;
    context.send(sim::LpRef<LoadNode>{sim::LpId{state.target}}, sim::tick, LoadNode::Remove{});
  } else if (state.failures == 0) {
    return;
  }
  ++state.round;
  state.source = 0;
  context.schedule(sim::Duration{2}, NextSource{});
}

}  // namespace theory
