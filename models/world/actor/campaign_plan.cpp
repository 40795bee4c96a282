// What a campaign is made of: objective, severity, sector, disguise, and the way in.
#include <algorithm>
#include <array>

#include "models/world/actor/arsenal.hpp"
#include "models/world/actor/intrusion_set.hpp"
#include "models/world/actor/partner_path.hpp"
#include "models/world/actor/threat_actor.hpp"
#include "models/world/objectives.hpp"
#include "sim/base/math.hpp"

namespace world {
namespace {

namespace math = sim::math;

template <std::size_t N>
int pick(std::array<double, N> const& cdf, double mark) {
  int i = 0;
  while (i + 1 < static_cast<int>(N) && mark >= cdf[static_cast<std::size_t>(i)]) ++i;
  return i;
}

Vector way_of(Setting const& setting, double mark) {
  std::array<double, vector_count> cdf = setting.vector_share;
  for (std::size_t i = 1; i < vector_count; ++i) cdf[i] += cdf[i - 1];
  return static_cast<Vector>(pick(cdf, mark));
}

}  // namespace

// More disguises where the actor expects to be named more often than by the record.
double ThreatActor::false_flag_share(int target, State const& state, double day) const {
  Setting const& setting = *directory->setting;
  double const share = setting.parameters.false_flag_share;
  if (!setting.switches[Behaviour::adaptation]) return share;
  double const reference = reference_blame(target);
  double const rise = belief(target, state, fading(state, day).beliefs) / reference - 1;
  return share * (1 + setting.parameters.false_flag_adaptation * std::clamp(rise, 0.0, 1.0));
}

// The way in by its recorded share; through a partner only where the target has one (equations 4.4, 4.5).
void ThreatActor::choose_way(Operation& operation, WayMark at, State const& state, sim::RngStream& ways) const {
  Setting const& setting = *directory->setting;
  Vector vector = way_of(setting, at.mark);
  if (vector == Vector::trusted_partner) {
    double const open_mark = ways.uniform(), choice_mark = ways.uniform(), other_mark = ways.uniform();
    PartnerSearch const search{operation.target, setting.atlas->actors[static_cast<std::size_t>(index)].nation, at.day, setting.switches[Behaviour::adaptation]};
    // Denial of service needs no way in.
    bool const may_pass = setting.switches[Mechanism::trusted_partners] && operation.immediate == 0;
    int const partner = may_pass ? partner_path(setting, search, state.relations, open_mark, choice_mark) : -1;
    if (partner >= 0) {
      double const through = setting.access_at_effort(setting.access(partner, at.day), state.effort[partner]) * setting.parameters.partner_hop;
      operation.access_probability = std::min(operation.access_probability, through);
    } else {
      vector = setting.way_without_partner(other_mark);
    }
  }
  operation.vector = static_cast<std::uint8_t>(vector);
}

// What the campaign is, and then whether the door of a partner is open to it.
void ThreatActor::surprise_of_plan(Operation const& operation, double vector_mark, double access_probability, sim::Context<ThreatActor>& context) const {
  LossExpectation const& losses = *directory->losses;
  int const target = operation.target;
  double const day = directory->day(context.now());
  double const days = losses.of_plan(operation, way_of(*directory->setting, vector_mark), day) - losses.of_opening(index, target, day);
  context.observe(Surprise{days, target, Control::campaigns});
  double const open = operation.access_probability / access_probability;
  if (open < 1) observe_surprise(target, operation.access_mark < operation.access_probability, open, losses.of_access(operation, day), context);
}

void ThreatActor::launch(Candidate const& batch, double access_mark, double access_probability, State const& state, sim::Context<ThreatActor>& context) const {
  std::uint32_t const target = batch.target;
  bool const extra = batch.extra != 0;
  std::uint64_t const key = campaign_key(target, extra, batch.number);
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
    if (objective_mark < ransomware_share(setting, day)) objective = Objective::ransomware;
  } else {
    objective = static_cast<Objective>(pick(setting.objective_cdf[static_cast<std::size_t>(index)], objective_mark));
  }
  operation.objective = static_cast<std::uint8_t>(objective);
  std::size_t const severity_row = is_criminal() ? 4 : static_cast<std::size_t>(objective);
  operation.severity = static_cast<std::uint8_t>(pick(setting.severity_cdf[severity_row], marks.uniform()));
  double const sector_mark = marks.uniform();
  operation.sector = static_cast<std::uint8_t>(setting.target_sector(sector_mark, is_criminal() ? 0 : setting.atlas->government_share));
  double const method = marks.uniform();
  operation.immediate = objective == Objective::disruption && method < immediate_share ? 1 : 0;
  double const last = marks.uniform();
  operation.platform = static_cast<std::uint8_t>(last * platform_count);
  operation.false_flag = !is_criminal() && false_flag_mark < false_flag_share(static_cast<int>(target), state, day) ? 1 : 0;
  choose_way(operation, {day, vector_mark}, state, ways);
  if (directory->losses != nullptr) surprise_of_plan(operation, vector_mark, access_probability, context);
  auto const vector = static_cast<Vector>(operation.vector);
  if (operation.access_mark >= operation.access_probability) return;  // failed on the way through a partner
  operation.knowledge_low = state.knowledge_low;
  operation.knowledge_high = state.knowledge_high;
  bool const by_tool = vector == Vector::known_flaw || vector == Vector::zero_day || (vector == Vector::supply_chain && !is_criminal());
  if (operation.immediate == 0 && by_tool) {
    auto const arsenal = directory->arsenals[static_cast<std::size_t>(index * platform_count + operation.platform)];
    context.send(arsenal, world_lookahead, Arsenal::Request{operation, recon_days});
    return;
  }
  auto const& parts = directory->shards_of_dyad[static_cast<std::size_t>(index) * directory->nation_count() + target];
  int const shard = parts[batch.number % parts.size()];
  context.send(directory->shards[static_cast<std::size_t>(shard)], after_days(recon_days), IntrusionSet::Attempt{operation});
}

}  // namespace world
