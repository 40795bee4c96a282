#include "models/world/infrastructure/asset.hpp"

#include <algorithm>
#include <cmath>

#include "models/world/infrastructure/sector.hpp"
#include "sim/base/math.hpp"

namespace world {

int recovery_steps(double loss) { return std::clamp(static_cast<int>(std::ceil(loss / 0.02)), 1, 8); }

double step_time(int k, int n) {
  // Integral of -ln(1 - x): x + (1 - x) ln(1 - x).
  auto integral = [](double x) { return x >= 1 ? 1.0 : x + (1 - x) * sim::math::log1p(-x); };
  return n * (integral(static_cast<double>(k) / n) - integral(static_cast<double>(k - 1) / n));
}

void Asset::tell(double change, sim::Context<Asset>& context) const {
  auto const sector_lp = directory->sectors[static_cast<std::size_t>(nation) * directory->setting->atlas->sectors.size() + static_cast<std::size_t>(sector)];
  context.send(sector_lp, world_lookahead, Sector::AssetLoss{change, index});
}

void Asset::on(Damage const& damage, State& state, sim::Context<Asset>& context) const {
  context.set_incident(damage.incident);
  state.open.insert({damage.incident, damage.loss, damage.tau_days, 0});
  tell(damage.loss, context);
}

void Asset::on(Crew const& crew, State& state, sim::Context<Asset>& context) const {
  context.set_incident(crew.incident);
  for (auto it = state.open.begin(); it != state.open.end(); ++it) {
    if (it->incident != crew.incident) continue;
    it->rate = crew.rate;
    double const days = it->tau_days / crew.rate * step_time(1, recovery_steps(it->loss));
    context.schedule(sim::from_days(days) + sim::tick, Step{crew.incident, it.slot(), 1});
  }
}

void Asset::on(Step const& step, State& state, sim::Context<Asset>& context) const {
  context.set_incident(step.incident);
  Open const open = state.open[step.slot];
  int const steps = recovery_steps(open.loss);
  tell(-open.loss / steps, context);
  if (static_cast<int>(step.step) == steps) {
    state.open.erase(step.slot);
    return;
  }
  int const k = static_cast<int>(step.step);
  double const days = open.tau_days / open.rate * (step_time(k + 1, steps) - step_time(k, steps));
  context.schedule(sim::from_days(days) + sim::tick, Step{step.incident, step.slot, step.step + 1});
}

}  // namespace world
