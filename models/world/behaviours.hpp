// Rules of the agents that a study may switch, whatever the mechanisms of a partnership.
#pragma once

#include <array>
#include <string_view>

namespace world {

inline constexpr int behaviour_count = 12;
/// In the order of behaviours().
enum class Behaviour { investment, adaptation, crises, hacktivists, blame_or_tolerate, signal_doctrine, footholds, cross_border, total_effort, weakest_link, best_shot, derived_cost };

/// One rule: its name in studies, what is so while it is on, and whether it is where a study is silent.
struct BehaviourInfo {
  Behaviour behaviour;
  std::string_view name;
  std::string_view meaning;
  bool standard;
};

/// All behaviours in order.
std::array<BehaviourInfo, behaviour_count> const& behaviours();

}  // namespace world
