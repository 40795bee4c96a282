#include "models/world/nation/shared_effort.hpp"

#include <algorithm>

#include "models/world/nation/budget.hpp"

namespace world {
namespace {

// The mean, as in 16.2, and not the sum: with dozens of partners a sum would leave nothing to a nation's own needs.
double total_effort(OwnEffort const& own, std::span<Partner const> partners) {
  double sum = 0;
  for (Partner const& partner : partners) sum += partner.dose * partner.effort;
  return decision::best_effort(decision::Sharing::total, own.alone * (1 + own.rho * own.spill), own.rho * sum / own.others);
}

double weakest_link(OwnEffort const& own, std::span<Partner const> partners) {
  double effort = own.alone;
  for (Partner const& partner : partners) {
    double const useful = decision::best_effort(decision::Sharing::weakest, own.alone, partner.effort);
    effort = std::min(effort, own.alone - own.rho * partner.dose * (own.alone - useful));
  }
  return effort;
}

// Theory's agent rests too where another spends as much, all at once; here efforts are over the reference's, whose absolute size nobody
// knows, so the comparison is of those.
double best_shot(OwnEffort const& own, std::span<Partner const> partners) {
  double dose = 0;
  for (Partner const& partner : partners)
    if (own.alone < partner.effort * effort_worth_telling) dose = std::max(dose, partner.dose);
  return own.alone * ((1 - own.rho * dose) / (1 - own.rho * own.closest));
}

}  // namespace

std::optional<decision::Sharing> sharing_of(MechanismSwitches const& switches) {
  if (switches[Behaviour::total_effort]) return decision::Sharing::total;
  if (switches[Behaviour::weakest_link]) return decision::Sharing::weakest;
  if (switches[Behaviour::best_shot]) return decision::Sharing::best;
  return {};
}

double best_reply(decision::Sharing sharing, OwnEffort const& own, std::span<Partner const> partners) {
  if (own.rho == 0) return own.alone;
  if (sharing == decision::Sharing::total) return total_effort(own, partners);
  return sharing == decision::Sharing::weakest ? weakest_link(own, partners) : best_shot(own, partners);
}

}  // namespace world
