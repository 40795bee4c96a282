#include "models/world/actor/threat_actor.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "models/world/actor/intrusion_set.hpp"
#include "models/world/nation/budget.hpp"
#include "models/world/nation/nation.hpp"
#include "sim/base/math.hpp"

namespace world {
namespace {

namespace math = sim::math;
constexpr double ln2 = 0.69314718055994531;
constexpr double belief_half_life_days = 3 * 365.25;   // equations 11.1
constexpr double prior_cases = 10, prior_named = 0.13, prior_innocent = 0.01;
constexpr double recorded_named = 0.277;                // share of state-linked incidents that are named, EuRepoC
constexpr double rate_cap = 2;                          // equations 3.5
constexpr double criminal_rate_cap = 1.125;             // only efforts of prevention move criminals, and little

constexpr double known_days = 365;                      // an actor stays known so long after a discovery (equations 6.2)
constexpr double sum_days = Doses::quarter_days;        // grid on which the sum over targets is made anew
constexpr double batch_days = 182;                      // longest time that failed attempts wait to be counted

}  // namespace

// Extra candidates over base ones: as many as the cap may ever need.
double ThreatActor::extra_rate() const {
  if (!is_criminal()) return rate_cap - 1;
  // Nothing else moves the criminals' choice of target: extra candidates would all be refused.
  return directory->setting->switches[Behaviour::investment] ? criminal_rate_cap - 1 : 0;
}

void ThreatActor::init(State& state, sim::Context<ThreatActor>& context) const {
  state.relations = controlled_relations(*directory->setting);
  set_sum(state, reference_sum);
  state.judged_quarter = -1;
  if (directory->setting->switches[Behaviour::signal_doctrine]) sum_preferences(state, 0);
  for (std::uint32_t target = 0; target < directory->nation_count(); ++target) {
    if (base[target] <= 0) continue;
    schedule_next(target, 0, false, 0, context);
    if (extra_rate() > 0) schedule_next(target, 0, true, 0, context);
  }
  context.schedule(sim::from_days(bulletin_days), Bulletin{1});
}

// Noise of a dyad's year, and of the three years beside it in the same block of words.
double ThreatActor::year_noise(std::uint32_t target, int year, YearRate& rate, sim::Context<ThreatActor>& context) const {
  if (is_criminal()) return 1;
  int const offset = year - directory->setting->first_year, block = offset / 4;
  if (block != rate.block) {
    auto const& quantiles = directory->setting->year_noise_quantiles;
    auto rng = context.lasting_rng(Draw::year_noise, static_cast<std::uint64_t>(target) << 16 | static_cast<std::uint64_t>(block));
    for (double& noise : rate.noise) noise = quantiles[static_cast<std::size_t>(rng.uniform() * static_cast<double>(quantiles.size()))];
    rate.block = block;
  }
  auto const& common = directory->year_factor;
  double const shared = common[static_cast<std::size_t>(std::clamp(offset, 0, static_cast<int>(common.size()) - 1))];
  return shared * rate.noise[static_cast<std::size_t>(offset % 4)];
}

// Rate of candidates from `day` to the end of the year of 365.25 d, or of the step of a crisis.
void ThreatActor::enter(std::uint32_t target, double day, YearRate& rate, sim::Context<ThreatActor>& context) const {
  if (rate.year >= 0 && day < rate.end) return;
  Setting const& setting = *directory->setting;
  int year = setting.year(day);
  if (day >= setting.year_end(year)) ++year;  // rounding at the turn of a year
  if (year != rate.year) rate.yearly = rate.share * base[target] * setting.trend(is_criminal(), year) * year_noise(target, year, rate, context) / 365.25;
  rate.year = year;
  Crises::Step const step = setting.crises.step(index, static_cast<int>(target), day);
  rate.per_day = rate.yearly * step.factor;
  rate.end = std::min(setting.year_end(year), step.end);
}

// Inverts the integrated rate from `day` on; the horizon if `mark` is never reached.
double ThreatActor::first_occasion(std::uint32_t target, double mark, double day, YearRate& rate, sim::Context<ThreatActor>& context) const {
  double const horizon = directory->day(directory->setting->end);
  while (day < horizon) {
    enter(target, day, rate, context);
    double const capacity = rate.per_day * (rate.end - day);
    if (mark < capacity) return day + mark / rate.per_day;
    mark -= capacity;
    day = rate.end;
  }
  return horizon;
}

// The same for occasions that can get in, and the expected number of failures before; looks no further than `end`.
ThreatActor::Opening ThreatActor::next_opening(std::uint32_t target, double mark, double day, double end, YearRate& rate, sim::Context<ThreatActor>& context) const {
  Setting const& setting = *directory->setting;
  double failures = 0;
  while (day < end) {
    enter(target, day, rate, context);
    double const access = setting.access_bound(static_cast<int>(target), day);
    double const until = std::min({rate.end, Setting::quarter_end(day), end});
    double const occasions = rate.per_day * (until - day), openings = occasions * access;
    if (mark < openings) {
      double const days = mark / (rate.per_day * access);
      return {day + days, true, failures + rate.per_day * days * (1 - access)};
    }
    mark -= openings;
    failures += occasions - openings;
    day = until;
  }
  return {end, false, failures};
}

void ThreatActor::schedule_next(std::uint32_t target, std::uint32_t number, bool extra, double day, sim::Context<ThreatActor>& context) const {
  Setting const& setting = *directory->setting;
  double const horizon = directory->day(setting.end);
  auto marks = context.rng(Draw::gap, campaign_key(target, extra, number));
  YearRate rate;
  if (extra) rate.share = extra_rate();
  double const first = first_occasion(target, marks.exponential(1), day, rate, context);
  if (first >= horizon) return;
  Candidate batch{target, number, extra ? std::uint16_t{1} : std::uint16_t{0}, 0, 1, 0, first, 0};
  if (marks.uniform() >= setting.access_bound(static_cast<int>(target), first)) {
    Opening const opening = next_opening(target, marks.exponential(1), first, std::min(first + batch_days, horizon), rate, context);
    batch.first_fails = 1;
    batch.opens = opening.reached ? 1 : 0;
    batch.day = opening.day;
    batch.failures = opening.failures;
  }
  sim::Time const at = std::clamp(setting.start + sim::from_days(batch.day), context.now() + sim::tick, setting.end - sim::tick);
  if (at > context.now()) context.schedule(at - context.now(), batch);
}

void ThreatActor::decay(State& state, double day) const {
  double const days = day - static_cast<double>(state.decayed_day);
  if (days <= 0) return;
  auto const beliefs = static_cast<float>(math::exp(-ln2 * days / belief_half_life_days));
  auto const tensions = static_cast<float>(math::exp(-ln2 * days / directory->setting->parameters.tension_half_life_days));
  for (std::size_t j = 0; j < directory->nation_count(); ++j) {
    state.named[j] *= beliefs;
    state.cases[j] *= beliefs;
    state.tension[j] *= tensions;
  }
  state.named_innocent *= beliefs;
  state.decayed_day = static_cast<float>(day);
}

// Pr(blamed | attacks) - Pr(blamed | innocent), two beta means; remembered counts fade by `fading` since they were decayed.
double ThreatActor::belief(int target, State const& state, double fading) const {
  auto const j = static_cast<std::size_t>(target);
  double const blamed = (prior_cases * prior_named + static_cast<double>(state.named[j]) * fading) / (prior_cases + static_cast<double>(state.cases[j]) * fading);
  // Every resolved campaign of another actor was an occasion to be blamed for it.
  double const innocent = (prior_cases * prior_innocent + static_cast<double>(state.named_innocent) * fading) / (prior_cases + expected_others);
  return blamed - innocent;
}

// What belief comes to by the record (equations 11.1).
double ThreatActor::reference_blame(int target) const {
  double const n = expected_cases[static_cast<std::size_t>(target)];
  return (prior_cases * prior_named + recorded_named * n) / (prior_cases + n) - prior_cases * prior_innocent / (prior_cases + expected_others);
}

ThreatActor::Fading ThreatActor::fading(State const& state, double day) const {
  double const age = day - static_cast<double>(state.decayed_day);
  return {math::exp(-ln2 * age / belief_half_life_days), math::exp(-ln2 * age / directory->setting->parameters.tension_half_life_days)};
}

// What a target's effort of prevention takes from its attraction (eta_v of equations 3.4).
double ThreatActor::vulnerability(int target, State const& state) const {
  Parameters const& p = directory->setting->parameters;
  return -(is_criminal() ? p.criminal_vulnerability_weight : p.state_vulnerability_weight) * prevention_gain(state.effort[target]);
}

double ThreatActor::log_preference(int target, State const& state, double day, Fading faded) const {
  Setting const& setting = *directory->setting;
  double const visible = setting.log_targeting_ratio == 0 || is_criminal() ? 0 : setting.doses.nation(Mechanism::visibility, target, state.relations, day);
  return log_preference(target, state, faded, visible);
}

// The same for a target whose dose of M8 is known.
double ThreatActor::log_preference(int target, State const& state, Fading faded, double visible) const {
  Setting const& setting = *directory->setting;
  double const ease = state.effort[target] == 0 ? 0 : vulnerability(target, state);
  if (is_criminal()) return ease;
  auto const j = static_cast<std::size_t>(target);
  double const deterred = setting.switches[Behaviour::signal_doctrine]
                              ? -static_cast<double>(state.acceptance[j])
                              : setting.parameters.deterrence_weight * (belief(target, state, faded.beliefs) - reference_blame(target));
  return static_cast<double>(state.tension[j]) * faded.tension - deterred + setting.log_targeting_ratio * visible + ease;
}

// What the target's signals and doctrine leave of the gains worth an attack (equations 11.2).
void ThreatActor::judge(int target, State& state, double day) const {
  Setting const& setting = *directory->setting;
  auto const j = static_cast<std::size_t>(target);
  if (!setting.switches[Behaviour::signal_doctrine] || is_criminal() || base[j] <= 0) return;
  bool const has_policy = state.has_policy[j] != 0;
  bool const controlled = std::any_of(std::begin(state.relations.slots), std::end(state.relations.slots), [&](Relation const& r) { return r.nation == target; });
  if (!controlled && state.relations.ending == 0) {
    state.acceptance[j] = static_cast<float>(setting.signals.recorded_acceptance(target, day, has_policy));
    return;
  }
  Parameters const& p = setting.parameters;
  double const dose = p.attribution_odds == 1 ? 0 : setting.doses.nation(Mechanism::attribution, target, state.relations, day);
  double const openness = math::logistic(naming_logit(p, typical_severity, has_policy, dose));
  state.acceptance[j] = static_cast<float>(setting.signals.log_acceptance(target, day, openness));
}

// A target's term of the sum S of equations 3.4.
double ThreatActor::term(int target, State const& state, double day) const {
  auto const j = static_cast<std::size_t>(target);
  return base[j] > 0 ? base[j] * math::exp(log_preference(target, state, day, fading(state, day))) : 0;
}

void ThreatActor::set_sum(State& state, double sum) const {
  state.weighted_sum = sum;
  state.displacement_factor = math::pow(reference_sum / sum, directory->setting->parameters.displacement);
}

void ThreatActor::sum_preferences(State& state, double day) const {
  decay(state, day);
  Setting const& setting = *directory->setting;
  if (int const quarter = static_cast<int>(day / sum_days); quarter != state.judged_quarter) {
    state.judged_quarter = quarter;
    for (int target = 0; target < static_cast<int>(directory->nation_count()); ++target) judge(target, state, day);
  }
  std::array<double, max_nations> visible{};
  if (setting.log_targeting_ratio != 0 && !is_criminal()) setting.doses.all_nations(Mechanism::visibility, state.relations, day, visible);
  double sum = 0;
  for (std::size_t j = 0; j < directory->nation_count(); ++j)
    if (base[j] > 0) sum += base[j] * math::exp(log_preference(static_cast<int>(j), state, {}, visible[j]));
  set_sum(state, sum);
  state.summed_day = static_cast<float>(day);
}

// Rate over base rate of equations 3.4, before the cap.
double ThreatActor::rate_factor(std::uint32_t target, State& state, double day) const {
  if (extra_rate() == 0) return 1;
  if (static_cast<int>(day / sum_days) != static_cast<int>(static_cast<double>(state.summed_day) / sum_days)) sum_preferences(state, day);
  return math::exp(log_preference(static_cast<int>(target), state, day, fading(state, day))) * state.displacement_factor;
}

void ThreatActor::on(Candidate const& batch, State& state, sim::Context<ThreatActor>& context) const {
  bool const extra = batch.extra != 0;
  schedule_next(batch.target, batch.number + 1, extra, batch.day, context);
  double const uncapped = rate_factor(batch.target, state, batch.day);
  double const cap = 1 + extra_rate();
  double const factor = std::min(uncapped, cap);
  if (extra && factor <= 1) return;  // no mark is below 0
  double const kept = extra ? (factor - 1) / (cap - 1) : std::min(factor, 1.0);
  auto marks = context.rng(Draw::decision, campaign_key(batch.target, extra, batch.number));
  double const failures_mark = marks.uniform(), first_mark = marks.uniform(), opening_mark = marks.uniform();
  Decided decided{index, static_cast<std::int32_t>(batch.target), 0, 0, 0, uncapped > cap ? 1 : 0, 0};
  auto const used = [&](double share) {
    auto const failures = static_cast<std::int32_t>(math::poisson_quantile(failures_mark, batch.failures * share));
    return failures + (batch.first_fails != 0 && first_mark < share ? 1 : 0) + (batch.opens != 0 && opening_mark < share ? 1 : 0);
  };
  decided.attempted = used(kept);
  if (extra) decided.attracted = decided.attempted;
  if (!extra && kept < 1) decided.deterred = used(1) - decided.attempted;
  if (batch.opens != 0) {
    Setting const& setting = *directory->setting;
    int const target = static_cast<int>(batch.target);
    double const access = setting.access_at_effort(setting.access(target, batch.day), state.effort[target]), bound = setting.access_bound(target, batch.day);
    double const worth = directory->losses != nullptr ? directory->losses->of_opening(index, target, directory->day(context.now())) : 0;
    if (directory->losses != nullptr) observe_surprise(target, opening_mark < kept, kept, worth * access / bound, context);
    if (opening_mark < kept) {
      double const mark = marks.uniform() * bound;
      if (directory->losses != nullptr) observe_surprise(target, mark < access, access / bound, worth, context);
      decided.access = mark < access ? 1 : 0;
      context.set_incident(incident_id(index, target, extra, batch.number));
      if (mark < access) launch(batch, mark, access, state, context);
    }
  }
  if (decided.attempted + decided.deterred > 0) context.observe(decided);
}

void ThreatActor::on(Known const& known, State& state, sim::Context<ThreatActor>& context) const {
  state.known_day[known.target] = static_cast<std::int16_t>(directory->day(context.now()) + 1);
  (known.target < 64 ? state.knowledge_low : state.knowledge_high) |= 1ULL << (known.target % 64);
}

void ThreatActor::on(Blame const& blame, State& state, sim::Context<ThreatActor>& context) const {
  double const day = directory->day(context.now());
  decay(state, day);
  if (blame.innocent != 0) {
    state.named_innocent += 1;
    sum_preferences(state, day);
    return;
  }
  // Only this target's term of the sum changes; the slow decay of the others waits for the next full sum.
  auto const j = static_cast<std::size_t>(blame.target);
  double const before = term(blame.target, state, day);
  state.cases[j] += 1;
  if (blame.named != 0) state.named[j] += 1;
  if (blame.named != 0 && blame.effect != 0) state.tension[j] += static_cast<float>(directory->setting->parameters.tension_jump);
  set_sum(state, state.weighted_sum + (term(blame.target, state, day) - before));
}

void ThreatActor::renew_knowledge(State& state, double day) const {
  state.knowledge_low = state.knowledge_high = 0;
  for (std::size_t j = 0; j < directory->nation_count(); ++j) {
    if (state.known_day[j] == 0 || day - (state.known_day[j] - 1) > known_days) continue;
    (j < 64 ? state.knowledge_low : state.knowledge_high) |= 1ULL << (j % 64);
  }
}

void ThreatActor::on(Bulletin const& bulletin, State& state, sim::Context<ThreatActor>& context) const {
  renew_knowledge(state, directory->day(context.now()));
  auto const& shards = directory->shards_of_actor[static_cast<std::size_t>(index)];
  for (std::size_t word = 0; word < std::size(state.subscribed); ++word)
    for (std::uint64_t bits = state.subscribed[word]; bits != 0; bits &= bits - 1) {
      std::size_t const shard = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
      context.send(directory->shards[static_cast<std::size_t>(shards[shard])], world_lookahead, IntrusionSet::Review{state.knowledge_low, state.knowledge_high});
    }
  context.schedule(sim::from_days(bulletin_days), Bulletin{bulletin.number + 1});
}

void ThreatActor::on(Subscription const& subscription, State& state, sim::Context<ThreatActor>&) const {
  auto const shard = static_cast<std::size_t>(subscription.shard);
  SIM_CHECK(shard < max_shards);
  std::uint64_t const bit = 1ULL << (shard % 64);
  if (subscription.on != 0) state.subscribed[shard / 64] |= bit;
  else state.subscribed[shard / 64] &= ~bit;
}

void ThreatActor::on(RelationChange const& change, State& state, sim::Context<ThreatActor>& context) const {
  double const day = directory->day(context.now());
  if (change.nation < 0) {
    apply(change, state.relations, *directory, context.now());
    state.judged_quarter = -1;
    if (extra_rate() > 0) sum_preferences(state, day);
    return;
  }
  double const before = term(change.nation, state, day);
  apply(change, state.relations, *directory, context.now());
  judge(change.nation, state, day);
  set_sum(state, state.weighted_sum + (term(change.nation, state, day) - before));
}

void ThreatActor::on(TargetEffort const& effort, State& state, sim::Context<ThreatActor>& context) const {
  double const day = directory->day(context.now());
  double const before = term(effort.target, state, day), ease = vulnerability(effort.target, state);
  state.effort[effort.target] = static_cast<std::int8_t>(effort.level);
  set_sum(state, state.weighted_sum + before * math::expm1(vulnerability(effort.target, state) - ease));
}

void ThreatActor::on(Doctrine const& doctrine, State& state, sim::Context<ThreatActor>& context) const {
  double const day = directory->day(context.now());
  double const before = term(doctrine.target, state, day);
  state.has_policy[doctrine.target] = doctrine.has_policy != 0;
  judge(doctrine.target, state, day);
  set_sum(state, state.weighted_sum + (term(doctrine.target, state, day) - before));
}

std::vector<double> displaced_rates(std::vector<double> const& rates, std::vector<double> const& log_preferences, double displacement) {
  double reference = 0, sum = 0;
  for (std::size_t j = 0; j < rates.size(); ++j) {
    reference += rates[j];
    sum += rates[j] * math::exp(log_preferences[j]);
  }
  std::vector<double> result;
  for (std::size_t j = 0; j < rates.size(); ++j)
    result.push_back(rates[j] * math::exp(log_preferences[j]) * math::pow(reference / sum, displacement));
  return result;
}

}  // namespace world
