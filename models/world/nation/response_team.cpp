#include "models/world/nation/response_team.hpp"

#include <algorithm>

#include "models/world/infrastructure/sector.hpp"
#include "sim/base/math.hpp"

namespace world {
namespace {

namespace math = sim::math;
constexpr double ln2 = 0.69314718055994531;
constexpr double severity_factor[] = {0.537384, 0.660982, 0.813008, 1, 1.23, 1.5129, 1.860867, 2.288866};  // 1.23^(s - 3)

}  // namespace

double exercise_reach(double population, double exponent) {
  double const specialists = std::max(30.0, 60 * math::pow(population / 1e6, 0.8));
  return math::pow(std::min(1.0, 50 / specialists), exponent);
}

void ResponseTeam::init(State& state, sim::Context<ResponseTeam>&) const {
  state.relations = controlled_relations(*directory->setting);
}

double ResponseTeam::skill(State const& state, double day) const {
  double const half_life_days = directory->setting->parameters.exercise_half_life_years * 365.25;
  return state.skill * math::exp(-ln2 * (day - state.skill_day) / half_life_days);
}

double ResponseTeam::rate(State const& state, double day) const {
  Setting const& setting = *directory->setting;
  Parameters const& p = setting.parameters;
  double rate = math::exp(p.respond_slope * setting.capability(index, Capability::respond, day));
  if (p.exercise_ratio != 1) {
    double const gain = skill(state, day) - setting.exercise_skill_reference[static_cast<std::size_t>(index)];
    rate *= modifier(p.exercise_ratio, gain * reach);
  }
  if (p.partnership_cost != 0) {
    bool any = false;
    for (Relation const& r : state.relations.slots) {
      if (r.nation != index) continue;
      any = any || (r.flags.liaison_from <= day && day < r.flags.liaison_to) || (r.flags.exercise_from <= day && day < r.flags.exercise_to) ||
            (r.flags.member_from <= day && day < r.flags.member_to);
    }
    if (any) rate *= 1 - p.partnership_cost;
  }
  return rate;
}

void ResponseTeam::on(Case const& c, State& state, sim::Context<ResponseTeam>& context) const {
  state.waiting.insert({c.incident, c.found_day, c.severity, c.sector, c.damaged, c.objective});
  start_waiting(state, context);
}

// Fills free servers: severest class first, then the earliest discovery, then the lowest incident.
void ResponseTeam::start_waiting(State& state, sim::Context<ResponseTeam>& context) const {
  double const day = directory->day(context.now());
  int const servers = directory->setting->servers(index, directory->setting->year(day));
  // A backlog beyond this is taken over by hired hands (assumed: nations do not let cases pile up without end).
  auto const longest = static_cast<std::size_t>(std::min(2 * servers + 2, 64));
  while (!state.waiting.empty() && (state.busy < servers || state.waiting.size() > longest)) {
    std::uint32_t best = 0;
    bool found = false;
    for (auto it = state.waiting.begin(); it != state.waiting.end(); ++it) {
      Waiting const& candidate = *it;
      if (found) {
        Waiting const& current = state.waiting[best];
        if (candidate.severity < current.severity) continue;
        if (candidate.severity == current.severity && candidate.found_day > current.found_day) continue;
        if (candidate.severity == current.severity && candidate.found_day == current.found_day && candidate.incident > current.incident) continue;
      }
      best = it.slot();
      found = true;
    }
    Waiting const next = state.waiting[best];
    state.waiting.erase(best);
    start(next, state, context);
  }
}

void ResponseTeam::start(Waiting const& w, State& state, sim::Context<ResponseTeam>& context) const {
  double const day = directory->day(context.now());
  ++state.busy;
  context.set_incident(w.incident);
  context.observe(Started{std::max(0.0, day - static_cast<double>(w.found_day)), index, w.severity});
  double const speed = rate(state, day);
  // Work at rate 1 (equations 9.1): triage and containment, then eradication.
  auto work = context.rng(Draw::work, w.incident);
  double const pace = severity_factor[std::min<std::size_t>(w.severity, 7)] / speed;
  double const triage = work.lognormal(1, 1), containment = work.lognormal(25, 1), eradication = work.lognormal(15, 0.8);
  double const contain_days = day - static_cast<double>(w.found_day) + (triage + containment) * pace;
  context.schedule(sim::from_days((triage + containment + eradication) * pace) + sim::tick, Closed{w.incident, contain_days, w.severity});
  if (w.damaged == 0) return;
  auto const sector = directory->sectors[static_cast<std::size_t>(index) * directory->setting->atlas->sectors.size() + w.sector];
  context.send(sector, world_lookahead, Sector::Crew{w.incident, speed, w.found_day, w.severity});
}

void ResponseTeam::on(Closed const& closed, State& state, sim::Context<ResponseTeam>& context) const {
  context.set_incident(closed.incident);
  context.observe(Contained{closed.contain_days, index, static_cast<std::int32_t>(closed.severity)});
  --state.busy;
  start_waiting(state, context);
}

void ResponseTeam::on(Exercise const& exercise, State& state, sim::Context<ResponseTeam>& context) const {
  double const day = directory->day(context.now());
  double const before = skill(state, day);
  state.skill = before + (1 - before) * directory->setting->parameters.exercise_learning * exercise.quality;
  state.skill_day = day;
}

void ResponseTeam::on(RelationChange const& change, State& state, sim::Context<ResponseTeam>& context) const {
  apply(change, state.relations, directory->day(context.now()));
}

}  // namespace world
