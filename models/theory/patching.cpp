#include "models/theory/patching.hpp"

#include <algorithm>

#include "models/theory/rows.hpp"
#include "sim/base/math.hpp"
#include "sim/base/names.hpp"
#include "sim/kernel/world.hpp"

namespace theory {

namespace {

constexpr std::uint32_t replications = 32;
constexpr double unpatched_min = 5e-4;  // assumed: seen often enough within the work of a run

double gamma_of(double x) { return sim::math::exp(sim::math::lgamma(x)); }

double unpatched(Values const& values) {
  double const age = (values.number("age") - values.number("start")) / values.number("scale");
  return age <= 0 ? 1 : sim::math::exp(-sim::math::pow(age, values.number("shape")));
}

Quantities closed_form(Values const& values) {
  double const shape = values.number("shape");
  return {{"unpatched_share", unpatched(values)},
          {"mean_time", values.number("start") + values.number("scale") * gamma_of(1 + 1 / shape)}};
}

Quantities simulate(Values const& values, sim::ReplicationStream const& stream, sim::Executor& executor) {
  double const shape = values.number("shape"), scale = values.number("scale");
  double const late_share = unpatched(values);
  double const spread =
      gamma_of(1 + 2 / shape) / (gamma_of(1 + 1 / shape) * gamma_of(1 + 1 / shape)) - 1;  // squared, of the time
  double const needed = std::max(spread, (1 - late_share) / late_share);
  auto const machines = static_cast<std::uint32_t>(std::clamp(1400 * needed, 1000.0, 3e4));
  sim::World world({.stream = stream});
  world.reserve(machines);
  std::vector<sim::LpRef<Machine>> refs;
  for (std::uint32_t i = 0; i < machines; ++i)
    refs.push_back(world.add(Machine{shape, values.number("start") / scale}, std::uint64_t{i}));
  Rows rows;
  rows.run(executor, world);
  double late = 0, sum = 0;
  for (auto const ref : refs) {
    double const time = world.state(ref).patched_at * scale;
    late += time > values.number("age");
    sum += time;
  }
  return {share("unpatched_share", late, machines), {"mean_time", sum / machines}};
}

}  // namespace

void Machine::init(State&, sim::Context<Machine>& context) const {
  context.schedule(span(start + context.rng(Draw::delay).weibull(shape, 1)), Patch{});
}

void Machine::on(Patch const&, State& state, sim::Context<Machine>& context) const {
  state.patched_at = units(context.now());
}

Theory patching() {
  std::string const source = "equations of the world model 5.1: half after 90 d, 18 % open after a year";
  return {
      .name = "patching",
      .title = "Share of machines that a patch has not reached",
      .law = "U(t) = exp(-((t - l) / L)^k) after l, 1 before; mean l + L Gamma(1 + 1/k)",
      .agents = "machines that apply a patch after their own times; counted at an age",
      .condition = "share without the patch at the age of 0.0005 at least",
      .source = "Weibull 1951, J. Appl. Mech. 18:293; fitted to reports of remediation (Cyentia 2018-2022, DBIR 2024)",
      .parameters = {{"shape", "1", Kind::number, 0.3, 20, "0.647", "k", source, sim::Grade::reported},
                     {"scale", "d", Kind::number, 1e-3, 1e6, "158.6", "L", source, sim::Grade::reported},
                     {"start", "d", Kind::number, 0, 1e4, "0", "l: time before which nobody patches",
                      "assumed: the patch is out"},
                     {"age", "d", Kind::number, 0, 1e6, "90", "t: time after the patch came out", source,
                      sim::Grade::reported}},
      .quantities = {{"unpatched_share", "1", "share of machines without the patch at the age"},
                     {"mean_time", "d", "mean time until a machine has it"}},
      .replications = replications,
      .check =
          [](Values const& values) {
            if (values.number("start") > 1e6 * values.number("scale")) {
              throw sim::Error(
                  "a start beyond a million scales (nothing is seen of the law) lower --start or raise --scale");
            }
            if (unpatched(values) < unpatched_min) {
              throw sim::Error("a share without the patch of " + sim::shown(unpatched(values)) +
                               " (below 0.0005 hardly a simulated machine has not patched at that age) lower --age or "
                               "raise --scale");
            }
          },
      .closed_form = closed_form,
      .simulate = simulate};
}

}  // namespace theory
