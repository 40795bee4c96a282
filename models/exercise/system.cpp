#include "models/exercise/system.hpp"

#include "models/exercise/blue.hpp"
#include "models/exercise/services.hpp"
#include "sim/base/math.hpp"

namespace exercise {

void System::enter(State& state, sim::Context<System>& context, Return const& intruder) const {
  ++state.breaches;
  ++state.epoch;
  state.is_breached = 1;
  state.is_reported = state.is_contained = state.had_effect = 0;
  state.since = context.now();
  state.incident = intruder.incident;
  state.technique = intruder.technique;
  state.disrupts = intruder.disrupts != 0;
  Rules const& rules = camp->rules;
  double const mean = rules.detect_hours * sim::math::exp(-rules.detect_slope * camp->team.detect);
  context.schedule(hours(context.rng(Draw::detect, state.incident).exponential(mean)), Detect{state.epoch});
  context.schedule(hours(lognormal_at(intruder.effect, rules.effect_hours, effect_log_sd)), Effect{state.epoch});
}

void System::report(State& state, sim::Context<System>& context) const {
  if (state.is_reported != 0) return;
  state.is_reported = 1;
  context.send(camp->blue, delay, Incident{index});
}

void System::on(Breach const& breach, State& state, sim::Context<System>& context) const {
  if (state.is_contained != 0) return;  // isolated while an analyst works on it
  if (state.had_effect != 0) {
    ++state.hurt;
    return;
  }
  ++state.riding;
  if (state.is_breached != 0) return;
  enter(state, context, {breach.effect, breach.number * returns_max, breach.technique, breach.disrupts});
}

void System::on(Detect const& detect, State& state, sim::Context<System>& context) const {
  if (detect.epoch == state.epoch) report(state, context);
}

void System::on(Effect const& effect, State& state, sim::Context<System>& context) const {
  if (effect.epoch != state.epoch) return;
  state.had_effect = 1;
  state.hurt += state.riding;
  state.riding = 0;
  if (state.disrupts == 0) return;  // theft shows nothing
  ++state.outages;
  state.is_down = 1;
  state.down_since = context.now();
  context.send(camp->services, delay, Down{index});
  report(state, context);
}

void System::on(Treat const& treat, State& state, sim::Context<System>& context) const {
  ++state.epoch;
  state.is_contained = 1;
  state.riding = 0;
  double const mark = context.rng(Draw::work, state.incident).uniform();
  context.schedule(hours(lognormal_at(mark, camp->rules.response_hours, work_log_sd) / treat.speed), Clean{});
}

void System::on(Clean const&, State& state, sim::Context<System>& context) const {
  Rules const& rules = camp->rules;
  state.breached_ticks += (context.now() - state.since).ticks;
  if (state.is_down != 0) {
    state.down_ticks += (context.now() - state.down_since).ticks;
    context.send(camp->services, delay, Up{index});
  }
  state.is_breached = state.is_contained = state.had_effect = state.is_down = 0;
  context.send(camp->blue, delay, Done{state.technique, state.incident});
  // As recurrence in the world model, odd.md 7.8: .3 per unit of respond.
  double const chance = rules.persistence * sim::math::exp(-0.3 * camp->team.respond);
  bool const is_last = state.incident % returns_max == returns_max - 1;
  if (is_last || !context.rng(Draw::persistence, state.incident).bernoulli(chance)) return;
  context.schedule(hours(context.rng(Draw::return_time, state.incident).exponential(rules.return_hours)),
                   Return{context.rng(Draw::return_effect, state.incident).uniform(), state.incident + 1,
                          state.technique, state.disrupts});
}

void System::on(Return const& again, State& state, sim::Context<System>& context) const {
  if (state.is_breached == 0) enter(state, context, again);
}

}  // namespace exercise
