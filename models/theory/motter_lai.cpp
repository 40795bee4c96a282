#include "models/theory/motter_lai.hpp"

#include <algorithm>

#include "models/theory/rows.hpp"
#include "sim/kernel/world.hpp"

namespace theory {

namespace {

constexpr double rounding = 1e-9;  // loads are sums of fractions; a node fails only clearly above its capacity

/// Time that one source has: its wave out and the reports back, two ticks a hop.
sim::Duration slot(std::uint32_t nodes) { return sim::Duration{4 * std::int64_t{nodes} + 10}; }

/// Load of place i = 1 ... m on a path of m nodes, both directions, endpoints counted.
double load_on_path(double i, double m) { return 2 * (m - 1) + 2 * (i - 1) * (m - i); }

double load_on_cycle(std::uint32_t nodes) {
  double load = 0;
  for (std::uint32_t steps = 1; steps < nodes; ++steps) load += std::min(steps, nodes - steps) + 1.0;
  return load;
}

/// Largest piece that stays when all nodes above `capacity` fail at once, again and again: only the two ends of a path
/// can hold.
std::uint32_t piece_of_path(std::uint32_t nodes, double capacity) {
  while (true) {
    std::uint32_t end = 0;
    while (end < nodes && load_on_path(end + 1, nodes) <= capacity * (1 + rounding)) ++end;
    if (end == nodes || end == 0) return end;
    nodes = end;
  }
}

Quantities closed_form(Values const& values) {
  std::uint32_t const nodes = values.whole("nodes");
  double const capacity = (1 + values.number("tolerance")) * load_on_cycle(nodes);
  std::uint32_t const middle = nodes / 2;  // of the path of nodes - 1 that is left
  return {{"giant_share", static_cast<double>(piece_of_path(nodes - 1, capacity)) / nodes},
          {"critical_tolerance", load_on_path(middle, nodes - 1) / load_on_cycle(nodes) - 1}};
}

Quantities simulate(Values const& values, sim::ReplicationStream const& stream, sim::Executor& executor) {
  std::uint32_t const nodes = values.whole("nodes");
  std::vector<std::vector<std::uint32_t>> cycle(nodes);
  for (std::uint32_t i = 0; i < nodes; ++i) cycle[i] = {(i + 1) % nodes, (i + nodes - 1) % nodes};
  return {{"giant_share", giant_after_overloads(cycle, values.number("tolerance"), stream, executor)}};
}

}  // namespace

double giant_after_overloads(std::vector<std::vector<std::uint32_t>> const& graph, double tolerance,
                             sim::ReplicationStream const& stream, sim::Executor& executor) {
  auto const nodes = static_cast<std::uint32_t>(graph.size());
  sim::World world({.stream = stream});
  sim::LpRef<LoadConductor> const conductor{sim::LpId{nodes}};
  std::vector<sim::LpRef<LoadNode>> refs;
  for (std::uint32_t i = 0; i < nodes; ++i)
    refs.push_back(world.add(LoadNode{&graph[i], tolerance, nodes, conductor}, std::to_string(i)));
  world.add(LoadConductor{nodes}, "only");
  Rows rows;
  rows.run(executor, world);
  std::uint32_t largest = 0;
  for (auto const ref : refs) {
    if (world.state(ref).has_failed == 0) largest = std::max(largest, world.state(ref).component);
  }
  return static_cast<double>(largest) / nodes;
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
  context.send(conductor, sim::tick,
               LoadConductor::Verdict{state.load, static_cast<std::uint32_t>(context.self().id), fails});
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
  state.failures = 0;
  for (std::uint32_t i = 0; i < nodes; ++i)
    context.send(sim::LpRef<LoadNode>{sim::LpId{i}}, sim::tick, LoadNode::Judge{state.round == 0});
  context.schedule(sim::Duration{4}, Decide{});
}

void LoadConductor::on(Verdict const& verdict, State& state, sim::Context<LoadConductor>& context) const {
  state.failures += verdict.fails;
  if (state.round > 0 || verdict.load < state.highest * (1 - rounding)) return;
  bool const is_tie = verdict.load <= state.highest * (1 + rounding);
  state.ties = is_tie ? state.ties + 1 : 1;
  state.highest = std::max(state.highest, verdict.load);
  if (context.rng(Draw::tie).below(state.ties) == 0) state.busiest = verdict.node;  // each of the busiest is as likely
}

void LoadConductor::on(Decide const&, State& state, sim::Context<LoadConductor>& context) const {
  if (state.round == 0)
    context.send(sim::LpRef<LoadNode>{sim::LpId{state.busiest}}, sim::tick, LoadNode::Remove{});
  else if (state.failures == 0)
    return;
  ++state.round;
  state.source = 0;
  context.schedule(sim::Duration{2}, NextSource{});
}

Theory motter_lai() {
  std::string const vector = "assumed: test vector of the law";
  return {.name = "motter-lai",
          .title = "Cascade of overloads after the loss of a node",
          .law =
              "a cycle that loses a node becomes a path, on which place i of m carries 2(m - 1) + 2(i - 1)(m - i) "
              "paths, endpoints counted; what "
              "exceeds (1 + alpha) times the old load fails, at once and again",
          .agents =
              "nodes that send waves along all shortest paths, count what they carry for others, and fail above their "
              "capacity; the first node to go is "
              "any of the busiest",
          .condition = "the graph is a cycle; other graphs have no closed form and are simulated in the tests",
          .source = "Motter and Lai 2002, Phys. Rev. E 66:065102",
          .parameters = {{"nodes", "1", Kind::whole, 3, 200, "6", "nodes of the cycle", vector},
                         {"tolerance", "1", Kind::number, 0, 100, "0.1",
                          "alpha: spare capacity over the load in the whole cycle", vector}},
          .quantities = {{"giant_share", "1", "share of all nodes in the largest component after the cascade"},
                         {"critical_tolerance", "1", "tolerance above which only the lost node is missing (law only)"}},
          .replications = 4,
          .check = {},
          .closed_form = closed_form,
          .simulate = simulate};
}

}  // namespace theory
