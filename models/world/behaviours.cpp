#include "models/world/behaviours.hpp"

namespace world {

std::array<BehaviourInfo, behaviour_count> const& behaviours() {
  static constexpr std::array<BehaviourInfo, behaviour_count> all{{
      {Behaviour::investment, "investment", "nations review every year what they spend on prevention (Gordon and Loeb); M10 acts through it", true},
      {Behaviour::adaptation, "adaptation", "actors learn how often their tools survive a use, use up a tool that is as good as lost, disguise themselves more where they are named more, and come through the weakest partner", true},
      {Behaviour::crises, "crises", "dated crises between states raise the rate of campaigns for a while", true},
      {Behaviour::hacktivists, "hacktivists", "a part of non-state campaigns are bursts of denial of service that call forth more, as do crises and public namings", true},
      {Behaviour::blame_or_tolerate, "blame_or_tolerate", "a nation names the culprit where blame is likely enough to stick (Edwards et al.), instead of by the record's odds", false},
      {Behaviour::signal_doctrine, "signal_doctrine", "a state's cut-off for an attack answers to the target's signals and doctrine (Baliga et al.), instead of to how often it was named", false},
      {Behaviour::footholds, "footholds", "spies and defenders take footholds back from each other (FlipIt): data are lost only while the spy is in control", false},
      {Behaviour::cross_border, "cross_border", "sectors also depend on providers in other nations: cables, power, clouds, clearing, ports", true},
      {Behaviour::total_effort, "total_effort", "free riding (M10) by total effort: what partners spend beyond the record takes the place of a nation's own; one of the three such rules at most", false},
      {Behaviour::weakest_link, "weakest_link", "free riding (M10) by weakest link: nobody spends more on the common defence than the weakest partner", false},
      {Behaviour::best_shot, "best_shot", "free riding (M10) by best shot: who has a partner that spends as much rests", false},
      {Behaviour::derived_cost, "derived_cost", "M9 takes away a nation's own share, an officer and an exercise team over its specialists, instead of M9.partnership_cost", false},
  }};
  return all;
}

}  // namespace world
