#include "models/theory/resilience_triangle.hpp"

#include "models/theory/rows.hpp"
#include "sim/base/math.hpp"
#include "sim/kernel/world.hpp"

namespace theory {

namespace {

constexpr std::uint32_t parts = 4000;
constexpr double acceptable = 10;  // percent of full service that may be lacking once it counts as back

bool is_linear(Values const& values) { return values.choice("recovery") == "linear"; }

/// Time until no more than the acceptable loss is left.
double rapidity(Values const& values) {
  double const drop = values.number("drop"), time = values.number("time");
  if (drop <= acceptable) return 0;
  return is_linear(values) ? time * (1 - acceptable / drop) : time * sim::math::log(drop / acceptable);
}

Quantities closed_form(Values const& values) {
  double const drop = values.number("drop"), time = values.number("time");
  return {{"loss", is_linear(values) ? drop * time / 2 : drop * time},
          {"robustness", 100 - drop},
          {"rapidity", rapidity(values)}};
}

/// Hardly any time passes where the drop is hardly more than acceptable.
Quantities scales(Values const& values) { return {{"rapidity", values.number("time")}}; }

Quantities simulate(Values const& values, sim::ReplicationStream const& stream, sim::Executor& executor) {
  double const time = values.number("time");
  sim::World world({.stream = stream});
  world.reserve(parts + 1);
  auto const service = world.add(ServiceLevel{values.number("drop"), parts}, "only");
  for (std::uint32_t i = 0; i < parts; ++i) world.add(LostPart{is_linear(values), service}, std::uint64_t{i});
  Rows rows;
  rows.run(executor, world);
  auto const& state = world.state(service);
  return {{"loss", state.loss * time}, {"robustness", state.lowest}, {"rapidity", state.ninety * time}};
}

}  // namespace

void ServiceLevel::init(State& state, sim::Context<ServiceLevel>& context) const {
  state.level = state.lowest = 100 - drop;
  state.last = context.now();
}

void ServiceLevel::on(Restored const&, State& state, sim::Context<ServiceLevel>& context) const {
  double const last = units(state.last), now = units(context.now());
  state.loss += (100 - state.level) * (now - last);
  state.last = context.now();
  ++state.restored;
  state.level = 100 - drop * (parts - state.restored) / parts;
  // Of n parts the r-th stands for the share r / (n + 1) of all times.
  double const due = (parts + 1) * (1 - acceptable / drop), before = state.restored - 1.0;
  if (before < due && due <= state.restored) state.ninety = last + (due - before) * (now - last);
}

void LostPart::init(State&, sim::Context<LostPart>& context) const {
  auto rng = context.rng(Draw::repair);
  context.schedule(span(is_linear ? rng.uniform() : rng.exponential(1)), Repaired{});
}

void LostPart::on(Repaired const&, State&, sim::Context<LostPart>& context) const {
  context.send(service, sim::tick, ServiceLevel::Restored{});
}

Theory resilience_triangle() {
  std::string const vector = "assumed: test vector of the law";
  return {.name = "resilience-triangle",
          .title = "Loss of a service that drops and comes back",
          .law =
              "loss = integral of (100 - Q): drop x time / 2 for linear recovery, drop x tau for exponential recovery; "
              "back at "
              "90 percent of full service after time x (1 - 10/drop), tau x ln(drop/10); at once for a drop up to 10",
          .agents =
              "parts of the service, all lost at the start, come back each in its own time; the level is integrated at "
              "each return",
          .condition = "always, within the ranges",
          .source = "Bruneau et al. 2003, Earthquake Spectra 19:733",
          .parameters = {{"drop", "percent", Kind::number, 0, 100, "60", "service lost at the start", vector},
                         {"recovery",
                          "1",
                          Kind::choice,
                          0,
                          0,
                          "linear",
                          "how service comes back",
                          vector,
                          sim::Grade::assumed,
                          {"linear", "exponential"}},
                         {"time", "d", Kind::number, 1e-6, 1e6, "10",
                          "time until all is back (linear), or the time constant tau (exponential)", vector}},
          .quantities = {{"loss", "percent x d", "area between full and actual service"},
                         {"robustness", "percent", "lowest level of service"},
                         {"rapidity", "d", "time until service is back at 90 percent of full service", "time"}},
          .check = {},
          .closed_form = closed_form,
          .simulate = simulate,
          .scales = scales};
}

}  // namespace theory
