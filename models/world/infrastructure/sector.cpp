#include "models/world/infrastructure/sector.hpp"

#include <algorithm>
#include <cmath>

#include "models/world/infrastructure/asset.hpp"
#include "models/world/infrastructure/economy.hpp"

namespace world {
namespace {

constexpr double step = 0.01;            // smallest change that others are told (equations 14.1)
constexpr double recovery_step = 0.005;  // recoveries are told more finely, or mutual dependence would keep outages alive
constexpr double cascade_share = 0.05;   // lost through providers: counts as a cascade

}  // namespace

void Sector::init(State& state, sim::Context<Sector>&) const {
  for (double& level : state.provider_level) level = 1;
  for (double& level : state.told_dependent) level = 1;
  state.level = state.felt = state.told_level = 1;
}

void Sector::on(Hit const& hit, State& state, sim::Context<Sector>& context) const {
  context.set_incident(hit.incident);
  HitPlan plan = plan_of(hit.incident, hit.severity, context);
  if (hit.days > 0) plan.tau_days = hit.days;
  context.observe(Damaged{plan.share, nation, index, static_cast<std::int32_t>(hit.severity), 0});
  for (HitPlan::Part const& part : plan.parts) state.own_loss += part.loss;
  refresh(state, context);
  if (directory->setting->follows_assets())
    for (HitPlan::Part const& part : plan.parts) context.send(asset(part.asset), world_lookahead, Asset::Damage{hit.incident, part.loss});
  // Denial of service ends by itself; everything else waits for a crew.
  if (hit.self_ending != 0) restore(plan, hit.incident, 1, context);
}

void Sector::on(Crew const& crew, State&, sim::Context<Sector>& context) const {
  context.set_incident(crew.incident);
  HitPlan const plan = plan_of(crew.incident, crew.severity, context);
  double const wait = std::max(0.0, directory->day(context.now()) - static_cast<double>(crew.found_day));
  context.observe(Restoring{wait, plan.tau_days / crew.rate, plan.share, nation, index});
  restore(plan, crew.incident, crew.rate, context);
}

void Sector::restore(HitPlan const& plan, std::uint64_t incident, double rate, sim::Context<Sector>& context) const {
  for (HitPlan::Part const& part : plan.parts)
    context.send(asset(part.asset), world_lookahead, Asset::Crew{incident, part.loss, plan.tau_days / rate});
}

HitPlan Sector::plan_of(std::uint64_t incident, std::uint32_t severity, sim::Context<Sector>& context) const {
  return plan_hit(directory->setting->asset_share, static_cast<int>(severity), context.rng(Draw::damage, incident), context.rng(Draw::assets, incident));
}

sim::LpRef<Asset> Sector::asset(int i) const {
  std::size_t const sectors = directory->setting->atlas->sectors.size(), assets = directory->setting->asset_share.size();
  return directory->assets[(static_cast<std::size_t>(nation) * sectors + static_cast<std::size_t>(index)) * assets + static_cast<std::size_t>(i)];
}

void Sector::on(AssetLoss const& loss, State& state, sim::Context<Sector>& context) const {
  state.own_loss += loss.share;
  if (std::fabs(state.own_loss) < 1e-13) state.own_loss = 0;
  refresh(state, context);
}

void Sector::on(AssetChange const& change, State& state, sim::Context<Sector>& context) const {
  state.extra_loss += change.loss;
  state.inherited_loss += change.inherited;
  refresh(state, context);
}

void Sector::on(ProviderLevel const& message, State& state, sim::Context<Sector>& context) const {
  auto const p = static_cast<std::size_t>(message.provider);
  if (message.number <= state.provider_number[p]) return;  // an older outage that ended within the buffer
  state.provider_number[p] = message.number;
  state.provider_level[p] = message.level;
  refresh(state, context);
}

void Sector::refresh(State& state, sim::Context<Sector>& context) const {
  Setting const& setting = *directory->setting;
  std::size_t const sectors = setting.atlas->sectors.size();
  double through = 1;
  for (std::size_t p = 0; p < sectors; ++p)
    through = std::min(through, 1 - setting.dependency[p * sectors + static_cast<std::size_t>(index)] * (1 - state.provider_level[p]));
  double const own = std::clamp(1 - state.own_loss - static_cast<double>(state.extra_loss) * asset_unit, 0.0, 1.0);
  double level = own * through, inherited = own * (1 - through) + static_cast<double>(state.inherited_loss) * asset_unit;
  // Less than the step is not felt through providers: sectors that hold each other down come free together.
  if (own == 1 && level > 1 - step) level = 1, inherited = 0;
  if (level == state.level) return;
  state.level = level;
  context.observe(ServiceLevel{level, inherited, nation, index});
  bool const cascades = inherited >= cascade_share;
  if (cascades && state.in_cascade == 0) context.observe(Cascade{nation, index});
  state.in_cascade = cascades ? 1 : 0;
  // Everyday faults never all end: where there are some, what is within the step of full service is full service to others.
  double const felt = setting.assets.has_faults() && level > 1 - step ? 1 : level;
  if (felt == state.felt) return;
  double const day = directory->day(context.now());
  if (state.felt == 1) state.outage_day = day;
  state.felt = felt;
  tell(state, day, context);
}

// Others hear of changes that move them by the step or more, and of the end of every outage they have heard of.
void Sector::tell(State& state, double day, sim::Context<Sector>& context) const {
  Setting const& setting = *directory->setting;
  double const level = state.felt;
  if (std::fabs(level - state.told_level) >= step || (level == 1 && state.told_level != 1)) {
    state.told_level = level;
    context.send(directory->economies[static_cast<std::size_t>(nation)], world_lookahead, Economy::SectorLevel{level, index});
  }
  // Inside the nation assets tell assets where they depend on each other: sectors that told as well would count all twice.
  if (!setting.assets.has_graph()) tell_sectors(state, day, context);
}

void Sector::tell_sectors(State& state, double day, sim::Context<Sector>& context) const {
  Setting const& setting = *directory->setting;
  std::size_t const sectors = setting.atlas->sectors.size();
  double const level = state.felt;
  ++state.told_number;
  for (std::size_t k = 0; k < sectors; ++k) {
    double const dependency = setting.dependency[static_cast<std::size_t>(index) * sectors + k];
    double const change = dependency * std::fabs(level - state.told_dependent[k]);
    if (change < (level > state.told_dependent[k] ? recovery_step : step) && !(level == 1 && state.told_dependent[k] != 1)) continue;
    state.told_dependent[k] = level;
    // Within the buffer nobody feels the outage; a full recovery is felt at once.
    double const buffer = setting.buffer_days[static_cast<std::size_t>(index) * sectors + k];
    double const delay = level == 1 ? 0 : std::max(0.0, state.outage_day + buffer - day);
    context.send(directory->sectors[static_cast<std::size_t>(nation) * sectors + k], after_days(delay), ProviderLevel{level, index, state.told_number});
  }
}

}  // namespace world
