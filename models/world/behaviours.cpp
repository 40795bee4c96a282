#include "models/world/behaviours.hpp"

namespace world {

std::array<BehaviourInfo, behaviour_count> const& behaviours() {
  static constexpr std::array<BehaviourInfo, behaviour_count> all{{
      {Behaviour::investment, "investment", "nations review every year what they spend on prevention (Gordon and Loeb); M10 acts through it", true},
      {Behaviour::adaptation, "adaptation", "actors learn how often their tools survive a use, use up a tool that is as good as lost, disguise themselves more where they are named more, and come through the weakest partner", true},
      {Behaviour::crises, "crises", "dated crises between states raise the rate of campaigns for a while", true},
      {Behaviour::cross_border, "cross_border", "sectors also depend on providers in other nations: cables, power, clouds, clearing, ports", true},
  }};
  return all;
}

}  // namespace world
