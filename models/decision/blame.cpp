#include "models/decision/blame.hpp"

namespace decision {

double BlameGame::attack_probability() const {
  double const belief = belief_to_blame();
  if (vulnerable <= belief || knowing <= blame_to_bear()) return 1;
  return belief * (1 - vulnerable) / (vulnerable * (1 - belief));  // leaves the victim's belief just at belief_to_blame
}

double BlameGame::blame_probability() const {
  if (vulnerable <= belief_to_blame()) return 0;
  if (knowing <= blame_to_bear()) return 1;
  return blame_to_bear() / knowing;
}

}  // namespace decision
