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

void Asset::on(Crew const& crew, State& state, sim::Context<Asset>& context) const {
  context.set_incident(crew.incident);
  std::uint32_t const slot = state.repairs.insert({crew.incident, crew.loss, crew.tau_days});
  double const days = crew.tau_days * step_time(1, recovery_steps(crew.loss));
  context.schedule(sim::from_days(days) + sim::tick, Step{crew.incident, slot, 1});
}

void Asset::on(Step const& step, State& state, sim::Context<Asset>& context) const {
  context.set_incident(step.incident);
  Repair const repair = state.repairs[step.slot];
  int const steps = recovery_steps(repair.loss), k = static_cast<int>(step.step);
  std::size_t const sectors = directory->setting->atlas->sectors.size();
  context.send(directory->sectors[static_cast<std::size_t>(nation) * sectors + static_cast<std::size_t>(sector)], world_lookahead,
               Sector::AssetLoss{-repair.loss / steps, index});
  if (k == steps) {
    state.repairs.erase(step.slot);
    return;
  }
  double const days = repair.tau_days * (step_time(k + 1, steps) - step_time(k, steps));
  context.schedule(sim::from_days(days) + sim::tick, Step{step.incident, step.slot, step.step + 1});
}

}  // namespace world
