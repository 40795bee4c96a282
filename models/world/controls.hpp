// Control variates: what draws gave beyond their conditional expectation, each weighted by the loss that it stands for.
#pragma once

#include <array>

#include "models/world/directory.hpp"

namespace world {

/// Which draws a surprise comes from. Sums of surprises are martingales: their mean is 0 in every future and treatment
/// (docs/methods/variance_reduction.md).
enum class Control : std::int32_t {
  campaigns,  // whether an occasion is used, gets in, comes back and takes effect before its detection, and what the campaign is
  damages,    // what share of a sector a hit takes, and for how long
};
inline constexpr int control_count = 2;

/// Outcome less expectation of one draw [service-days].
struct Surprise { double days; std::int32_t nation; Control control; };

/// A covert campaign that ends in an effect begins (`ending` 0), is detected (1) or takes effect (2).
struct Race { double dwell_days; std::int32_t nation, objective, severity, sector, ending, reserved; };

/// Expected losses of one future. They decide how good the controls are, never whether their mean is 0.
class LossExpectation {
 public:
  explicit LossExpectation(Setting const& setting);

  /// Loss while a share of a sector is lost: through the sector and those that directly depend on it.
  double of_outage(int sector, double share, double days) const { return weight_[static_cast<std::size_t>(sector)] * share * days; }
  /// Of a hit, over what is drawn of the damage; a crew comes after a while.
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

/// What a row of a race on `day` adds to the number of effects in the window [from, to) less their integrated hazard. At the beginning
/// all that is left of the window is taken off, at the end what was not needed is given back: races open at its end are exact too.
double race_surprise(Race const& row, double day, double from, double to);

/// Days for which a damage waits for a crew (assumed: about the mean of the reference arm).
inline constexpr double crew_wait_days = 20;

/// Records what a draw with this chance of yes gave beyond it, where a yes is worth so many service-days.
template <class A>
void observe_surprise(int nation, bool yes, double chance, double worth, sim::Context<A>& context) {
  context.observe(Surprise{((yes ? 1 : 0) - chance) * worth, nation, Control::campaigns});
}

}  // namespace world
