#include "models/world/nation/response_team.hpp"

#include <algorithm>

#include "models/world/actor/intrusion_set.hpp"
#include "models/world/infrastructure/sector.hpp"
#include "models/world/nation/budget.hpp"
#include "models/world/organisation/organisation.hpp"
#include "sim/base/math.hpp"

namespace world {
namespace {

namespace math = sim::math;
constexpr double ln2 = 0.69314718055994531;
constexpr std::int64_t overdue_days = 2;  // after which a waiting case may use a partner's server (equations 9.4)
constexpr double severity_factor[] = {0.537384, 0.660982, 0.813008, 1, 1.23, 1.5129, 1.860867, 2.288866};  // 1.23^(s - 3)
constexpr double exercise_team = 50;                   // persons; so large are the teams of large nations at CCDCOE's exercise (equations 8.2)
constexpr double posted_officers = 1, exercise_days_per_year = 20;  // equations 9.3: assumed, preparation included

// N_n of equations 8.2.
double specialists(double population) { return std::max(30.0, 60 * math::pow(population / 1e6, 0.8)); }

}  // namespace

double exercise_reach(double population, double exponent) { return math::pow(std::min(1.0, exercise_team / specialists(population)), exponent); }

double derived_partnership_cost(double population) {
  double const all = specialists(population), team = std::min(exercise_team, all / 2);
  return (posted_officers + team * exercise_days_per_year / 365) / all;
}

double partnership_cost(Setting const& setting, int nation) {
  if (!setting.switches[Behaviour::derived_cost] || !setting.switches[Mechanism::cost]) return setting.parameters.partnership_cost;
  return derived_partnership_cost(setting.atlas->nations[static_cast<std::size_t>(nation)].population);
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
  if (away != 0) {
    bool any = false;
    for (Relation const& r : state.relations.slots) {
      if (r.nation != index) continue;
      any = any || (r.flags.liaison_from <= day && day < r.flags.liaison_to) || (r.flags.exercise_from <= day && day < r.flags.exercise_to) ||
            (r.flags.member_from <= day && day < r.flags.member_to);
    }
    if (any) rate *= 1 - away;
  }
  return rate;
}

int ResponseTeam::servers(double day) const { return directory->setting->servers(index, directory->setting->year(day)); }

// Slot of a waiting case; the pool's capacity if it does not wait any more.
std::uint32_t ResponseTeam::find(std::uint64_t incident, State const& state) {
  for (auto it = state.waiting.begin(); it != state.waiting.end(); ++it)
    if (it->incident == incident) return it.slot();
  return waiting_max;
}

void ResponseTeam::on(Case const& c, State& state, sim::Context<ResponseTeam>& context) const {
  state.waiting.insert({c.incident, c.found_day, c.severity, c.sector, c.traits, c.objective});
  start_waiting(state, context);
  if (directory->setting->parameters.pool_share > 0 && find(c.incident, state) != waiting_max)
    context.schedule(sim::day * overdue_days, Overdue{c.incident, overdue_days});
}

// Asks the organisation with the largest dose, and again while the case waits, each time after four times as long.
void ResponseTeam::on(Overdue const& overdue, State& state, sim::Context<ResponseTeam>& context) const {
  if (find(overdue.incident, state) == waiting_max) return;
  int const organisation = directory->setting->doses.pool_of(index, state.relations, directory->day(context.now()));
  if (organisation < 0) return;
  context.send(directory->organisations[static_cast<std::size_t>(organisation)], world_lookahead, Organisation::AidSought{overdue.incident, index, 0});
  std::int64_t const wait_days = 4 * overdue.wait_days;
  context.schedule(sim::day * (wait_days - overdue.wait_days), Overdue{overdue.incident, wait_days});
}

void ResponseTeam::on(AidRequest const& request, State& state, sim::Context<ResponseTeam>& context) const {
  double const day = directory->day(context.now());
  if (state.busy < servers(day) && state.waiting.empty()) {
    ++state.busy;
    context.send(directory->teams[static_cast<std::size_t>(request.nation)], world_lookahead,
                 Aid{request.incident, static_cast<std::int16_t>(index), request.organisation, 0});
    return;
  }
  context.send(directory->organisations[static_cast<std::size_t>(request.organisation)], world_lookahead,
               Organisation::AidSought{request.incident, request.nation, request.attempt + 1});
}

void ResponseTeam::on(Aid const& aid, State& state, sim::Context<ResponseTeam>& context) const {
  std::uint32_t const slot = find(aid.incident, state);
  if (slot == waiting_max) return give_back(aid.incident, {aid.lender, aid.organisation}, context);
  Waiting const next = state.waiting[slot];
  state.waiting.erase(slot);
  context.observe(Aided{index, aid.lender, aid.organisation, next.severity});
  start(next, {aid.lender, aid.organisation}, state, context);
}

void ResponseTeam::on(Returned const&, State& state, sim::Context<ResponseTeam>& context) const {
  --state.busy;
  start_waiting(state, context);
}

void ResponseTeam::give_back(std::uint64_t incident, Server server, sim::Context<ResponseTeam>& context) const {
  context.send(directory->teams[static_cast<std::size_t>(server.lender)], world_lookahead, Returned{incident});
  context.send(directory->organisations[static_cast<std::size_t>(server.organisation)], world_lookahead, Organisation::AidEnded{incident});
}

// Fills free servers: severest class first, then the earliest discovery, then the lowest incident.
void ResponseTeam::start_waiting(State& state, sim::Context<ResponseTeam>& context) const {
  double const day = directory->day(context.now());
  int const own = servers(day);
  // A backlog beyond this is taken over by hired hands (assumed: nations do not let cases pile up without end).
  auto const longest = static_cast<std::size_t>(std::min(2 * own + 2, 64));
  while (!state.waiting.empty() && (state.busy < own || state.waiting.size() > longest)) {
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
    start(next, {}, state, context);
  }
}

void ResponseTeam::start(Waiting const& w, Server server, State& state, sim::Context<ResponseTeam>& context) const {
  double const day = directory->day(context.now());
  state.busy += server.lender < 0;
  context.set_incident(w.incident);
  context.observe(Started{std::max(0.0, day - static_cast<double>(w.found_day)), index, w.severity});
  double const speed = rate(state, day);
  // Work at rate 1 (equations 9.1): triage and containment, then eradication.
  auto work = context.rng(Draw::work, w.incident);
  double const pace = severity_factor[std::min<std::size_t>(w.severity, 7)] / speed;
  double const triage = work.lognormal(1, 1), containment = work.lognormal(25, 1), eradication = work.lognormal(15, 0.8);
  double const contain_days = day - static_cast<double>(w.found_day) + (triage + containment) * pace;
  context.schedule(sim::from_days((triage + containment + eradication) * pace) + sim::tick, Closed{w.incident, contain_days, server.lender, server.organisation, w.severity, w.sector, w.traits, w.objective});
  if ((w.traits & damaged) == 0) return;
  auto const sector = directory->sectors[static_cast<std::size_t>(index) * directory->setting->atlas->sectors.size() + w.sector];
  context.send(sector, world_lookahead, Sector::Crew{w.incident, speed, w.found_day, w.severity});
}

void ResponseTeam::on(Closed const& closed, State& state, sim::Context<ResponseTeam>& context) const {
  context.set_incident(closed.incident);
  context.observe(Contained{closed.contain_days, index, static_cast<std::int32_t>(closed.severity)});
  if (directory->setting->switches[Behaviour::investment]) account(closed, state, context);
  if ((closed.traits & had_hold) != 0) come_back(closed, context);
  if (closed.lender >= 0) return give_back(closed.incident, {closed.lender, closed.organisation}, context);
  --state.busy;
  start_waiting(state, context);
}

// With the first case that is closed in a year the team accounts for those before (equations 16.1).
void ResponseTeam::account(Closed const& closed, State& state, sim::Context<ResponseTeam>& context) const {
  std::int64_t const year = directory->setting->year(directory->day(context.now()));
  if (state.account_year != 0 && year != state.account_year) {
    context.send(directory->budgets[static_cast<std::size_t>(index)], world_lookahead, Budget::Account{state.cost});
    state.cost = 0;
  }
  state.account_year = year;
  state.cost += static_cast<double>(1 << closed.severity) / 8;
}

// Within a year the same actor may be in again, without a tool that anybody could share (equations 9.5).
void ResponseTeam::come_back(Closed const& closed, sim::Context<ResponseTeam>& context) const {
  auto marks = context.rng(Draw::recurrence, closed.incident);
  double const mark = marks.uniform(), days = marks.uniform(0, 365);
  double const day = directory->day(context.now());
  if (recurrences(closed.incident) == 255) return;
  Operation operation{};
  operation.incident = next_recurrence(closed.incident);
  operation.access_probability = 1;
  operation.target = static_cast<std::uint16_t>(index);
  operation.objective = closed.objective;
  operation.severity = closed.severity;
  operation.sector = closed.sector;
  double const chance = directory->setting->recurrence(index, day);
  if (directory->losses != nullptr) observe_surprise(index, mark < chance, chance, directory->losses->of_access(operation, day), context);
  if (mark >= chance) return;
  std::size_t const actor = (closed.incident >> 48) - 1;
  auto const& parts = directory->shards_of_dyad[actor * directory->nation_count() + static_cast<std::size_t>(index)];
  int const shard = parts[static_cast<std::uint32_t>(closed.incident) % parts.size()];
  context.send(directory->shards[static_cast<std::size_t>(shard)], after_days(days), IntrusionSet::Attempt{operation});
}

void ResponseTeam::on(Exercise const& exercise, State& state, sim::Context<ResponseTeam>& context) const {
  double const day = directory->day(context.now());
  double const before = skill(state, day);
  state.skill = before + (1 - before) * directory->setting->parameters.exercise_learning * exercise.quality;
  state.skill_day = day;
}

void ResponseTeam::on(RelationChange const& change, State& state, sim::Context<ResponseTeam>& context) const {
  apply(change, state.relations, *directory, context.now());
}

}  // namespace world
