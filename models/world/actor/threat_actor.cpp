#include "models/world/actor/threat_actor.hpp"

#include <algorithm>
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
constexpr double sum_days = 60;                         // grid on which the sum over targets is made anew
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
  state.weighted_sum = reference_sum;
  for (std::uint32_t target = 0; target < directory->nation_count(); ++target) {
    if (base[target] <= 0) continue;
    schedule_next(target, 0, false, 0, context);
    // Nothing moves the criminals' choice of target yet: extra candidates would all be refused.
    if (!is_criminal()) schedule_next(target, 0, true, 0, context);
  }
  context.schedule(sim::from_days(bulletin_days), Bulletin{1});
}

double ThreatActor::year_noise(std::uint32_t target, int year, sim::Context<ThreatActor>& context) const {
  if (is_criminal()) return 1;
  auto const& quantiles = directory->setting->year_noise_quantiles;
  int const offset = year - directory->setting->first_year;
  double const u = context.rng(Draw::year_noise, static_cast<std::uint64_t>(target) << 16 | static_cast<std::uint64_t>(offset)).uniform();
  auto const& common = directory->year_factor;
  double const shared = common[static_cast<std::size_t>(std::clamp(offset, 0, static_cast<int>(common.size()) - 1))];
  return shared * quantiles[static_cast<std::size_t>(u * static_cast<double>(quantiles.size()))];
}

// Inverts the integrated rate from `day` on: constant within a calendar year of 365.25 d. The horizon if it is never reached.
double ThreatActor::next_day(std::uint32_t target, std::uint64_t key, double day, YearRate& known, sim::Context<ThreatActor>& context) const {
  Setting const& setting = *directory->setting;
  double remaining = context.rng(Draw::gap, key).exponential(1);
  double const horizon = directory->day(setting.end);
  while (day < horizon) {
    int const year = setting.year(day);
    double const year_end = setting.year_end(year);
    if (year != known.year) known = {year, base[target] * setting.trend(is_criminal(), year) * year_noise(target, year, context) / 365.25};
    double const capacity = known.per_day * (year_end - day);
    if (remaining < capacity) return day + remaining / known.per_day;
    remaining -= capacity;
    day = year_end;
  }
  return horizon;
}

void ThreatActor::schedule_next(std::uint32_t target, std::uint32_t first, bool extra, double day, sim::Context<ThreatActor>& context) const {
  double const horizon = directory->day(directory->setting->end);
  std::uint32_t count = 0;
  double first_day = 0;
  YearRate rate;
  while (true) {
    std::uint64_t const key = subkey(target, extra, first + count);
    double const next = next_day(target, key, day, rate, context);
    if (next >= horizon || (count > 0 && next > first_day + batch_days)) break;
    if (count == 0) first_day = next;
    day = next;
    ++count;
    auto marks = context.rng(Draw::decision, key);
    marks.bits();
    if (marks.uniform() < directory->setting->access(static_cast<int>(target), day)) break;
  }
  if (count == 0) return;
  sim::Time const at = std::max(context.now() + sim::tick, directory->setting->start + sim::from_days(day));
  context.schedule(at - context.now(), Candidate{target, first, count, extra ? 1U : 0U, day});
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
  auto const j = static_cast<std::size_t>(target);
  double const n = expected_cases[j];
  double const reference = (prior_cases * prior_named + recorded_named * n) / (prior_cases + n) - prior_cases * prior_innocent / (prior_cases + expected_others);
  double preference = static_cast<double>(state.tension[j]) * faded.tension - setting.parameters.deterrence_weight * (belief(target, state, faded.beliefs) - reference);
  double const theta = setting.parameters.targeting_ratio;
  if (theta != 1) preference += math::log(theta) * setting.doses.nation(Mechanism::visibility, target, state.relations, day);
  return preference;
}

void ThreatActor::sum_preferences(State& state, double day) const {
  decay(state, day);
  double sum = 0;
  for (std::size_t j = 0; j < directory->nation_count(); ++j)
    if (base[j] > 0) sum += base[j] * math::exp(log_preference(static_cast<int>(j), state, day, {}));
  state.weighted_sum = sum;
  state.summed_day = static_cast<float>(day);
}

// Rate over base rate of equations 3.4, before the cap.
double ThreatActor::rate_factor(std::uint32_t target, State& state, double day) const {
  if (is_criminal()) return 1;
  if (static_cast<int>(day / sum_days) != static_cast<int>(static_cast<double>(state.summed_day) / sum_days)) sum_preferences(state, day);
  return math::exp(log_preference(static_cast<int>(target), state, day, fading(state, day))) *
         math::pow(reference_sum / state.weighted_sum, directory->setting->parameters.displacement);
}

void ThreatActor::on(Candidate const& batch, State& state, sim::Context<ThreatActor>& context) const {
  bool const extra = batch.extra != 0;
  schedule_next(batch.target, batch.first + batch.count, extra, batch.day, context);
  double const uncapped = rate_factor(batch.target, state, batch.day);
  double const factor = std::min(uncapped, rate_cap);
  double const access = directory->setting->access(static_cast<int>(batch.target), batch.day);
  if (extra && factor <= 1) return;  // no mark is below 0
  Decided decided{index, static_cast<std::int32_t>(batch.target), 0, 0, uncapped > rate_cap ? 1 : 0, 0};
  bool const all_kept = !extra && factor >= 1;  // every mark is below 1
  std::uint32_t const last = batch.count - 1;
  decided.attempted = all_kept ? static_cast<std::int32_t>(last) : 0;
  for (std::uint32_t i = all_kept ? last : 0; i <= last; ++i) {
    std::uint32_t const number = batch.first + i;
    auto marks = context.rng(Draw::decision, subkey(batch.target, extra, number));
    double const thinning = marks.uniform();
    if (!(extra ? thinning < factor - 1 : thinning < factor)) {
      decided.deterred += extra ? 0 : 1;
      continue;
    }
    ++decided.attempted;
    double const access_mark = marks.uniform();
    if (i < last || access_mark >= access) continue;
    decided.access = 1;
    context.set_incident(incident_id(index, static_cast<int>(batch.target), extra, number));
    launch(batch.target, number, extra, marks, access_mark, state, context);
  }
  if (decided.attempted + decided.deterred > 0) context.observe(decided);
}

void ThreatActor::launch(std::uint32_t target, std::uint32_t number, bool extra, sim::RngStream decision, double access_mark, State const& state, sim::Context<ThreatActor>& context) const {
  double const vector_mark = decision.uniform(), objective_mark = decision.uniform();
  std::uint64_t const key = subkey(target, extra, number);
  Setting const& setting = *directory->setting;
  double const day = directory->day(context.now());
  auto marks = context.rng(Draw::plan, key);
  Operation operation{};
  operation.incident = incident_id(index, static_cast<int>(target), extra, number);
  operation.access_mark = access_mark;
  operation.access_probability = setting.access(static_cast<int>(target), day);
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
  double const recon_days = context.rng(Draw::recon, key).lognormal(14, 1);
  auto ways = context.rng(Draw::recon, key | 1ULL << 63);
  operation.false_flag = !is_criminal() && ways.bernoulli(setting.parameters.false_flag_share) ? 1 : 0;
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
  int const shard = parts[number % parts.size()];
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
  state.weighted_sum += base[j] * (math::exp(log_preference(blame.target, state, day, {})) - math::exp(before));
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
  if (base[j] > 0) state.weighted_sum += base[j] * (math::exp(log_preference(change.nation, state, day, fading(state, day))) - before);
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
