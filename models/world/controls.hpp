// Control variates: what draws gave beyond their conditional expectation, each weighted by the loss that it stands for.
#pragma once

#include <array>

#include "models/world/directory.hpp"

namespace world {

/// Which draws a surprise comes from. Sums of surprises are martingales: their mean is 0 in every future and treatment
/// (docs/methods/variance_reduction.md).
enum class Control : std::int32_t {
  campaigns,  // whether an occasion is used and gets in, what the campaign is, whether it comes back
  races,      // whether an effect falls due before the detection
  damages,    // what a hit takes
};
inline constexpr int control_count = 3;

/// Outcome less expectation of one draw [service-days].
struct Surprise { double days; std::int32_t nation; Control control; };

/// A covert campaign that ends in an effect begins (`ending` 0), is detected (1) or takes effect (2).
struct Race { double dwell_days; std::int32_t nation, objective, severity, sector, ending, reserved; };

/// Expected losses of one future. They decide how good the controls are, never whether their mean is 0.
class LossExpectation {
 public:
  explicit LossExpectation(Setting const& setting);

  /// What a hit costs: through its sector and those that directly depend on it, until it is repaired; a crew comes after a while.
  double of_damage(int sector, double share, double tau_days, bool needs_crew) const;
  /// Its mean over what is drawn of the damage.
  double of_effect(int severity, int sector, bool needs_crew) const;
  /// Of a campaign that gets in.
  double of_access(Operation const& operation, double day) const;
  /// The same before it is known whether the way in `vector` is open.
  double of_plan(Operation const& operation, Vector vector, double day) const;
  /// The same before anything is known of it but actor and target.
  double of_opening(int actor, int target, double day) const;

 private:
  double chance(Objective objective, int target, double day) const;

  Setting const* setting_;
  std::vector<double> weight_;  // [sector] service of the nation that hangs on it
  struct Mean { std::array<double, objective_count> covert{}, immediate{}; };
  std::vector<Mean> mean_;      // [actor] of an effect, over severity and sector
};

/// Integrated hazard of the delay from access to effect, `days` after access; 0 before.
double effect_hazard(Objective objective, double days);

/// Records what a draw with this chance of yes gave beyond it, where a yes is worth so many service-days.
template <class A>
void observe_surprise(int nation, bool yes, double chance, double worth, sim::Context<A>& context) {
  context.observe(Surprise{((yes ? 1 : 0) - chance) * worth, nation, Control::campaigns});
}

}  // namespace world
