#include "models/world/actor/intrusion_set.hpp"

#include <algorithm>

#include "models/world/actor/arsenal.hpp"
#include "models/world/actor/foothold.hpp"
#include "models/world/actor/threat_actor.hpp"
#include "models/world/controls.hpp"
#include "models/world/infrastructure/sector.hpp"
#include "models/world/nation/information_environment.hpp"
#include "models/world/nation/nation.hpp"
#include "models/world/nation/response_team.hpp"
#include "models/world/objectives.hpp"
#include "sim/base/math.hpp"

namespace world {
namespace {

namespace math = sim::math;
constexpr double low_hazard = 0.7, low_days = 90;  // of an actor that has learned that its tool is known (equations 7.4)
constexpr double tell_days = 182;  // a discovery counts for 365 d: the actor is told again after half of that

}  // namespace

int IntrusionSet::target_slot(int nation) const {
  auto const& targets = shard().targets;
  return static_cast<int>(std::find(targets.begin(), targets.end(), nation) - targets.begin());
}

// Of each kind of tool on each platform the last one that a target has absorbed is kept.
std::size_t IntrusionSet::exposure_slot(int nation, std::uint32_t tool) const {
  return static_cast<std::size_t>(target_slot(nation)) * exposures_per_target + platform_of(tool) * tool_kind_count + static_cast<std::size_t>(kind_of(tool));
}

// Open covert intrusions at the start: Poisson, with fresh residual marks (equations 2.3).
void IntrusionSet::init(State& state, sim::Context<IntrusionSet>& context) const {
  Setting const& setting = *directory->setting;
  state.relations = controlled_relations(setting);
  ShardPlan const& of = shard();
  bool const criminal = of.actor == setting.criminals;
  for (int target : of.targets) {
    double const yearly = setting.rates(of.actor, target).candidates * setting.access(target, 0) *
                          setting.open_share() * setting.trend(criminal, setting.first_year) / of.parts;
    for (Objective objective : {Objective::short_espionage, Objective::long_espionage}) {
      auto const k = static_cast<std::size_t>(objective);
      auto const& cdf = setting.objective_cdf[static_cast<std::size_t>(of.actor)];
      double const share = cdf[k] - cdf[k - 1];
      double const mean_days = 1 / (setting.hazard(0) * detection_factor(objective, criminal));
      std::uint64_t const subkey = static_cast<std::uint64_t>(target) << 8 | k;
      auto rng = context.rng(Draw::initial, subkey);
      std::uint32_t const count = rng.poisson(yearly * share * mean_days / 365.25);
      for (std::uint32_t i = 0; i < count; ++i) {
        Intrusion intrusion{};
        intrusion.incident = incident_id(of.actor, target, false, 1U << 30 | static_cast<std::uint32_t>(of.part) << 16 | static_cast<std::uint32_t>(k) << 8 | i);
        intrusion.remaining = static_cast<float>(rng.exponential(1));
        intrusion.access_day = static_cast<float>(-rng.exponential(mean_days));
        intrusion.target = static_cast<std::uint16_t>(target);
        intrusion.objective = static_cast<std::uint8_t>(objective);
        auto const& severity = setting.severity_cdf[criminal ? 4 : k];
        double const mark = rng.uniform();
        intrusion.severity = static_cast<std::uint8_t>(std::upper_bound(severity.begin(), severity.end() - 1, mark) - severity.begin());
        intrusion.sector = static_cast<std::uint8_t>(setting.atlas->sector(criminal ? "finance" : "government"));
        watch(state.open.insert(intrusion), state, 0, 1, context);
      }
    }
  }
}

// Factor of M1 on the hazard at `target`: partners that know the actor tell (equations 6.2).
double IntrusionSet::notification(int target, State& state, double day) const {
  Setting const& setting = *directory->setting;
  // Criminals are many: knowing some says little of the next.
  if (setting.parameters.detection_ratio == 1 || shard().actor == setting.criminals) return 1;
  int const quarter = static_cast<int>(day / bulletin_days);
  if (quarter != state.noted_quarter) std::fill(std::begin(state.noted), std::end(state.noted), 0.0F);
  state.noted_quarter = quarter;
  float& noted = state.noted[target_slot(target)];
  if (noted == 0) {
    double const dose = setting.doses.known_by(Mechanism::notification, target, {state.knowledge_low, state.knowledge_high}, state.relations, day);
    noted = static_cast<float>(modifier(setting.parameters.detection_ratio, dose));
  }
  return static_cast<double>(noted);
}

void IntrusionSet::learn(std::uint64_t low, std::uint64_t high, State& state) const {
  if (low == state.knowledge_low && high == state.knowledge_high) return;
  state.knowledge_low = low;
  state.knowledge_high = high;
  std::fill(std::begin(state.noted), std::end(state.noted), 0.0F);
}

// Brings the mark of one intrusion up to `day` and schedules its detection if that falls before the next review.
void IntrusionSet::watch(std::uint32_t slot, State& state, double day, double ratio, sim::Context<IntrusionSet>& context) const {
  Setting const& setting = *directory->setting;
  Intrusion& intrusion = state.open[slot];
  double const passed = day - static_cast<double>(intrusion.since_day);
  double const remaining = std::max(0.0, static_cast<double>(intrusion.remaining) - static_cast<double>(intrusion.hazard) * passed);
  double const hazard = setting.detection_hazard(intrusion.target, day) * detection_factor(static_cast<Objective>(intrusion.objective), shard().actor == setting.criminals) * ratio *
                        (recurrences(intrusion.incident) > 0 ? recurrence_hazard : 1) * (intrusion.lies_low != 0 ? low_hazard : 1);
  intrusion.remaining = static_cast<float>(remaining);
  intrusion.hazard = static_cast<float>(hazard);
  intrusion.since_day = static_cast<float>(day);
  double const due = remaining / hazard;
  // The review may come a little late; a detection that is due at the same time must not be lost.
  double const next_review = (static_cast<double>(static_cast<int>(day / bulletin_days)) + 1) * bulletin_days;
  if (day + due < next_review + 0.01) {
    context.schedule(sim::from_days(due) + sim::tick, Detection{intrusion.incident, slot, -1});
  } else {
    subscribe(true, state, context);
  }
}

// Bulletins are needed while a mark outlasts the quarter.
void IntrusionSet::subscribe(bool on, State& state, sim::Context<IntrusionSet>& context) const {
  if ((state.subscribed != 0) == on) return;
  state.subscribed = on ? 1 : 0;
  context.send(directory->actors[static_cast<std::size_t>(shard().actor)], world_lookahead, ThreatActor::Subscription{position, on ? 1 : 0});
}

double IntrusionSet::exposure_factor(Operation const& operation, State const& state, double day, sim::Context<IntrusionSet>& context) const {
  if (operation.tool == 0) return 1;
  Exposure const& exposure = state.exposures[exposure_slot(operation.target, operation.tool)];
  if (exposure.tool != operation.tool) return 1;
  double const half_life = context.lasting_rng_of(marks, Draw::exposure, static_cast<std::uint64_t>(operation.tool) << 16 | operation.target).lognormal(directory->setting->parameters.indicator_half_life_days, 0.7);
  double const age = day - static_cast<double>(exposure.detected_day);
  return 1 - directory->setting->parameters.patch_loss * math::exp(-0.69314718055994531 * age / half_life);
}

void IntrusionSet::on(Attempt const& attempt, State& state, sim::Context<IntrusionSet>& context) const {
  Operation const& operation = attempt.operation;
  context.set_incident(operation.incident);
  double const day = directory->day(context.now());
  if (state.open.full() && operation.handed_on + 1 < shard().parts) {
    Operation handed = operation;
    ++handed.handed_on;
    auto const& parts = directory->shards_of_dyad[static_cast<std::size_t>(shard().actor) * directory->nation_count() + operation.target];
    int const next = parts[static_cast<std::size_t>((shard().part + 1) % shard().parts)];
    context.send(directory->shards[static_cast<std::size_t>(next)], world_lookahead, Attempt{handed});
    return;
  }
  bool const is_back = recurrences(operation.incident) > 0;
  if (state.subscribed == 0 && !is_back) learn(operation.knowledge_low, operation.knowledge_high, state);  // bulletins are newer
  double const open = exposure_factor(operation, state, day, context);
  bool const fails = operation.access_mark >= operation.access_probability * open;
  if (directory->losses != nullptr && open < 1) observe_surprise(operation.target, !fails, open, directory->losses->of_access(operation, day), context);
  if (fails) return;
  if (!is_back) context.observe(Accessed{shard().actor, operation.target, operation.objective, operation.vector, operation.severity});
  Intrusion intrusion{};
  intrusion.incident = operation.incident;
  intrusion.access_day = static_cast<float>(day);
  intrusion.since_day = static_cast<float>(day);
  intrusion.tool = operation.tool;
  intrusion.target = operation.target;
  intrusion.objective = operation.objective;
  intrusion.severity = operation.severity;
  intrusion.vector = operation.vector;
  intrusion.platform = operation.platform;
  intrusion.sector = operation.sector;
  intrusion.false_flag = static_cast<std::uint8_t>(operation.false_flag);
  if (operation.immediate != 0) {
    discover(intrusion, Cause::effect, true, state, context);
    return;
  }
  intrusion.remaining = static_cast<float>(context.rng_of(marks, Draw::detection, operation.incident).exponential(1));
  std::uint32_t const slot = state.open.insert(intrusion);
  watch(slot, state, day, notification(operation.target, state, day), context);
  auto const objective = static_cast<Objective>(operation.objective);
  if (!reveals(objective)) return;
  auto rng = context.rng_of(marks, Draw::effect, operation.incident);
  auto const [median_days, log_sd] = effect_delay(objective);
  context.schedule(sim::from_days(rng.lognormal(median_days, log_sd)) + sim::tick, Effect{operation.incident, slot});
  if (directory->losses != nullptr) context.observe(Race{0, operation.target, operation.objective, operation.severity, operation.sector, 0, 0});
}

void IntrusionSet::on(Detection const& detection, State& state, sim::Context<IntrusionSet>& context) const {
  if (!state.open.contains(detection.slot) || state.open[detection.slot].incident != detection.incident) return;
  Intrusion const intrusion = state.open[detection.slot];
  double const day = directory->day(context.now());
  auto cause = static_cast<Cause>(detection.cause);
  if (cause == Cause::indicator && intrusion.tool == 0) return;  // the traces that the hunt looks for are gone
  if (detection.cause < 0) {
    // Scheduled under an older hazard: the mark decides.
    double const passed = day - static_cast<double>(intrusion.since_day);
    double const left = static_cast<double>(intrusion.remaining) - static_cast<double>(intrusion.hazard) * passed;
    if (left > 1e-4) return;
    // The hazard's parts: own, told from outside, and what the partners add.
    double const ratio = std::max(1.0, notification(intrusion.target, state, day));
    double const own = directory->setting->own_part(intrusion.target, day) / ratio;
    double const u = context.rng_of(marks, Draw::cause, intrusion.incident).uniform();
    cause = u < own ? Cause::own : u < 1 / ratio ? Cause::external : Cause::partner;
  }
  state.open.erase(detection.slot);
  discover(intrusion, cause, false, state, context);
}

void IntrusionSet::on(Effect const& effect, State& state, sim::Context<IntrusionSet>& context) const {
  auto const slot = static_cast<std::uint32_t>(effect.slot);
  if (!state.open.contains(slot) || state.open[slot].incident != effect.incident) return;
  Intrusion const intrusion = state.open[slot];
  state.open.erase(slot);
  discover(intrusion, Cause::effect, false, state, context);
}

void IntrusionSet::discover(Intrusion const& intrusion, Cause cause, bool self_ending, State& state, sim::Context<IntrusionSet>& context) const {
  Setting const& setting = *directory->setting;
  std::size_t const target = intrusion.target;
  int const actor = shard().actor;
  double const day = directory->day(context.now());
  double const dwell = std::max(0.0, day - static_cast<double>(intrusion.access_day));  // the day of access is rounded to half a minute
  bool const effect = cause == Cause::effect;
  context.set_incident(intrusion.incident);
  double const published = setting.recorded_probability(static_cast<int>(target), intrusion.severity, {effect, false});
  // A campaign is at most one incident of a data set, and one to attribute, however often it comes back.
  bool const is_back = recurrences(intrusion.incident) > 0;
  bool const recorded = !is_back && context.rng_of(marks, Draw::recorded, intrusion.incident).bernoulli(published);
  context.observe(Discovery{intrusion.incident, dwell, actor, static_cast<std::int32_t>(target), intrusion.objective, intrusion.severity, intrusion.vector,
                            intrusion.sector, static_cast<std::int32_t>(cause), recorded ? 1 : 0});
  if (directory->losses != nullptr && !self_ending && reveals(static_cast<Objective>(intrusion.objective)))
    context.observe(Race{dwell, static_cast<std::int32_t>(target), intrusion.objective, intrusion.severity, intrusion.sector, effect ? 2 : 1, 0});
  if (setting.switches[Behaviour::footholds] && !reveals(static_cast<Objective>(intrusion.objective))) {
    double const phase = context.rng_of(marks, Draw::foothold, intrusion.incident).uniform();
    Foothold const foothold = contest(setting, intrusion.target, static_cast<double>(intrusion.access_day));
    context.observe(Theft{foothold.days_in_control(dwell, phase), dwell, actor, static_cast<std::int32_t>(target)});
  }
  // A criminal campaign without a tool leaves the nation nothing to attribute or to share.
  if (!is_back && (actor != setting.criminals || intrusion.tool != 0))
    context.send(directory->nations[target], world_lookahead,
               Nation::Discovered{intrusion.incident, state.knowledge_low, state.knowledge_high, intrusion.tool,
                                  static_cast<std::uint16_t>(actor), intrusion.severity, static_cast<std::uint8_t>(effect ? 1 : 0),
                                  intrusion.platform, intrusion.false_flag, static_cast<std::uint16_t>(recorded ? 1 : 0), 0});
  bool const targeted = actor != setting.criminals;  // criminals take what is open and go on
  context.send(directory->teams[target], world_lookahead,
               ResponseTeam::Case{intrusion.incident, static_cast<float>(day), intrusion.severity, intrusion.sector,
                                  static_cast<std::uint8_t>((targeted && !self_ending ? ResponseTeam::had_hold : 0) | (effect && !self_ending ? ResponseTeam::damaged : 0)),
                                  intrusion.objective});
  float& told = state.told_day[target_slot(static_cast<int>(target))];
  bool const known = ((target < 64 ? state.knowledge_low : state.knowledge_high) >> (target % 64) & 1) != 0;
  if (!known || told == 0 || day + 1 - static_cast<double>(told) > tell_days) {
    told = static_cast<float>(day + 1);
    context.send(directory->actors[static_cast<std::size_t>(actor)], world_lookahead, ThreatActor::Known{static_cast<std::int32_t>(target)});
  }
  if (effect) {
    auto const sector = directory->sectors[target * setting.atlas->sectors.size() + intrusion.sector];
    context.send(sector, world_lookahead, Sector::Hit{intrusion.incident, intrusion.severity, self_ending ? 1U : 0U});
    context.send(directory->environments[target], world_lookahead, InformationEnvironment::Shock{intrusion.incident, intrusion.severity});
  }
  if (intrusion.tool != 0 && kind_of(intrusion.tool) != ToolKind::known_flaw)
    context.send(directory->arsenals[static_cast<std::size_t>(actor * platform_count + intrusion.platform)], world_lookahead,
                 Arsenal::Burned{intrusion.tool, static_cast<float>(dwell)});
}

void IntrusionSet::on(Review const& review, State& state, sim::Context<IntrusionSet>& context) const {
  double const day = directory->day(context.now());
  learn(review.knowledge_low, review.knowledge_high, state);
  for (auto it = state.open.begin(); it != state.open.end(); ++it) watch(it.slot(), state, day, notification(it->target, state, day), context);
  if (state.open.empty()) subscribe(false, state, context);
}

void IntrusionSet::on(Absorbed const& absorbed, State& state, sim::Context<IntrusionSet>& context) const {
  state.exposures[exposure_slot(absorbed.nation, absorbed.tool)] = {absorbed.tool, absorbed.detected_day};
  for (auto it = state.open.begin(); it != state.open.end(); ++it) {
    if (it->tool != absorbed.tool || it->target != absorbed.nation) continue;
    auto rng = context.lasting_rng_of(marks, Draw::hunt, it->incident);
    if (!rng.bernoulli(directory->setting->parameters.hunt_probability)) continue;
    context.schedule(sim::from_days(rng.exponential(14)) + sim::tick, Detection{it->incident, it.slot(), static_cast<std::int32_t>(Cause::indicator)});
  }
}

void IntrusionSet::on(Retooled const& retooled, State& state, sim::Context<IntrusionSet>& context) const {
  double const day = directory->day(context.now());
  for (auto it = state.open.begin(); it != state.open.end(); ++it) {
    if (it->tool != retooled.tool) continue;
    it->tool = 0;  // no indicator finds it any more, and whoever finds it has none to share
    it->lies_low = 1;
    watch(it.slot(), state, day, notification(it->target, state, day), context);
    context.schedule(sim::from_days(low_days) + sim::tick, Resumed{it->incident, it.slot()});
  }
}

void IntrusionSet::on(Resumed const& resumed, State& state, sim::Context<IntrusionSet>& context) const {
  auto const slot = static_cast<std::uint32_t>(resumed.slot);
  if (!state.open.contains(slot) || state.open[slot].incident != resumed.incident) return;
  double const day = directory->day(context.now());
  state.open[slot].lies_low = 0;
  watch(slot, state, day, notification(state.open[slot].target, state, day), context);
}

void IntrusionSet::on(RelationChange const& change, State& state, sim::Context<IntrusionSet>& context) const {
  apply(change, state.relations, *directory, context.now());
  std::fill(std::begin(state.noted), std::end(state.noted), 0.0F);
}

}  // namespace world
