#include "models/world/actor/threat_actor.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "models/world/actor/arsenal.hpp"
#include "models/world/actor/intrusion_set.hpp"
#include "models/world/objectives.hpp"
#include "sim/base/math.hpp"

namespace world {
namespace {

namespace math = sim::math;
constexpr double ln2 = 0.69314718055994531;
constexpr double belief_half_life_days = 3 * 365.25;   // equations 11.1
constexpr double prior_cases = 10, prior_named = 0.13, prior_innocent = 0.01;
constexpr double recorded_named = 0.277;                // share of state-linked incidents that are named, EuRepoC
constexpr double rate_cap = 2;                          // equations 3.5
constexpr double immediate_share = 0.87;                // of disruptions: denial of service and defacement, DCID methods

constexpr double known_days = 365;                      // an actor stays known so long after a discovery (equations 6.2)
constexpr double sum_days = Doses::quarter_days;        // grid on which the sum over targets is made anew
constexpr double batch_days = 182;                      // longest time that failed attempts wait to be counted

std::uint64_t subkey(std::uint32_t target, bool extra, std::uint32_t number) {
  return static_cast<std::uint64_t>(target) << 33 | (extra ? 1ULL << 32 : 0) | number;
}

template <std::size_t N>
int pick(std::array<double, N> const& cdf, double mark) {
  int i = 0;
  while (i + 1 < static_cast<int>(N) && mark >= cdf[static_cast<std::size_t>(i)]) ++i;
  return i;
}

}  // namespace

void ThreatActor::init(State& state, sim::Context<ThreatActor>& context) const {
  state.relations = controlled_relations(*directory->setting);
  set_sum(state, reference_sum);
  for (std::uint32_t target = 0; target < directory->nation_count(); ++target) {
    if (base[target] <= 0) continue;
    schedule_next(target, 0, false, 0, context);
    // Nothing moves the criminals' choice of target yet: extra candidates would all be refused.
    if (!is_criminal()) schedule_next(target, 0, true, 0, context);
  }
  context.schedule(sim::from_days(bulletin_days), Bulletin{1});
}

// Noise of a dyad's year, and of the three years beside it in the same block of words.
double ThreatActor::year_noise(std::uint32_t target, int year, YearRate& rate, sim::Context<ThreatActor>& context) const {
  if (is_criminal()) return 1;
  int const offset = year - directory->setting->first_year, block = offset / 4;
  if (block != rate.block) {
    auto const& quantiles = directory->setting->year_noise_quantiles;
    auto rng = context.rng(Draw::year_noise, static_cast<std::uint64_t>(target) << 16 | static_cast<std::uint64_t>(block));
    for (double& noise : rate.noise) noise = quantiles[static_cast<std::size_t>(rng.uniform() * static_cast<double>(quantiles.size()))];
    rate.block = block;
  }
  auto const& common = directory->year_factor;
  double const shared = common[static_cast<std::size_t>(std::clamp(offset, 0, static_cast<int>(common.size()) - 1))];
  return shared * rate.noise[static_cast<std::size_t>(offset % 4)];
}

// Rate of candidates in the calendar year of `day`, constant within a year of 365.25 d.
void ThreatActor::enter_year(std::uint32_t target, double day, YearRate& rate, sim::Context<ThreatActor>& context) const {
  Setting const& setting = *directory->setting;
  int const year = setting.year(day);
  if (year == rate.year) return;
  rate.year = year;
  rate.per_day = base[target] * setting.trend(is_criminal(), year) * year_noise(target, year, rate, context) / 365.25;
  rate.end = setting.year_end(year);
}

// Inverts the integrated rate from `day` on; the horizon if `mark` is never reached.
double ThreatActor::first_occasion(std::uint32_t target, double mark, double day, YearRate& rate, sim::Context<ThreatActor>& context) const {
  double const horizon = directory->day(directory->setting->end);
  while (day < horizon) {
    enter_year(target, day, rate, context);
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
    enter_year(target, day, rate, context);
    double const access = setting.access(static_cast<int>(target), day);
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
  auto marks = context.rng(Draw::gap, subkey(target, extra, number));
  YearRate rate;
  double const first = first_occasion(target, marks.exponential(1), day, rate, context);
  if (first >= horizon) return;
  Candidate batch{target, number, extra ? std::uint16_t{1} : std::uint16_t{0}, 0, 1, 0, first, 0};
  if (marks.uniform() >= setting.access(static_cast<int>(target), first)) {
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

ThreatActor::Fading ThreatActor::fading(State const& state, double day) const {
  double const age = day - static_cast<double>(state.decayed_day);
  return {math::exp(-ln2 * age / belief_half_life_days), math::exp(-ln2 * age / directory->setting->parameters.tension_half_life_days)};
}

double ThreatActor::log_preference(int target, State const& state, double day, Fading faded) const {
  Setting const& setting = *directory->setting;
  if (is_criminal()) return 0;
  double const visible = setting.log_targeting_ratio == 0 ? 0 : setting.doses.nation(Mechanism::visibility, target, state.relations, day);
  return log_preference(target, state, faded, visible);
}

// The same for a target whose dose of M8 is known.
double ThreatActor::log_preference(int target, State const& state, Fading faded, double visible) const {
  Setting const& setting = *directory->setting;
  auto const j = static_cast<std::size_t>(target);
  double const n = expected_cases[j];
  double const reference = (prior_cases * prior_named + recorded_named * n) / (prior_cases + n) - prior_cases * prior_innocent / (prior_cases + expected_others);
  return static_cast<double>(state.tension[j]) * faded.tension - setting.parameters.deterrence_weight * (belief(target, state, faded.beliefs) - reference) +
         setting.log_targeting_ratio * visible;
}

void ThreatActor::set_sum(State& state, double sum) const {
  state.weighted_sum = sum;
  state.displacement_factor = math::pow(reference_sum / sum, directory->setting->parameters.displacement);
}

void ThreatActor::sum_preferences(State& state, double day) const {
  decay(state, day);
  Setting const& setting = *directory->setting;
  std::array<double, max_nations> visible{};
  if (setting.log_targeting_ratio != 0) setting.doses.all_nations(Mechanism::visibility, state.relations, day, visible);
  double sum = 0;
  for (std::size_t j = 0; j < directory->nation_count(); ++j)
    if (base[j] > 0) sum += base[j] * math::exp(log_preference(static_cast<int>(j), state, {}, visible[j]));
  set_sum(state, sum);
  state.summed_day = static_cast<float>(day);
}

// Rate over base rate of equations 3.4, before the cap.
double ThreatActor::rate_factor(std::uint32_t target, State& state, double day) const {
  if (is_criminal()) return 1;
  if (static_cast<int>(day / sum_days) != static_cast<int>(static_cast<double>(state.summed_day) / sum_days)) sum_preferences(state, day);
  return math::exp(log_preference(static_cast<int>(target), state, day, fading(state, day))) * state.displacement_factor;
}

void ThreatActor::on(Candidate const& batch, State& state, sim::Context<ThreatActor>& context) const {
  bool const extra = batch.extra != 0;
  schedule_next(batch.target, batch.number + 1, extra, batch.day, context);
  double const uncapped = rate_factor(batch.target, state, batch.day);
  double const factor = std::min(uncapped, rate_cap);
  if (extra && factor <= 1) return;  // no mark is below 0
  double const kept = extra ? factor - 1 : std::min(factor, 1.0);
  auto marks = context.rng(Draw::decision, subkey(batch.target, extra, batch.number));
  double const failures_mark = marks.uniform(), first_mark = marks.uniform(), opening_mark = marks.uniform();
  Decided decided{index, static_cast<std::int32_t>(batch.target), 0, 0, uncapped > rate_cap ? 1 : 0, 0};
  auto const used = [&](double share) {
    auto const failures = static_cast<std::int32_t>(math::poisson_quantile(failures_mark, batch.failures * share));
    return failures + (batch.first_fails != 0 && first_mark < share ? 1 : 0) + (batch.opens != 0 && opening_mark < share ? 1 : 0);
  };
  decided.attempted = used(kept);
  if (!extra && kept < 1) decided.deterred = used(1) - decided.attempted;
  if (batch.opens != 0 && opening_mark < kept) {
    decided.access = 1;
    context.set_incident(incident_id(index, static_cast<int>(batch.target), extra, batch.number));
    double const access = directory->setting->access(static_cast<int>(batch.target), batch.day);
    launch(batch, marks.uniform() * access, access, state, context);
  }
  if (decided.attempted + decided.deterred > 0) context.observe(decided);
}

void ThreatActor::launch(Candidate const& batch, double access_mark, double access_probability, State const& state, sim::Context<ThreatActor>& context) const {
  std::uint32_t const target = batch.target;
  bool const extra = batch.extra != 0;
  std::uint64_t const key = subkey(target, extra, batch.number);
  Setting const& setting = *directory->setting;
  double const day = directory->day(context.now());
  auto marks = context.rng(Draw::plan, key), ways = context.rng(Draw::recon, key);
  double const recon_days = ways.lognormal(14, 1), false_flag_mark = ways.uniform();
  double const vector_mark = ways.uniform(), objective_mark = ways.uniform();
  Operation operation{};
  operation.incident = incident_id(index, static_cast<int>(target), extra, batch.number);
  operation.access_mark = access_mark;
  operation.access_probability = access_probability;
  operation.target = static_cast<std::uint16_t>(target);
  Objective objective = Objective::short_espionage;
  if (is_criminal()) {
    // Ransomware rises along a logistic from 3 % in 2016 to its share of 2021 (equations 3.9).
    double const rise = math::logistic((setting.year(day) - 2018.5) * 2);
    double const share = 0.03 + (setting.parameters.ransomware_share_2021 - 0.03) * rise;
    if (objective_mark < share) objective = Objective::ransomware;
  } else {
    objective = static_cast<Objective>(pick(setting.objective_cdf[static_cast<std::size_t>(index)], objective_mark));
  }
  operation.objective = static_cast<std::uint8_t>(objective);
  std::size_t const severity_row = is_criminal() ? 4 : static_cast<std::size_t>(objective);
  operation.severity = static_cast<std::uint8_t>(pick(setting.severity_cdf[severity_row], marks.uniform()));
  double const sector_mark = marks.uniform();
  double const government = is_criminal() ? 0 : setting.atlas->government_share;
  int sector = setting.government_sector;
  if (sector_mark >= government) {
    double const within = (sector_mark - government) / (1 - government);
    auto const& cdf = setting.sector_cdf;
    sector = static_cast<int>(std::upper_bound(cdf.begin(), cdf.end() - 1, within) - cdf.begin());
  }
  operation.sector = static_cast<std::uint8_t>(sector);
  double const method = marks.uniform();
  operation.immediate = objective == Objective::disruption && method < immediate_share ? 1 : 0;
  double const last = marks.uniform();
  operation.platform = static_cast<std::uint8_t>(last * platform_count);
  operation.false_flag = !is_criminal() && false_flag_mark < setting.parameters.false_flag_share ? 1 : 0;
  std::array<double, 4> cdf = setting.vector_share;
  for (std::size_t i = 1; i < 4; ++i) cdf[i] += cdf[i - 1];
  auto const vector = static_cast<Vector>(pick(cdf, vector_mark));
  operation.vector = static_cast<std::uint8_t>(vector);
  operation.knowledge_low = state.knowledge_low;
  operation.knowledge_high = state.knowledge_high;
  if (operation.immediate == 0 && (vector == Vector::known_flaw || vector == Vector::zero_day)) {
    auto const arsenal = directory->arsenals[static_cast<std::size_t>(index * platform_count + operation.platform)];
    context.send(arsenal, world_lookahead, Arsenal::Request{operation, recon_days});
    return;
  }
  auto const& parts = directory->shards_of_dyad[static_cast<std::size_t>(index) * directory->nation_count() + target];
  int const shard = parts[batch.number % parts.size()];
  context.send(directory->shards[static_cast<std::size_t>(shard)], after_days(recon_days), IntrusionSet::Attempt{operation});
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
  double const before = log_preference(blame.target, state, day, {});
  state.cases[j] += 1;
  if (blame.named != 0) state.named[j] += 1;
  if (blame.named != 0 && blame.effect != 0) state.tension[j] += static_cast<float>(directory->setting->parameters.tension_jump);
  set_sum(state, state.weighted_sum + base[j] * (math::exp(log_preference(blame.target, state, day, {})) - math::exp(before)));
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
  // Only this nation's term of the sum changes.
  auto const j = static_cast<std::size_t>(change.nation);
  double const before = base[j] > 0 ? math::exp(log_preference(change.nation, state, day, fading(state, day))) : 0;
  apply(change, state.relations, day);
  if (base[j] > 0) set_sum(state, state.weighted_sum + base[j] * (math::exp(log_preference(change.nation, state, day, fading(state, day))) - before));
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
