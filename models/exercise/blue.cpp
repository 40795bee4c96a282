#include "models/exercise/blue.hpp"

#include <algorithm>
#include <bit>

#include "models/exercise/channel.hpp"
#include "models/exercise/red.hpp"
#include "models/exercise/system.hpp"
#include "sim/base/math.hpp"

namespace exercise {

namespace {

template <std::size_t N>
bool has(std::array<std::uint64_t, N> const& set, std::uint32_t item) {
  return (set[item / 64] >> item % 64 & 1) != 0;
}
template <std::size_t N>
void put(std::array<std::uint64_t, N>& set, std::uint32_t item) {
  set[item / 64] |= std::uint64_t{1} << item % 64;
}

}  // namespace

std::uint32_t Blue::crew(std::uint32_t shift) const {
  auto const analysts = static_cast<std::uint32_t>(camp->team.analysts);
  auto const shifts = static_cast<std::uint32_t>(camp->team.shifts);
  return analysts / shifts + (shift % shifts < analysts % shifts);
}

double Blue::speed_after(sim::Duration on_shift) const {
  // Eight hours without loss, then in proportion; see the source of `fatigue`.
  double const beyond = std::max(0.0, in_hours(on_shift) - 8) / 4;
  return camp->speed(camp->team.respond, camp->rules.respond_slope) / (1 + camp->rules.fatigue * beyond);
}

void Blue::init(State& state, sim::Context<Blue>& context) const {
  double const own = camp->rules.known_share, foreign = camp->team.joint != 0 ? own : 0;
  auto const techniques = static_cast<std::uint32_t>(camp->rules.techniques);
  for (std::uint32_t technique = 0; technique < techniques; ++technique) {
    if (context.rng(Draw::known, technique).bernoulli(1 - (1 - own) * (1 - foreign))) put(state.known, technique);
  }
  state.shift_began = context.now();
  context.schedule(hours(24 / camp->team.shifts), Shift{});
}

void Blue::on(Shift const&, State& state, sim::Context<Blue>& context) const {
  ++state.shift;
  state.shift_began = context.now();
  context.schedule(hours(24 / camp->team.shifts), Shift{});
  assign(state, context);
}

void Blue::on(Attack const& attack, State& state, sim::Context<Blue>& context) const {
  ++state.attacks;
  auto const techniques = static_cast<std::uint32_t>(camp->rules.techniques);
  bool const is_tool = attack.technique >= techniques, is_known = has(state.known, attack.technique);
  double const open = camp->access_chance(is_tool ? camp->rules.tool_success : camp->rules.success);
  double const chance = is_known ? open * (1 - camp->rules.block_share) : open;
  if (attack.access >= chance) {
    ++state.prevented;
    state.blocked += attack.access < open;
    return;
  }
  context.send(camp->system(attack.system), delay,
               Breach{attack.effect, attack.number, attack.technique, attack.disrupts});
}

void Blue::on(Incident const& incident, State& state, sim::Context<Blue>& context) const {
  ++state.incidents;
  put(state.waiting, incident.system);
  assign(state, context);
}

void Blue::assign(State& state, sim::Context<Blue>& context) const {
  std::uint32_t const on_duty = crew(state.shift);
  double const speed = speed_after(context.now() - state.shift_began);
  std::uint32_t word = 0;
  while (state.busy < on_duty) {
    while (word < state.waiting.size() && state.waiting[word] == 0) ++word;
    if (word == state.waiting.size()) break;
    auto const bit = static_cast<std::uint32_t>(std::countr_zero(state.waiting[word]));
    state.waiting[word] &= state.waiting[word] - 1;
    ++state.busy;
    context.send(camp->system(word * 64 + bit), delay, Treat{speed});
  }
  while (state.busy < on_duty && begin_case(state, context)) {}
}

bool Blue::begin_case(State& state, sim::Context<Blue>& context) const {
  while (state.waiting_cases > 0) {
    Case const file = state.cases[state.first_case];
    state.first_case = (state.first_case + 1) % cases_max;
    --state.waiting_cases;
    if (file.due <= context.now()) {
      ++state.late_count;
      continue;
    }
    ++state.busy;
    double const mark = context.rng(Draw::case_work, file.incident).uniform();
    double const work = lognormal_at(mark, camp->rules.forensic_hours, work_log_sd);
    context.schedule(hours(work / speed_after(context.now() - state.shift_began)), Solved{file});
    return true;
  }
  return false;
}

void Blue::on(Done const& done, State& state, sim::Context<Blue>& context) const {
  --state.busy;
  ++state.case_count;
  if (state.waiting_cases == cases_max) {
    ++state.late_count;
  } else {
    sim::Time const due = context.now() + hours(camp->rules.forensic_deadline_hours);
    state.cases[(state.first_case + state.waiting_cases++) % cases_max] = {due, done.technique, done.incident};
  }
  assign(state, context);
}

void Blue::on(Solved const& solved, State& state, sim::Context<Blue>& context) const {
  --state.busy;
  double const odds = good_log_odds + camp->rules.cell_slope * camp->team.detect;
  bool const is_good = context.rng(Draw::case_quality, solved.file.incident).bernoulli(sim::math::logistic(odds));
  bool const is_late = context.now() > solved.file.due;
  state.late_count += is_late;
  state.solved += is_good && !is_late;
  if (is_good) learn(state, context, solved.file.technique);
  assign(state, context);
}

void Blue::learn(State& state, sim::Context<Blue>& context, std::uint32_t technique) const {
  if (has(state.known, technique)) return;
  put(state.known, technique);
  auto const techniques = static_cast<std::uint32_t>(camp->rules.techniques);
  if (technique >= techniques) context.send(camp->cell, delay, Burned{technique - techniques});
  bool const shares = camp->team.allied != 0 && camp->rules.sharing != 0;
  if (shares) context.send(camp->channel, delay, Indicator{technique});
}

void Blue::on(Shared const& shared, State& state, sim::Context<Blue>& context) const {
  double const odds = good_log_odds + 0.5 * camp->team.respond;  // as the world model absorbs an indicator, odd.md 7.10
  if (!context.rng(Draw::absorb, shared.technique).bernoulli(sim::math::logistic(odds))) return;
  if (has(state.known, shared.technique)) return;
  put(state.known, shared.technique);
  auto const techniques = static_cast<std::uint32_t>(camp->rules.techniques);
  if (shared.technique >= techniques) context.send(camp->cell, delay, Burned{shared.technique - techniques});
}

}  // namespace exercise
