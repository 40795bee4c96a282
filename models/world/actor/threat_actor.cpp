#include "models/world/actor/threat_actor.hpp"

#include <algorithm>

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
constexpr double reference_belief = prior_named - prior_innocent;
constexpr double rate_cap = 2;                          // equations 3.5
constexpr double immediate_share = 0.87;                // of disruptions: denial of service and defacement, DCID methods

std::uint64_t subkey(ThreatActor::Candidate const& c) {
  return static_cast<std::uint64_t>(c.target) << 33 | static_cast<std::uint64_t>(c.extra) << 32 | c.number;
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
    schedule_next(target, 0, false, context);
    // Nothing moves the criminals' choice of target yet: extra candidates would all be refused.
    if (!is_criminal()) schedule_next(target, 0, true, context);
  }
  context.schedule(sim::day * 30, Bulletin{1});
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

// Inverts the integrated rate: constant within a calendar year of 365.25 d.
void ThreatActor::schedule_next(std::uint32_t target, std::uint32_t number, bool extra, sim::Context<ThreatActor>& context) const {
  Setting const& setting = *directory->setting;
  Candidate const next{target, number, extra ? 1U : 0U};
  double remaining = context.rng(Draw::gap, subkey(next)).exponential(1);
  double const now = directory->day(context.now());
  double const horizon = directory->day(setting.end);
  double at = now;
  while (at < horizon) {
    int const year = setting.year(at);
    double const year_end = (year - setting.first_year + 1) * 365.25;
    double const rate = base[target] * setting.trend(is_criminal(), year) * year_noise(target, year, context) / 365.25;
    double const capacity = rate * (year_end - at);
    if (remaining < capacity) {
      context.schedule(std::max(sim::tick, sim::from_days(at + remaining / rate - now)), next);
      return;
    }
    remaining -= capacity;
    at = year_end;
  }
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
  state.cases_innocent *= beliefs;
  state.decayed_day = static_cast<float>(day);
}

double ThreatActor::log_preference(int target, State const& state, double day) const {
  Setting const& setting = *directory->setting;
  if (is_criminal()) return 0;
  auto const j = static_cast<std::size_t>(target);
  double const blamed = (prior_cases * prior_named + static_cast<double>(state.named[j])) / (prior_cases + static_cast<double>(state.cases[j]));
  double const innocent = (prior_cases * prior_innocent + static_cast<double>(state.named_innocent)) / (prior_cases + static_cast<double>(state.cases_innocent));
  double preference = static_cast<double>(state.tension[j]) - setting.parameters.deterrence_weight * (blamed - innocent - reference_belief);
  double const theta = setting.parameters.targeting_ratio;
  if (theta != 1) preference += math::log(theta) * setting.doses.nation(Mechanism::visibility, target, state.relations, day);
  return preference;
}

void ThreatActor::sum_preferences(State& state, double day) const {
  decay(state, day);
  double sum = 0;
  for (std::size_t j = 0; j < directory->nation_count(); ++j)
    if (base[j] > 0) sum += base[j] * math::exp(log_preference(static_cast<int>(j), state, day));
  state.weighted_sum = sum;
  state.summed_day = static_cast<float>(day);
}

void ThreatActor::on(Candidate const& candidate, State& state, sim::Context<ThreatActor>& context) const {
  schedule_next(candidate.target, candidate.number + 1, candidate.extra != 0, context);
  auto marks = context.rng(Draw::decision, subkey(candidate));
  double const thinning = marks.uniform();
  double factor = 1;
  bool capped = false;
  if (!is_criminal()) {
    double const day = directory->day(context.now());
    if (day - static_cast<double>(state.summed_day) > 30) sum_preferences(state, day);
    factor = math::exp(log_preference(static_cast<int>(candidate.target), state, day)) *
             math::pow(reference_sum / state.weighted_sum, directory->setting->parameters.displacement);
    capped = factor > rate_cap;
    factor = std::min(factor, rate_cap);
  }
  bool const kept = candidate.extra != 0 ? thinning < factor - 1 : thinning < factor;
  if (!kept) {
    if (candidate.extra == 0) context.observe(Deterred{index, static_cast<std::int32_t>(candidate.target)});
    return;
  }
  double const access_mark = marks.uniform();
  bool const access = access_mark < directory->setting->access(static_cast<int>(candidate.target), directory->day(context.now()));
  context.set_incident(incident_id(index, static_cast<int>(candidate.target), candidate.extra != 0, candidate.number));
  context.observe(Attempted{index, static_cast<std::int32_t>(candidate.target), access ? 1 : 0, capped ? 1 : 0});
  if (!access) return;
  double const vector_mark = marks.uniform(), objective_mark = marks.uniform();
  launch(candidate, access_mark, vector_mark, objective_mark, context);
}

