#include "models/world/nation/budget.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/decision/investment.hpp"
#include "models/world/actor/threat_actor.hpp"
#include "models/world/nation/shared_effort.hpp"
#include "sim/base/math.hpp"

namespace world {
namespace {

namespace math = sim::math;
constexpr double log_step = 0.095310179804324866;  // ln 1.1
constexpr double ln2 = 0.69314718055994531;
constexpr double memory_half_life_days = 3 * 365.25;  // assumed: budgets remember a few years
constexpr double prior_years = 3;                     // assumed: one's own record counts as much as expectation after three years
constexpr double least = 0.5, most = 2;               // equations 16.1

}  // namespace

double effort_of(int level) {
  static std::array<double, 2 * effort_levels + 1> const efforts = [] {
    std::array<double, 2 * effort_levels + 1> made{};
    for (int i = 0; i < static_cast<int>(made.size()); ++i) made[static_cast<std::size_t>(i)] = math::exp(log_step * (i - effort_levels));
    return made;
  }();
  return efforts[static_cast<std::size_t>(level + effort_levels)];
}
double prevention_gain(int level) { return 0.25 * log_step * level; }

double best_effort_ratio(double vulnerability, double stakes, double loss_ratio) {
  double const before = decision::best_effort_of_class_one(vulnerability, stakes);
  double const after = decision::best_effort_of_class_one(vulnerability, stakes * loss_ratio);
  if (before <= 0) return after > 0 ? most : 1;
  return std::clamp(after / before, least, most);
}

void Budget::init(State& state, sim::Context<Budget>&) const { state.relations = controlled_relations(*directory->setting); }

double Budget::spill(State const& state, double day) const {
  Doses const& doses = directory->setting->doses;
  auto const nations = static_cast<int>(directory->nation_count());
  std::array<double, max_nations> dose;
  doses.all_pairs(Mechanism::sharing, index, state.relations, day, dose);
  double sum = 0;
  for (int n = 0; n < nations; ++n) sum += dose[static_cast<std::size_t>(n)] * effort_of(state.level[n]);
  return std::min(1.0, sum / (nations - 1));
}

double Budget::reply(decision::Sharing sharing, double alone, State const& state, double day) const {
  Doses const& doses = directory->setting->doses;
  std::array<Partner, max_nations> partners;
  std::size_t count = 0;
  for (int n = 0; n < static_cast<int>(directory->nation_count()); ++n) {
    if (n == index) continue;
    double const dose = doses.pair(Mechanism::sharing, index, n, state.relations, day);
    if (dose > 0) partners[count++] = {dose, effort_of(state.level[n])};
  }
  return best_reply(sharing, {alone, directory->setting->parameters.free_riding, doses.spill_in_indices(index), doses.closest_in_indices(index),
                              static_cast<double>(directory->nation_count() - 1)},
                    {partners.data(), count});
}

void Budget::on(Account const& account, State& state, sim::Context<Budget>& context) const {
  Setting const& setting = *directory->setting;
  double const day = directory->day(context.now()), days = day - state.account_day;
  double const expected_per_day = setting.expected_cost(index, day);
  double const fading = math::exp(-ln2 * days / memory_half_life_days);
  state.cost = state.cost * fading + account.cost;
  state.expected = state.expected * fading + expected_per_day * days;
  state.account_day = day;
  double const prior = prior_years * 365.25 * expected_per_day;
  double ratio = best_effort_ratio(setting.access(index, day), setting.parameters.investment_stakes, (prior + state.cost) / (prior + state.expected));
  double const rho = setting.parameters.free_riding;
  // The indices of prevention already contain what partners' efforts changed up to 2020 (as for M6 and M7).
  if (auto const sharing = sharing_of(setting.switches); rho != 0 && sharing)
    ratio = reply(*sharing, ratio, state, day);
  else if (rho != 0)
    ratio *= (1 - rho * spill(state, day)) / (1 - rho * setting.doses.spill_in_indices(index));
  double const exact = math::log(std::clamp(ratio, least, most)) / log_step;
  if (std::fabs(exact - state.level[index]) < steps_worth_telling) return;
  tell(static_cast<int>(std::clamp(std::floor(exact + 0.5), -double{effort_levels}, double{effort_levels})), state, context);
}

void Budget::tell(int level, State& state, sim::Context<Budget>& context) const {
  if (level == state.level[index]) return;
  state.level[index] = static_cast<std::int8_t>(level);
  context.observe(Spending{effort_of(level), index});
  Effort const effort{index, level};
  for (auto const actor : directory->actors) context.send(actor, world_lookahead, ThreatActor::TargetEffort{index, level});
  if (directory->setting->parameters.free_riding == 0) return;
  // Partners of now, and those who will be by the record; who becomes one by a lever is told then.
  Doses const& doses = directory->setting->doses;
  double const last = directory->day(directory->setting->end);
  std::array<double, max_nations> now, later;
  doses.all_pairs(Mechanism::sharing, index, state.relations, directory->day(context.now()), now);
  doses.all_pairs(Mechanism::sharing, index, state.relations, last, later);
  for (std::size_t n = 0; n < directory->nation_count(); ++n)
    if (now[n] > 0 || later[n] > 0) context.send(directory->budgets[n], world_lookahead, effort);
}

void Budget::on(Effort const& effort, State& state, sim::Context<Budget>&) const {
  state.level[effort.nation] = static_cast<std::int8_t>(effort.level);
}

void Budget::on(RelationChange const& change, State& state, sim::Context<Budget>& context) const {
  apply(change, state.relations, *directory, context.now());
  // New partners tell each other what they spend.
  if (change.nation < 0 || change.on == 0 || state.level[index] == 0) return;
  Effort const effort{index, state.level[index]};
  if (change.nation != index) context.send(directory->budgets[static_cast<std::size_t>(change.nation)], world_lookahead, effort);
  for (std::size_t n = 0; change.nation == index && n < directory->nation_count(); ++n)
    if (static_cast<int>(n) != index) context.send(directory->budgets[n], world_lookahead, effort);
}

}  // namespace world
