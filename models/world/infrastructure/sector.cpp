#include "models/world/infrastructure/sector.hpp"

#include <algorithm>
#include <cmath>

#include "models/world/infrastructure/asset.hpp"
#include "models/world/infrastructure/economy.hpp"
#include "sim/base/math.hpp"

namespace world {
namespace {

constexpr double step = 0.01;            // smallest change that others are told (equations 14.1)
constexpr double recovery_step = 0.005;  // recoveries are told more finely, or mutual dependence would keep outages alive
constexpr double cascade_share = 0.05;   // lost through providers: counts as a cascade

Sector::HitPlan plan_hit(Setting const& setting, int severity, sim::RngStream damage, sim::RngStream assets) {
  double const hit = std::min(1.0, damage.lognormal(hit_share(severity), 1.2));
  double const depth = damage.uniform(0.3, 1);
  Sector::HitPlan plan{hit * depth, damage.lognormal(repair_days(severity), 0.8), 0, {}};
  double left = hit, sizes_left = 1;
  int const all = static_cast<int>(setting.asset_share.size());
  auto const taken = [&plan](int asset) {
    return std::any_of(plan.parts, plan.parts + plan.count, [asset](auto const& part) { return part.asset == asset; });
  };
  while (left > 1e-12 && plan.count < 64 && plan.count < all) {
    double mark = assets.uniform() * sizes_left;
    int chosen = -1;
    for (int i = 0; i < all; ++i) {
      if (taken(i)) continue;
      chosen = i;
      mark -= setting.asset_share[static_cast<std::size_t>(i)];
      if (mark < 0) break;
    }
    double const size = setting.asset_share[static_cast<std::size_t>(chosen)];
    sizes_left -= size;
    plan.parts[plan.count++] = {chosen, std::min(size, left) * depth};
    left -= std::min(size, left);
  }
  return plan;
}

}  // namespace

double hit_share(int severity) {
  constexpr double median[] = {0, 0.001, 0.002, 0.005, 0.02, 0.10, 0.30, 0.60};
  return median[std::clamp(severity, 1, 7)];
}

double repair_days(int severity) {
  constexpr double median[] = {0, 0.05, 0.1, 3, 10, 30, 90, 180};
  return median[std::clamp(severity, 1, 7)];
}

void Sector::init(State& state, sim::Context<Sector>&) const {
  for (double& level : state.provider_level) level = 1;
  for (double& level : state.told_dependent) level = 1;
  state.level = state.told_level = 1;
}

void Sector::on(Hit const& hit, State& state, sim::Context<Sector>& context) const {
  context.set_incident(hit.incident);
  auto const plan = plan_hit(*directory->setting, static_cast<int>(hit.severity), context.rng(Draw::damage, hit.incident), context.rng(Draw::assets, hit.incident));
  context.observe(Damaged{plan.share, nation, index, static_cast<std::int32_t>(hit.severity), 0});
  for (int i = 0; i < plan.count; ++i) state.own_loss += plan.parts[i].loss;
  refresh(state, context);
  // Denial of service ends by itself; everything else waits for a crew.
  if (hit.self_ending != 0) restore(plan, hit.incident, 1, context);
}

void Sector::on(Crew const& crew, State&, sim::Context<Sector>& context) const {
  context.set_incident(crew.incident);
  auto const plan = plan_hit(*directory->setting, static_cast<int>(crew.severity), context.rng(Draw::damage, crew.incident), context.rng(Draw::assets, crew.incident));
  double const wait = std::max(0.0, directory->day(context.now()) - static_cast<double>(crew.found_day));
  context.observe(Restoring{wait, plan.tau_days / crew.rate, plan.share, nation, index});
  restore(plan, crew.incident, crew.rate, context);
}

void Sector::restore(HitPlan const& plan, std::uint64_t incident, double rate, sim::Context<Sector>& context) const {
  std::size_t const sectors = directory->setting->atlas->sectors.size(), assets = directory->setting->asset_share.size();
  std::size_t const first = (static_cast<std::size_t>(nation) * sectors + static_cast<std::size_t>(index)) * assets;
  for (int i = 0; i < plan.count; ++i)
    context.send(directory->assets[first + static_cast<std::size_t>(plan.parts[i].asset)], world_lookahead,
                 Asset::Crew{incident, plan.parts[i].loss, plan.tau_days / rate});
}

void Sector::on(AssetLoss const& loss, State& state, sim::Context<Sector>& context) const {
  state.own_loss += loss.share;
  if (std::fabs(state.own_loss) < 1e-13) state.own_loss = 0;
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
  double const own = std::clamp(1 - state.own_loss, 0.0, 1.0);
  double level = own * through;
  // Less than the step is not felt through providers: sectors that hold each other down come free together.
  if (own == 1 && level > 1 - step) level = 1;
  if (level == state.level) return;
  double const day = directory->day(context.now());
  if (state.level == 1) state.outage_day = day;
  state.level = level;
  context.observe(ServiceLevel{level, nation, index});
  bool const cascades = own * (1 - through) >= cascade_share;
  if (cascades && state.in_cascade == 0) context.observe(Cascade{nation, index});
  state.in_cascade = cascades ? 1 : 0;
  tell(state, day, context);
}

// Others hear of changes that move them by the step or more, and of the end of every outage they have heard of.
void Sector::tell(State& state, double day, sim::Context<Sector>& context) const {
  Setting const& setting = *directory->setting;
  std::size_t const sectors = setting.atlas->sectors.size();
  double const level = state.level;
  if (std::fabs(level - state.told_level) >= step || (level == 1 && state.told_level != 1)) {
    state.told_level = level;
    context.send(directory->economies[static_cast<std::size_t>(nation)], world_lookahead, Economy::SectorLevel{level, index});
  }
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
