#include "models/world/infrastructure/asset.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/world/infrastructure/repair_crews.hpp"
#include "models/world/infrastructure/sector.hpp"
#include "sim/base/math.hpp"

namespace world {

int recovery_steps(double loss) { return std::clamp(static_cast<int>(std::ceil(loss / 0.02)), 1, 8); }

double step_time(int k, int n) {
  // Integral of -ln(1 - x): x + (1 - x) ln(1 - x).
  auto integral = [](double x) { return x >= 1 ? 1.0 : x + (1 - x) * sim::math::log1p(-x); };
  return n * (integral(static_cast<double>(k) / n) - integral(static_cast<double>(k - 1) / n));
}

double Asset::size() const { return directory->setting->asset_share[static_cast<std::size_t>(index)]; }

std::size_t Asset::position() const {
  Setting const& setting = *directory->setting;
  return (static_cast<std::size_t>(nation) * setting.atlas->sectors.size() + static_cast<std::size_t>(sector)) * setting.asset_share.size() +
         static_cast<std::size_t>(index);
}

void Asset::init(State& state, sim::Context<Asset>& context) const {
  state.spent_days = -1;
  if (directory->setting->assets.has_faults()) wait_for_fault(context);
}

void Asset::on(Crew const& crew, State&, sim::Context<Asset>& context) const {
  context.set_incident(crew.incident);
  double const days = crew.tau_days * step_time(1, recovery_steps(crew.loss));
  context.schedule(sim::from_days(days) + sim::tick, Step{crew.incident, crew.loss, crew.tau_days, 1});
}

void Asset::on(Step const& step, State& state, sim::Context<Asset>& context) const {
  context.set_incident(step.incident);
  int const steps = recovery_steps(step.loss), k = static_cast<int>(step.step);
  std::size_t const sectors = directory->setting->atlas->sectors.size();
  context.send(directory->sectors[static_cast<std::size_t>(nation) * sectors + static_cast<std::size_t>(sector)], world_lookahead,
               Sector::AssetLoss{-step.loss / steps, index});
  if (directory->setting->follows_assets()) {
    state.campaign_loss -= step.loss / steps / size();
    if (std::fabs(state.campaign_loss) < 1e-9) state.campaign_loss = 0;  // rounding; a hit takes more of an asset
    refresh(state, context);
  }
  if (k == steps) return;
  double const days = step.tau_days * (step_time(k + 1, steps) - step_time(k, steps));
  context.schedule(sim::from_days(days) + sim::tick, Step{step.incident, step.loss, step.tau_days, step.step + 1});
}

void Asset::on(Damage const& damage, State& state, sim::Context<Asset>& context) const {
  context.set_incident(damage.incident);
  state.campaign_loss += damage.loss / size();
  refresh(state, context);
}

// A fault has its own words for depth and work, so that nothing else can disturb them; what is down cannot fail again.
void Asset::on(Fault const&, State& state, sim::Context<Asset>& context) const {
  auto rng = context.rng(Draw::fault);
  state.fault_loss = static_cast<float>(rng.uniform(fault_depth_low, fault_depth_high));
  double const work_days = rng.lognormal(fault_work_days, fault_work_log_sd);
  context.send(directory->depot(nation, sector, index), world_lookahead, RepairCrews::Request{work_days, static_cast<std::int64_t>(position())});
  refresh(state, context);
}

void Asset::on(Repaired const&, State& state, sim::Context<Asset>& context) const {
  state.fault_loss = 0;
  refresh(state, context);
  wait_for_fault(context);
}

void Asset::wait_for_fault(sim::Context<Asset>& context) const {
  double const mean_days = 365.25 / directory->setting->assets.faults_per_year;
  context.schedule(sim::from_days(context.rng(Draw::fault).exponential(mean_days)) + sim::tick, Fault{});
}

void Asset::on(ProviderLoss const& message, State& state, sim::Context<Asset>& context) const {
  state.lost[message.slot] = message.lost;
  refresh(state, context);
}

Asset::Level Asset::level(State const& state) const {
  double const lost = *std::max_element(std::begin(state.lost), std::end(state.lost));
  double const own = std::max(0.0, 1 - state.campaign_loss - static_cast<double>(state.fault_loss));
  return {own, own * (1 - lost)};
}

// The sector knows what campaigns took; it is told what faults and providers take beyond that.
void Asset::refresh(State& state, sim::Context<Asset>& context) const {
  Level const now = level(state);
  double const after_campaigns = std::clamp(1 - state.campaign_loss, 0.0, 1.0);
  auto const units = [this](double share) { return static_cast<std::int64_t>(share * size() / asset_unit); };
  std::int64_t const extra = units(after_campaigns - std::min(now.service, after_campaigns));
  std::int64_t const inherited = units(now.own - now.service);
  if (extra != state.extra || inherited != state.inherited) {
    std::size_t const sectors = directory->setting->atlas->sectors.size();
    context.send(directory->sectors[static_cast<std::size_t>(nation) * sectors + static_cast<std::size_t>(sector)], world_lookahead,
                 Sector::AssetChange{extra - state.extra, inherited - state.inherited});
    state.extra = extra;
    state.inherited = inherited;
  }
  AssetGraph const* const graph = directory->setting->asset_graph.get();
  if (graph != nullptr && !graph->dependents(position()).empty()) follow_outage(state, static_cast<float>(1 - now.service), context);
}

void Asset::follow_outage(State& state, float loss, sim::Context<Asset>& context) const {
  bool const was_out = state.outage % 2 != 0, is_out = loss >= asset_step;
  if (is_out && !was_out) {
    ++state.outage;
    wait_for_buffer(state, context);
  } else if (!is_out && was_out) {
    ++state.outage;
    state.told = 0;
    if (state.spent_days >= 0) tell(state, -1, state.spent_days, context);
    state.spent_days = -1;
  } else if (is_out && state.spent_days >= 0 && std::fabs(loss - state.told) >= asset_step) {
    state.told = loss;
    tell(state, -1, state.spent_days, context);
  }
}

float Asset::buffer_days(std::uint32_t dependent) const {
  Setting const& setting = *directory->setting;
  std::size_t const n = setting.atlas->sectors.size(), k = dependent / setting.asset_share.size() % n;
  return static_cast<float>(setting.buffer_days[static_cast<std::size_t>(sector) * n + k]);
}

void Asset::wait_for_buffer(State& state, sim::Context<Asset>& context) const {
  float next = std::numeric_limits<float>::max();
  for (AssetGraph::Edge const edge : directory->setting->asset_graph->dependents(position())) {
    float const buffer = buffer_days(edge.dependent());
    if (buffer > state.spent_days) next = std::min(next, buffer);
  }
  if (next == std::numeric_limits<float>::max()) return;
  double const days = static_cast<double>(next) - std::max(0.0, static_cast<double>(state.spent_days));
  context.schedule(sim::from_days(days) + sim::tick, BufferSpent{next, state.outage});
}

// All who feel the outage have been told the same, so that one number stands for them.
void Asset::on(BufferSpent const& spent, State& state, sim::Context<Asset>& context) const {
  if (spent.outage != state.outage) return;  // that outage is over
  if (state.spent_days < 0) state.told = static_cast<float>(1 - level(state).service);
  float const before = state.spent_days;
  state.spent_days = spent.buffer_days;
  tell(state, before, spent.buffer_days, context);
  wait_for_buffer(state, context);
}

// Tells dependents with buffers in (after, up to]. Messages arrive in the order in which they leave.
void Asset::tell(State& state, float after_days, float up_to_days, sim::Context<Asset>& context) const {
  Setting const& setting = *directory->setting;
  std::size_t const n = setting.atlas->sectors.size();
  sim::Duration const delay = std::max(world_lookahead, state.told_at + sim::tick - context.now());
  state.told_at = context.now() + delay;
  for (AssetGraph::Edge const edge : setting.asset_graph->dependents(position())) {
    float const buffer = buffer_days(edge.dependent());
    if (buffer <= after_days || buffer > up_to_days) continue;
    std::size_t const k = edge.dependent() / setting.asset_share.size() % n;
    auto const depends = static_cast<float>(setting.dependency[static_cast<std::size_t>(sector) * n + k]);
    context.send(directory->assets[edge.dependent()], delay, ProviderLoss{depends * state.told, edge.slot()});
  }
}

}  // namespace world
