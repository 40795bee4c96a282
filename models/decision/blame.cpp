#include "models/decision/blame.hpp"

namespace decision {

double BlameGame::attack_probability() const {
  double const belief = belief_to_blame();
  if (!blame_pays() || knowing <= blame_to_bear()) return 1;
  // Leaves the victim's belief just at belief_to_blame.
  return belief * (1 - vulnerable + mischief) / (vulnerable * (1 - belief));
}

double BlameGame::blame_probability() const {
  if (!blame_pays()) return 0;
  if (knowing <= blame_to_bear()) return 1;
  return blame_to_bear() / knowing;
}

}  // namespace decision
