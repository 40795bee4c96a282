#include "models/world/organisation/organisation.hpp"

#include <algorithm>
#include <array>

#include "models/world/actor/arsenal.hpp"
#include "models/world/actor/intrusion_set.hpp"
#include "models/world/nation/response_team.hpp"
#include "models/world/relation_news.hpp"
#include "sim/base/math.hpp"

namespace world {
namespace {

constexpr int asked_max = 2;            // members asked for a server
constexpr double participation = 0.85;  // of members a year, where no list is known (equations 8.3)

}  // namespace

void Organisation::init(State& state, sim::Context<Organisation>& context) const {
  Setting const& setting = *directory->setting;
  state.relations = controlled_relations(setting);
  if (!setting.atlas->organisations[static_cast<std::size_t>(index)].has_exercise || !setting.switches[Mechanism::exercises]) return;
  int year = setting.first_year;
  sim::Time first = sim::to_time({year, 4, 15});
  if (first <= context.now()) first = sim::to_time({++year, 4, 15});
  context.schedule(first - context.now(), ExerciseDay{year});
}

void Organisation::on(Indicator const& indicator, State& state, sim::Context<Organisation>& context) const {
  Setting const& setting = *directory->setting;
  double const day = directory->day(context.now());
  std::array<double, max_nations> doses{};
  setting.doses.all_at_organisation(Mechanism::sharing, index, state.relations, day, doses);
  double const sender = doses[static_cast<std::size_t>(indicator.nation)];
  std::uint64_t const relay = static_cast<std::uint64_t>(indicator.tool) << 16 | static_cast<std::uint64_t>(indicator.nation) << 8;
  double const leak = setting.parameters.leak_probability;
  bool leaked = false;
  std::int32_t absorbed = 0;
  for (std::size_t n = 0; n < directory->nation_count(); ++n) {
    if (static_cast<int>(n) == indicator.nation) continue;
    double const dose = std::min(sender, doses[n]);
    if (dose <= 0) continue;
    auto rng = context.lasting_rng(Draw::receipt, relay | n);  // of its own: no nation's marks depend on another's
    if (rng.uniform() >= dose) continue;
    if (leak > 0 && context.lasting_rng(Draw::leak, static_cast<std::uint64_t>(indicator.tool) << 8 | n).bernoulli(leak)) leaked = true;  // equations 7.4
    double const capability = setting.capability(static_cast<int>(n), Capability::respond, day);
    if (rng.uniform() >= sim::math::logistic(0.5 + 0.5 * capability)) continue;
    ++absorbed;
    double const delay = rng.lognormal(7, 0.8);  // equations 7.2
    IntrusionSet::Absorbed const message{static_cast<std::int32_t>(n), indicator.tool, indicator.detected_day, 0};
    auto const& parts = directory->shards_of_dyad[static_cast<std::size_t>(indicator.actor) * directory->nation_count() + n];
    if (parts.empty()) continue;  // the actor never attacks this nation
    bool const in_one_part = follows_calendar(indicator.tool);
    for (std::size_t part = 0; part < parts.size(); ++part) {
      if (in_one_part && part != part_of_tool(indicator.tool, 0, parts.size())) continue;
      context.send(directory->shards[static_cast<std::size_t>(parts[part])], after_days(delay), message);
    }
  }
  if (leaked) {
    std::size_t const arsenal = static_cast<std::size_t>(indicator.actor) * platform_count + platform_of(indicator.tool);
    context.send(directory->arsenals[arsenal], world_lookahead, Arsenal::Leaked{indicator.tool});
  }
  context.observe(Relayed{index, indicator.nation, absorbed});
}

// A nation whose exercise is a lever plays while the flag is on; the others as members, at a known rate.
bool Organisation::takes_part(int nation, int year, double day, State const& state, sim::Context<Organisation>& context) const {
  if (directory->setting->endings.is_out(state.relations.ending, nation, index)) return false;
  for (Relation const& r : state.relations.slots)
    if (r.nation == nation && r.organisation == index && r.exercise_is_lever != 0) return r.flags.exercise_from <= day && day < r.flags.exercise_to;
  double const mark = context.rng(Draw::participation, static_cast<std::uint64_t>(year) << 16 | static_cast<std::uint64_t>(nation)).uniform();
  if (mark >= participation) return false;
  for (Relation const& r : state.relations.slots)
    if (r.nation == nation && r.organisation == index) return r.flags.member_from <= day && day < r.flags.member_to;
  sim::Time const now = context.now();
  for (FlagRecord const& flag : directory->setting->atlas->flags)
    if (flag.nation == nation && flag.organisation == index && flag.flag == Flag::membership && flag.from <= now && now < flag.to) return true;
  return false;
}

void Organisation::on(ExerciseDay const& exercise, State& state, sim::Context<Organisation>& context) const {
  double const day = directory->day(context.now());
  for (std::size_t n = 0; n < directory->nation_count(); ++n)
    if (takes_part(static_cast<int>(n), exercise.year, day, state, context))
      context.send(directory->teams[n], world_lookahead, ResponseTeam::Exercise{directory->setting->doses.weight(Mechanism::exercises, index, Flag::exercise)});
  context.schedule(sim::to_time({exercise.year + 1, 4, 15}) - context.now(), ExerciseDay{exercise.year + 1});
}

// Servers of the members by dose, as they stand in the middle of the quarter.
void Organisation::gather_pool(State& state, double day) const {
  int const quarter = static_cast<int>(day / Doses::quarter_days);
  if (state.pooled_quarter == quarter + 1) return;
  state.pooled_quarter = quarter + 1;
  Setting const& setting = *directory->setting;
  double const middle = (quarter + 0.5) * Doses::quarter_days;
  double sum = 0;
  for (int n = 0; n < static_cast<int>(directory->nation_count()); ++n) {
    sum += setting.doses.at_organisation(Mechanism::pooling, n, index, state.relations, middle) * setting.servers(n, setting.year(middle));
    state.pooled[n] = static_cast<float>(sum);
  }
}

// Two members are asked, drawn by what they have in the pool, while less is lent than it holds (equations 9.4).
void Organisation::on(AidSought const& sought, State& state, sim::Context<Organisation>& context) const {
  gather_pool(state, directory->day(context.now()));
  std::size_t const nations = directory->nation_count(), own = static_cast<std::size_t>(sought.nation);
  auto const pool = static_cast<double>(state.pooled[nations - 1]);
  double const others = pool - static_cast<double>(state.pooled[own] - (own == 0 ? 0 : state.pooled[own - 1]));
  if (sought.attempt == 0 && (state.lent + 1 > directory->setting->parameters.pool_share * pool || others < 1e-3)) return;
  state.lent += sought.attempt == 0;
  if (sought.attempt == asked_max) {
    --state.lent;
    return;
  }
  auto rng = context.lasting_rng(Draw::helper, sought.incident);
  double mark = rng.uniform();
  for (std::int32_t i = 0; i < sought.attempt; ++i) mark = rng.uniform();
  mark *= others;
  double const before = own == 0 ? 0 : static_cast<double>(state.pooled[own - 1]);
  if (mark >= before) mark += pool - others;  // whoever asks is left out
  auto const helper = static_cast<std::size_t>(std::upper_bound(state.pooled, state.pooled + nations - 1, static_cast<float>(mark)) - state.pooled);
  context.send(directory->teams[helper], world_lookahead,
               ResponseTeam::AidRequest{sought.incident, static_cast<std::int16_t>(sought.nation), static_cast<std::int16_t>(index), sought.attempt});
}

void Organisation::on(AidEnded const&, State& state, sim::Context<Organisation>&) const { --state.lent; }

// Its members leave: what they carried decays as after any withdrawal; exercises and lending end at once.
void Organisation::on(Dissolved const&, State& state, sim::Context<Organisation>& context) const {
  if (!directory->setting->doses.matters(index)) return;  // a placebo: nobody hears of it
  RelationChange const change{-1, index, 0, 1};
  apply(change, state.relations, *directory, context.now());
  state.pooled_quarter = 0;
  tell_others(change, *directory, context);
}

void Organisation::on(RelationChange const& change, State& state, sim::Context<Organisation>& context) const {
  apply(change, state.relations, *directory, context.now());
  state.pooled_quarter = 0;
}

}  // namespace world
