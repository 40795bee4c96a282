#include "models/world/nation/nation.hpp"

#include <algorithm>
#include <cmath>

#include "models/world/actor/hacktivists.hpp"
#include "models/world/relation_news.hpp"
#include "sim/base/math.hpp"

namespace world {
namespace {

namespace math = sim::math;
constexpr double ln2 = 0.69314718055994531;
constexpr double fast_probability = 0.09, fast_mean_days = 10;
constexpr double silent_days = 3 * 365.25;        // after which an attack counts as not named (equations 11.1)
constexpr double severity_logit = 0.4;            // per step (equations 10.4)
constexpr int most_items = 200;

}  // namespace

double escalation_probability(int severity, bool responded) {
  return math::logistic(-3.18 + 0.5 * (severity - 3) + (responded ? 0.5 : 0));
}

double evidence_step(double capability) { return 0.5 * math::exp(0.2 * capability); }

double naming_logit(Parameters const& p, int severity, bool has_policy, double dose) {
  double const logit = -0.7 + severity_logit * (severity - 3) + (has_policy ? p.policy_shift : 0);
  return p.attribution_odds == 1 ? logit : logit + math::log(p.attribution_odds) * dose;
}

decision::BlameGame blame_game(Parameters const& p, Accusation const& a) {
  decision::BlameGame game;
  game.vulnerable = p.vulnerable_share;
  game.mischief = math::exp(-a.evidence);
  game.reward = p.blame_reward * math::exp(naming_logit(p, a.severity, a.has_policy, a.dose) - naming_logit(p, 3, false, 0));
  game.cost = math::exp(p.escalation_caution * a.level) / (1 + a.cosigners);
  return game;
}

void Nation::init(State& state, sim::Context<Nation>&) const { state.relations = controlled_relations(*directory->setting); }

double Nation::readiness(State const& state, double day) const {
  Doses const& doses = directory->setting->doses;
  return doses.nation(Mechanism::readiness, index, state.relations, day) - doses.readiness_in_indices(index);
}

void Nation::on(Lever const& lever, State& state, sim::Context<Nation>& context) const {
  context.observe(LeverMoved{index, lever.organisation, lever.flag, lever.on});
  if (lever.flag == attribution_policy_flag) {
    state.attribution_policy = lever.on;
    if (directory->setting->switches[Behaviour::signal_doctrine])
      for (auto const actor : directory->actors) context.send(actor, world_lookahead, ThreatActor::Doctrine{index, lever.on});
    return;
  }
  // An organisation without any weight is a placebo: nothing hears of it.
  if (!directory->setting->doses.matters(lever.organisation)) return;
  RelationChange const change{index, lever.organisation, lever.flag, lever.on};
  apply(change, state.relations, *directory, context.now());
  tell_others(change, *directory, context);
}

void Nation::on(RelationChange const& change, State& state, sim::Context<Nation>& context) const {
  apply(change, state.relations, *directory, context.now());
}

void Nation::on(Discovered const& discovered, State& state, sim::Context<Nation>& context) const {
  context.set_incident(discovered.incident);
  if (discovered.tool != 0 && directory->setting->parameters.share_probability > 0) share(discovered, state, context);
  if (discovered.actor == directory->setting->criminals) return;
  if (discovered.effect != 0) escalate(discovered, state, context);
  investigate(discovered, state, context);
}

// Every effect may raise the dyad by one level, which it leaves again after a while (equations 12.2).
void Nation::escalate(Discovered const& discovered, State& state, sim::Context<Nation>& context) const {
  std::size_t const actor = discovered.actor;
  SIM_CHECK(actor < max_actors);
  auto marks = context.rng(Draw::escalation, discovered.incident);
  double const mark = marks.uniform(), calm_days = marks.exponential(90);
  if (mark >= escalation_probability(discovered.severity, state.responded[actor] != 0) || state.level[actor] == highest_level) return;
  ++state.level[actor];
  context.observe(Escalation{index, static_cast<std::int32_t>(actor), state.level[actor], 0});
  context.schedule(sim::from_days(calm_days) + sim::tick, Calmer{static_cast<std::int32_t>(actor), state.level[actor]});
}

void Nation::on(Calmer const& calmer, State& state, sim::Context<Nation>& context) const {
  auto& level = state.level[static_cast<std::size_t>(calmer.actor)];
  --level;
  context.observe(Escalation{index, calmer.actor, level, 0});
}

void Nation::share(Discovered const& discovered, State const& state, sim::Context<Nation>& context) const {
  Setting const& setting = *directory->setting;
  double const day = directory->day(context.now());
  for (std::size_t o = 0; o < directory->organisations.size(); ++o) {
    if (setting.doses.at_organisation(Mechanism::sharing, index, static_cast<int>(o), state.relations, day) <= 0) continue;
    auto rng = context.rng(Draw::share, discovered.incident ^ static_cast<std::uint64_t>(o) << 40);
    if (!rng.bernoulli(setting.parameters.share_probability)) continue;
    double const delay = rng.lognormal(setting.parameters.relay_delay_days, 1);
    context.send(directory->organisations[o], after_days(delay),
                 Organisation::Indicator{index, static_cast<std::int32_t>(discovered.actor), discovered.tool, static_cast<float>(day)});
  }
}

// Follows the evidence item by item to the first crossing of a threshold (equations 10.1 to 10.3).
void Nation::investigate(Discovered const& discovered, State const& state, sim::Context<Nation>& context) const {
  Setting const& setting = *directory->setting;
  Parameters const& p = setting.parameters;
  double const day = directory->day(context.now());
  auto rng = context.rng(Draw::evidence, discovered.incident);
  float const discovered_day = static_cast<float>(day);
  auto const recorded = static_cast<std::uint8_t>(discovered.recorded);
  if (rng.uniform() < fast_probability) {
    double const days = rng.exponential(fast_mean_days);
    context.schedule(after_days(days), Attributed{discovered.incident, discovered_day, discovered.actor, discovered.severity, 1, discovered.effect, recorded, 0, 1});
    return;
  }
  double speed = 1;
  if (p.evidence_speed != 1) {
    double const dose = setting.doses.known_by(Mechanism::attribution, index, {discovered.knowledge_low, discovered.knowledge_high}, state.relations, day);
    speed = modifier(p.evidence_speed, dose);
  }
  double threshold = evidence_threshold;
  if (p.misattribution_cut != 0) threshold -= math::log(1 - p.misattribution_cut * readiness(state, day));
  double const step = evidence_step(setting.capability(index, Capability::attribute, day));
  double const total = p.evidence_rate_per_day * speed * evidence_half_life_days / ln2;
  double const sd = std::sqrt(2 * step);
  bool const weighs_blame = setting.switches[Behaviour::blame_or_tolerate];
  double evidence = 0, passed = 0;
  for (int item = 0; item < most_items; ++item) {
    passed += rng.exponential(1);
    double const mark = rng.uniform(), noise = rng.normal(0, 1);
    if (passed >= total) break;
    bool const misleading = discovered.false_flag != 0 && mark < p.false_flag_items;
    evidence += (misleading ? -step : step) + sd * noise;
    if (std::fabs(evidence) < threshold) continue;
    double const days = -evidence_half_life_days / ln2 * math::log1p(-passed / total);
    context.schedule(after_days(days), Attributed{discovered.incident, discovered_day, discovered.actor, discovered.severity,
                                                  static_cast<std::uint8_t>(evidence > 0 ? 1 : 0), discovered.effect, recorded,
                                                  static_cast<std::uint16_t>(weighs_blame ? 100 * std::fabs(evidence) : 0), 0});
    return;
  }
  stay_silent(discovered.actor, discovered.effect, 0, context);
}

void Nation::stay_silent(int actor, std::uint32_t effect, double since_discovery, sim::Context<Nation>& context) const {
  double const wait = std::max(0.0, silent_days - since_discovery);
  context.send(directory->actors[static_cast<std::size_t>(actor)], after_days(wait), ThreatActor::Blame{index, 0, 0, static_cast<std::int32_t>(effect)});
}

std::uint32_t Nation::count_cosigners(std::uint64_t incident, State const& state, double day, sim::Context<Nation>& context) const {
  Setting const& setting = *directory->setting;
  Parameters const& p = setting.parameters;
  std::uint32_t cosigners = 0;
  auto signs = context.rng(Draw::cosign, incident);
  double const likeliest = 1 - 0.95 / std::max(1.0, p.attribution_odds);  // at full dose: marks above it need no dose
  for (std::size_t n = 0; n < directory->nation_count(); ++n) {
    double const u = signs.uniform();
    if (static_cast<int>(n) == index || u >= likeliest) continue;
    // Partners of the uncontrolled record sign even without the mechanism; a controlled relation acts through it alone.
    double const base = setting.doses.recorded_pair(Mechanism::attribution, index, static_cast<int>(n), state.relations, day) > 0 ? 0.95 : 1;
    if (base == 1 && p.attribution_odds == 1) continue;
    double const dose = p.attribution_odds == 1 ? 0 : setting.doses.pair(Mechanism::attribution, index, static_cast<int>(n), state.relations, day);
    if (u < 1 - base / modifier(p.attribution_odds, dose)) ++cosigners;
  }
  return cosigners;
}

void Nation::on(Attributed const& a, State& state, sim::Context<Nation>& context) const {
  Setting const& setting = *directory->setting;
  Parameters const& p = setting.parameters;
  double const day = directory->day(context.now());
  double const since = day - static_cast<double>(a.discovered_day);
  context.set_incident(a.incident);
  if (a.fast == 0) context.observe(TechnicalAttribution{since, index, a.actor, a.correct, a.severity});
  auto rng = context.rng(Draw::decision, a.incident);
  double const mark = rng.uniform(), delay_mark = rng.uniform(), consensus = rng.exponential(20);
  double const dose = p.attribution_odds == 1 ? 0 : setting.doses.nation(Mechanism::attribution, index, state.relations, day);
  bool names = a.fast != 0, has_policy = state.attribution_policy != 0;
  std::uint32_t cosigners = 0;
  if (setting.switches[Behaviour::blame_or_tolerate] && !names) {
    cosigners = count_cosigners(a.incident, state, day, context);
    std::uint32_t const suspect = accused(a.incident, a.actor, a.correct != 0, context);
    int const level = suspect < max_actors ? state.level[suspect] : 0;
    names = blame_game(p, {a.evidence / 100.0, a.severity, level, cosigners, has_policy, dose}).blame_pays();
  } else {
    names = names || mark < math::logistic(naming_logit(p, a.severity, has_policy, dose));
    if (names) cosigners = count_cosigners(a.incident, state, day, context);
  }
  if (!names) {
    stay_silent(a.actor, a.effect, since, context);
    return;
  }
  double days = 0;
  if (a.fast == 0) days = 75 * math::exp(1.3 * math::normal_quantile(delay_mark)) * modifier(p.decision_delay_ratio, readiness(state, day));
  if (cosigners > 0) days += consensus;
  context.schedule(after_days(days), Naming{a.incident, a.discovered_day, a.actor, a.severity, a.correct, a.effect, a.recorded, cosigners});
}

// Whom the evidence points at: the culprit, or the best rival, which is another state.
std::uint32_t Nation::accused(std::uint64_t incident, std::uint32_t culprit, bool correct, sim::Context<Nation>& context) const {
  if (correct) return culprit;
  auto const others = static_cast<std::uint32_t>(directory->setting->criminals - 1);
  std::uint32_t const pick = context.lasting_rng(Draw::culprit, incident).below(others);
  std::uint32_t rival = pick < culprit ? pick : pick + 1;
  auto const& actors = directory->setting->atlas->actors;
  // Nobody names itself: the next state stands in.
  while (actors[rival].nation == index || rival == culprit) rival = (rival + 1) % (others + 1);
  return rival;
}

// What a government says enters public data with a higher chance, if it has not been there (equations 17.1).
void Nation::publish(Naming const& naming, sim::Context<Nation>& context) const {
  if (naming.recorded != 0) return;
  Setting const& setting = *directory->setting;
  bool const revealed = naming.effect != 0;
  double const before = setting.recorded_probability(index, naming.severity, {revealed, false});
  double const after = setting.recorded_probability(index, naming.severity, {revealed, true});
  if (context.rng(Draw::recorded, naming.incident).uniform() >= (after - before) / (1 - before)) return;
  context.observe(Recorded{naming.incident, index});
}

void Nation::on(Naming const& naming, State& state, sim::Context<Nation>& context) const {
  double const day = directory->day(context.now());
  double const lag = day - static_cast<double>(naming.discovered_day);
  context.set_incident(naming.incident);
  double const mark = context.rng(Draw::response, naming.incident).uniform();
  // Shares of 12.1, each with all stronger steps in it: cyber .02, legal .25, statement .46.
  int const response = mark < 0.02 ? 3 : mark < 0.25 ? 2 : mark < 0.46 ? 1 : 0;
  context.observe(PoliticalAttribution{naming.incident, lag, index, naming.actor, naming.correct, static_cast<std::int32_t>(naming.cosigners), response, naming.severity});
  std::uint32_t const named = accused(naming.incident, naming.actor, naming.correct != 0, context);
  if (named < max_actors) state.responded[named] = response >= 2;
  publish(naming, context);
  if (!directory->hacktivists.empty())
    context.send(directory->hacktivists[static_cast<std::size_t>(index)], world_lookahead, Hacktivists::Provocation{naming.incident});
  auto const effect = static_cast<std::int32_t>(naming.effect);
  if (naming.correct != 0) {
    context.send(directory->actors[naming.actor], world_lookahead, ThreatActor::Blame{index, 1, 0, effect});
    return;
  }
  // Its belief in what innocence is worth falls.
  context.send(directory->actors[named], world_lookahead, ThreatActor::Blame{index, 1, 1, effect});
  stay_silent(naming.actor, naming.effect, lag, context);
}

}  // namespace world