void ThreatActor::launch(Candidate const& candidate, double access_mark, double vector_mark, double objective_mark, sim::Context<ThreatActor>& context) const {
  Setting const& setting = *directory->setting;
  double const day = directory->day(context.now());
  auto marks = context.rng(Draw::plan, subkey(candidate));
  Operation operation{};
  operation.incident = incident_id(index, static_cast<int>(candidate.target), candidate.extra != 0, candidate.number);
  operation.access_mark = access_mark;
  operation.access_probability = setting.access(static_cast<int>(candidate.target), day);
  operation.target = static_cast<std::uint16_t>(candidate.target);
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
  int sector = setting.atlas->sector("government");
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
  double const recon_days = context.rng(Draw::recon, subkey(candidate)).lognormal(14, 1);
  auto ways = context.rng(Draw::recon, subkey(candidate) | 1ULL << 63);
  operation.false_flag = !is_criminal() && ways.bernoulli(setting.parameters.false_flag_share) ? 1 : 0;
  std::array<double, 4> cdf = setting.vector_share;
  for (std::size_t i = 1; i < 4; ++i) cdf[i] += cdf[i - 1];
  auto const vector = static_cast<Vector>(pick(cdf, vector_mark));
  operation.vector = static_cast<std::uint8_t>(vector);
  if (operation.immediate == 0 && (vector == Vector::known_flaw || vector == Vector::zero_day)) {
    auto const arsenal = directory->arsenals[static_cast<std::size_t>(index * platform_count + operation.platform)];
    context.send(arsenal, world_lookahead, Arsenal::Request{operation, recon_days});
    return;
  }
  auto const& parts = directory->shards_of_dyad[static_cast<std::size_t>(index) * directory->nation_count() + candidate.target];
  int const shard = parts[candidate.number % parts.size()];
  context.send(directory->shards[static_cast<std::size_t>(shard)], after_days(recon_days), IntrusionSet::Attempt{operation});
}

void ThreatActor::on(Known const& known, State& state, sim::Context<ThreatActor>& context) const {
  state.known_day[known.target] = static_cast<std::int16_t>(directory->day(context.now()) + 1);
}

void ThreatActor::on(Blame const& blame, State& state, sim::Context<ThreatActor>& context) const {
  double const day = directory->day(context.now());
  decay(state, day);
  if (blame.innocent != 0) {
    state.named_innocent += 1;
    state.cases_innocent += 1;
  } else {
    state.cases[blame.target] += 1;
    if (blame.named != 0) state.named[blame.target] += 1;
    if (blame.named != 0 && blame.effect != 0) state.tension[blame.target] += static_cast<float>(directory->setting->parameters.tension_jump);
  }
  sum_preferences(state, day);
}

void ThreatActor::on(Bulletin const& bulletin, State& state, sim::Context<ThreatActor>& context) const {
  double const day = directory->day(context.now());
  IntrusionSet::Review review{};
  for (std::size_t j = 0; j < directory->nation_count(); ++j) {
    if (state.known_day[j] == 0 || day - (state.known_day[j] - 1) > 365) continue;
    (j < 64 ? review.knowledge_low : review.knowledge_high) |= 1ULL << (j % 64);
  }
  for (int shard : directory->shards_of_actor[static_cast<std::size_t>(index)])
    context.send(directory->shards[static_cast<std::size_t>(shard)], world_lookahead, review);
  context.schedule(sim::day * 30, Bulletin{bulletin.month + 1});
}

void ThreatActor::on(RelationChange const& change, State& state, sim::Context<ThreatActor>& context) const {
  double const day = directory->day(context.now());
  apply(change, state.relations, day);
  sum_preferences(state, day);
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
