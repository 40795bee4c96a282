#include "models/theory/sir.hpp"

#include <algorithm>
#include <cmath>

#include "models/theory/bisect.hpp"
#include "models/theory/rows.hpp"
#include "sim/base/math.hpp"
#include "sim/base/names.hpp"
#include "sim/kernel/world.hpp"

namespace theory {

namespace {

constexpr std::uint32_t attempts_max = 2000;
constexpr double persons_max = 3e5;

double final_size(double r0) {
  if (r0 <= 1) return 0;
  return bisect(1e-12, 1, [r0](double z) { return -sim::math::expm1(-r0 * z) - z; });
}

void check(Values const& values) {
  double const r0 = values.number("r0");
  if (std::fabs(r0 - 1) >= 0.1) return;
  throw sim::Error(
      "R0 " + sim::shown(r0) +
      " (within 0.1 of the threshold 1 the size of an outbreak in a finite population is chance, not the law) "
      "choose --r0 up to 0.9, or from 1.1 on");
}

Quantities closed_form(Values const& values) { return {{"final_size", final_size(values.number("r0"))}}; }

/// People enough that 32 outbreaks tell the final size to 2 %, by the variance of a large outbreak.
std::uint32_t persons_for(double r0, double size) {
  double const rest = 1 - size, slope = 1 - r0 * rest;
  double const variance = size * rest * (1 + r0 * r0 * rest) / (slope * slope);
  return static_cast<std::uint32_t>(std::clamp(3000 * variance / (size * size), 5000.0, persons_max));
}

/// Persons ever infected in one outbreak that begins with one case.
double outbreak(sim::World& world, sim::LpRef<Person> first, sim::Executor& executor) {
  world.clear_externals();
  world.schedule_external(first, sim::Time{} + sim::tick, 1, Person::Contact{});
  Rows rows;
  rows.run(executor, world);
  double infected = 0;
  for (std::uint32_t i = 0; i < world.lp_count(); ++i)
    infected += world.state(sim::LpRef<Person>{sim::LpId{i}}).infected;
  world.rewind();
  return infected;
}

/// The first outbreak that does not die out early, each begun by another person; 0 where none could.
Quantities simulate(Values const& values, sim::ReplicationStream const& stream, sim::Executor& executor) {
  double const r0 = values.number("r0"), size = final_size(r0);
  std::uint32_t const persons = size > 0 ? persons_for(r0, size) : 20000;
  double const large = size > 0 ? size / 3 : 0.1;
  sim::World world({.stream = stream});
  world.reserve(persons);
  std::vector<sim::LpRef<Person>> refs;
  for (std::uint32_t i = 0; i < persons; ++i) refs.push_back(world.add(Person{r0, persons}, std::uint64_t{i}));
  for (std::uint32_t attempt = 0; attempt < (size > 0 ? attempts_max : 3); ++attempt) {
    double const infected = outbreak(world, refs[attempt], executor);
    if (infected > large * persons) return {share("final_size", infected, persons)};
  }
  return {share("final_size", 0, persons)};
}

}  // namespace

void Person::meet_next(State const& state, sim::Context<Person>& context) const {
  if (contact_rate <= 0) return;
  sim::Duration const gap = span(context.rng(Draw::gap).exponential(1 / contact_rate));
  if (context.now() + gap < state.recovers) context.schedule(gap, Meet{});
}

void Person::infect(State& state, sim::Context<Person>& context) const {
  state.infected = 1;
  state.recovers = context.now() + span(context.rng(Draw::duration).exponential(1));
  meet_next(state, context);
}

void Person::on(Meet const&, State& state, sim::Context<Person>& context) const {
  sim::LpId const target{context.rng(Draw::target).below(persons)};
  if (target != context.self().id) context.send(sim::LpRef<Person>{target}, sim::tick, Contact{});
  meet_next(state, context);
}

void Person::on(Contact const&, State& state, sim::Context<Person>& context) const {
  if (state.infected == 0) infect(state, context);
}

Theory sir() {
  return {
      .name = "sir",
      .title = "Final size of an outbreak",
      .law = "z = 1 - exp(-R0 z), 0 for R0 up to 1",
      .agents =
          "persons who infect others at random until they recover; the share ever infected in outbreaks that do not "
          "die out early",
      .condition = "R0 at least 0.1 away from the threshold 1",
      .source = "Kermack and McKendrick 1927, Proc. R. Soc. A 115:700",
      .parameters = {{"r0", "1", Kind::number, 0, 20, "2", "R0: others whom a case infects when all are susceptible",
                      "assumed: test vector of the law"}},
      .quantities = {{"final_size", "1", "share of the population that a large outbreak reaches"}},
      .check = check,
      .closed_form = closed_form,
      .simulate = simulate};
}

}  // namespace theory
