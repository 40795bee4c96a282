#include "models/world/nation/information_environment.hpp"

#include <algorithm>

#include "sim/base/math.hpp"

namespace world {
namespace {

namespace math = sim::math;
constexpr std::uint64_t pulse = 1ULL << 63;  // of the numbers of pulses; an incident has an actor in it besides
constexpr double operation_share = 0.29;  // of incidents that carry an information operation, DCID to 2016

}  // namespace

double trust_drop(Parameters const& p, int severity, bool with_operation) {
  return p.trust_drop_per_severity * std::max(0, severity - 1) * (with_operation ? 1 + p.operation_amplification : 1);
}

double operation_drop(Parameters const& p) { return trust_drop(p, 2, true) - trust_drop(p, 2, false); }

void InformationEnvironment::init(State& state, sim::Context<InformationEnvironment>& context) const {
  Setting const& setting = *directory->setting;
  state.relations = controlled_relations(setting);
  std::uint64_t number = 0;
  for (Crises::Outbreak const& outbreak : setting.crises.outbreaks())
    if (outbreak.target == index && outbreak.day >= 0) context.schedule(sim::from_days(outbreak.day) + sim::tick, Pulse{pulse | ++number});
}

double InformationEnvironment::remaining(double amount, double days) const {
  return amount * math::exp(-days / directory->setting->parameters.trust_recovery_days);
}

void InformationEnvironment::on(Shock const& shock, State& state, sim::Context<InformationEnvironment>& context) const {
  context.set_incident(shock.incident);
  bool const operation = context.rng(Draw::operation, shock.incident).bernoulli(operation_share);
  fall({shock.incident, trust_drop(directory->setting->parameters, static_cast<int>(shock.severity), operation), operation}, state, context);
}

void InformationEnvironment::on(Pulse const& event, State& state, sim::Context<InformationEnvironment>& context) const {
  fall({event.number, operation_drop(directory->setting->parameters), true}, state, context);
}

void InformationEnvironment::fall(Fall const& what, State& state, sim::Context<InformationEnvironment>& context) const {
  Setting const& setting = *directory->setting;
  Parameters const& p = setting.parameters;
  double const day = directory->day(context.now());
  double ratio = 1;
  if (p.information_ratio != 1) {
    double const dose = setting.doses.nation(Mechanism::information, index, state.relations, day) - setting.doses.information_in_indices(index);
    ratio = modifier(p.information_ratio, dose);
  }
  double const drop = what.drop * ratio;
  state.deficit = remaining(state.deficit, day - state.day) + drop;
  state.day = day;
  context.observe(Trust{state.deficit, index, what.operation ? 1 : 0});
  double const delay = context.rng(Draw::answer, what.incident).lognormal(2, 0.7) / math::exp(0.3 * setting.communication(index, day));
  context.schedule(sim::from_days(delay) + sim::tick, CounterMessage{what.incident, drop, day});
}

void InformationEnvironment::on(CounterMessage const& message, State& state, sim::Context<InformationEnvironment>& context) const {
  context.set_incident(message.incident);
  double const day = directory->day(context.now());
  double const won_back = remaining(message.drop, day - message.day) * directory->setting->parameters.counter_message_share;
  state.deficit = std::max(0.0, remaining(state.deficit, day - state.day) - won_back);
  state.day = day;
  context.observe(Trust{state.deficit, index, -1});
}

void InformationEnvironment::on(RelationChange const& change, State& state, sim::Context<InformationEnvironment>& context) const {
  apply(change, state.relations, *directory, context.now());
}

}  // namespace world
