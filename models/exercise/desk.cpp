#include "models/exercise/desk.hpp"

#include <algorithm>

#include "sim/base/math.hpp"

namespace exercise {

double Desk::trust_area_at(State const& state, sim::Time now) {
  return state.trust_area + state.trust_lost * in_hours(now - state.last);
}

void Desk::change_trust(State& state, sim::Time now, double lost) {
  state.trust_area = trust_area_at(state, now);
  state.last = now;
  state.trust_lost = std::clamp(state.trust_lost + lost, 0.0, 1.0);  // rounding only
}

void Desk::on(Task const& task, State& state, sim::Context<Desk>& context) const {
  double const lost = task.hit * (1 - state.trust_lost);
  if (lost > 0) change_trust(state, context.now(), lost);
  if (state.length == state.tray.size()) return hand_on(task, context);
  state.tray[(state.first + state.length++) % state.tray.size()] = {task, lost};
  begin(state, context);
}

void Desk::begin(State& state, sim::Context<Desk>& context) const {
  while (state.busy < staff && state.length > 0) {
    Waiting const next = state.tray[state.first];
    state.first = (state.first + 1) % static_cast<std::uint32_t>(state.tray.size());
    --state.length;
    if (next.task.due <= context.now()) {
      hand_on(next.task, context);
      continue;
    }
    ++state.busy;
    double const mark = context.rng(Draw::work, next.task.number).uniform();
    double const speed = camp->speed(skill, camp->rules.cell_slope);
    context.schedule(hours(lognormal_at(mark, work_hours, work_log_sd) / speed), Finish{next.task, next.lost});
  }
}

/// A decision leaves the legal advisers for the strategic cell, with advice or without.
void Desk::hand_on(Task const& task, sim::Context<Desk>& context) const {
  if (task.is_advice != 0) context.send(camp->strategic, delay, Task{task.due, task.hit, task.number, 0});
}

void Desk::on(Finish const& finish, State& state, sim::Context<Desk>& context) const {
  --state.busy;
  hand_on(finish.task, context);
  if (finish.task.is_advice == 0 && context.now() <= finish.task.due) {
    double const odds = good_log_odds + camp->rules.cell_slope * skill;
    bool const is_good = context.rng(Draw::quality, finish.task.number).bernoulli(sim::math::logistic(odds));
    ++state.in_time;
    state.good += is_good;
    double const won_back = finish.lost * camp->rules.media_recovery * (is_good ? 1 : 0.5);
    if (won_back > 0) change_trust(state, context.now(), -won_back);
  }
  begin(state, context);
}

}  // namespace exercise
