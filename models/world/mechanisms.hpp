// The registry of mechanisms: what each changes, its null value, and the modifier through which it acts.
#pragma once

#include <array>
#include <string_view>

#include "models/world/behaviours.hpp"
#include "models/world/parameters.hpp"

namespace world {

/// Mechanisms of a partnership: M1 ... M10 in order, then the ways in that partners open.
enum class Mechanism { notification, sharing, exercises, pooling, attribution, readiness, information, visibility, cost, free_riding, trusted_partners };

/// All switches: M1 ... M10 with doses of their own, and trusted partners, who have those of M2.
inline constexpr int switch_count = mechanism_count + 1;

/// A quantity of the world that mechanisms change; each has one place in the code where it is applied.
enum class Modifier { detection_hazard, relay_probability, service_rate, naming_odds, evidence_rate, decision_delay, evidence_threshold, targeting_rate, trust_drop, pooled_servers, prevention_effort, partner_access, tool_loss };

/// One line of the registry.
struct ModifierInfo {
  Modifier modifier;
  Mechanism mechanism;
  std::string_view name;     // of the modifier
  std::string_view formula;  // how it enters; "D" is the dose
};

/// One mechanism with its meaning; `available` is false for those the world does not hold yet.
struct MechanismInfo {
  Mechanism mechanism;
  std::string_view code;  // M1 ... M10, trusted_partners
  std::string_view meaning;
  bool available;
};

/// All mechanisms in order.
std::array<MechanismInfo, switch_count> const& mechanisms();
/// All modifiers with the mechanism behind each; a modifier with two mechanisms stands twice.
std::array<ModifierInfo, 14> const& modifiers();

/// Which mechanisms act in a study, and by which rules its agents behave.
struct MechanismSwitches {
  std::array<bool, switch_count> on{};
  std::array<bool, behaviour_count> behaves{};
  bool operator[](Mechanism m) const { return on[static_cast<std::size_t>(m)]; }
  bool operator[](Behaviour b) const { return behaves[static_cast<std::size_t>(b)]; }
};

/// Sets the parameters of every mechanism that is off to their null values: then theta^D is exactly 1.
void apply_switches(MechanismSwitches const& switches, Parameters& parameters);

/// Throws sim::Error where two behaviours are on of which a study may have one.
void require_compatible(MechanismSwitches const& switches);

/// theta^dose; exactly 1 for theta = 1 or dose = 0, the form in which every ratio enters.
double modifier(double theta, double dose);

}  // namespace world
