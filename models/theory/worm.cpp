#include "models/theory/worm.hpp"

#include <cmath>

#include "models/theory/rows.hpp"
#include "sim/base/math.hpp"
#include "sim/kernel/world.hpp"

namespace theory {

namespace {

constexpr std::uint32_t hosts = 20000;
constexpr double ln2 = 0.69314718055994531;

double logit(double share) { return sim::math::log(share / (1 - share)); }

Quantities closed_form(Values const& values) {
  double const rate = values.number("rate");
  return {{"doubling_time", ln2 / rate}, {"time_to_half", -logit(values.number("initial_share")) / rate}};
}

Quantities simulate(Values const& values, sim::ReplicationStream const& stream, sim::Executor& executor) {
  double const rate = values.number("rate");
  auto const initial = static_cast<std::uint32_t>(std::lround(hosts * values.number("initial_share")));
  std::uint32_t const half = hosts / 2, early = static_cast<std::uint32_t>(std::lround(1.5 * initial));
  sim::World world({.stream = stream});
  world.reserve(hosts + 1);
  sim::LpRef<WormMonitor> const monitor{sim::LpId{hosts}};
  for (std::uint32_t i = 0; i < hosts; ++i) world.add(WormHost{hosts, initial, monitor, i}, std::uint64_t{i});
  world.add(WormMonitor{initial, {early, half}}, "only");
  Rows rows;
  rows.start(executor, world);
  double end = 0;
  while (world.state(monitor).passed_at[1] == 0) executor.run_until(sim::Time{} + span(end += 0.25));
  auto const [early_at, half_at] = world.state(monitor).passed_at;
  double const slope =
      -logit(static_cast<double>(early) / hosts) / (half_at - early_at);  // growth of the logit [1/unit]
  return {{"doubling_time", ln2 / slope / rate}, {"time_to_half", half_at / rate}};
}

}  // namespace

void WormMonitor::on(Infected const&, State& state, sim::Context<WormMonitor>& context) const {
  ++state.infected;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (state.infected == marks[i]) state.passed_at[i] = units(context.now());
  }
}

void WormHost::scan_next(sim::Context<WormHost>& context) const {
  context.schedule(span(context.rng(Draw::gap).exponential(1)), Scan{});
}

void WormHost::init(State& state, sim::Context<WormHost>& context) const {
  if (index >= initial) return;
  state.infected = 1;
  scan_next(context);
}

void WormHost::on(Scan const&, State&, sim::Context<WormHost>& context) const {
  sim::LpId const target{context.rng(Draw::target).below(hosts)};
  if (target != context.self().id) context.send(sim::LpRef<WormHost>{target}, sim::tick, Probe{});
  scan_next(context);
}

void WormHost::on(Probe const&, State& state, sim::Context<WormHost>& context) const {
  if (state.infected != 0) return;
  state.infected = 1;
  context.send(monitor, sim::tick, WormMonitor::Infected{});
  scan_next(context);
}

Theory worm() {
  return {
      .name = "worm",
      .title = "Spread of a worm that probes random addresses",
      .law = "x' = K x (1 - x): doubling time ln 2 / K while rare, from x0 to half in ln((1 - x0)/x0) / K",
      .agents =
          "20,000 vulnerable hosts, of which the infected ones probe others at random; growth is read off the logit of "
          "the share between one and a "
          "half times the initial share and a half",
      .condition = "all vulnerable hosts are alike and within reach",
      .source = "Staniford, Paxson and Weaver 2002, USENIX Security; Moore et al. 2003, IEEE Security & Privacy 1:33",
      .parameters = {{"rate", "1/s", Kind::number, 1e-9, 1e9, "0.081547",
                      "K: probes of an infected host that reach a vulnerable host",
                      "Moore et al. 2003: Slammer doubled in 8.5 s", sim::Grade::reported},
                     {"initial_share", "1", Kind::number, 0.005, 0.2, "0.02", "x0: share infected at the start",
                      "assumed: enough that chance at the start does not matter"}},
      .quantities = {{"doubling_time", "s", "time in which the number of infected hosts doubles while they are few"},
                     {"time_to_half", "s", "time until half of the hosts are infected"}},
      .check = {},
      .closed_form = closed_form,
      .simulate = simulate};
}

}  // namespace theory
