// How much a nation spends where its partners' efforts protect it too: best replies that may take the place of equations 16.2.
#pragma once

#include <optional>
#include <span>

#include "models/decision/effort.hpp"
#include "models/world/mechanisms.hpp"

namespace world {

/// Another nation with a D2 above 0, and its effort over that of the reference.
struct Partner {
  double dose = 0, effort = 1;
};

/// What a nation knows of itself.
struct OwnEffort {
  double alone = 1;    // best effort over the reference's by its own losses (equations 16.1)
  double rho = 0;      // M10.free_riding
  double spill = 0;    // mean of D2 over all other nations by the record at 2020-12-31, which the reference effort answers to
  double closest = 0;  // the largest of these D2
  double others = 1;   // number of other nations
};

/// The rule that a study has switched on; none: equations 16.2.
std::optional<decision::Sharing> sharing_of(MechanismSwitches const& switches);

/// Best reply over the reference's effort. `alone` for rho = 0 and for a nation that has and had no partners; 1 where alone, all
/// efforts and doses are those of the reference.
/// Total effort: alone (1 + rho spill) - rho mean(D2 effort) over all other nations, at least 0: what partners give more takes the place of one's own.
/// Weakest link: least over partners of (1 - rho D2) alone + rho D2 min(alone, effort): the share rho D2 is in the common defence.
/// Best shot: alone (1 - rho D2) / (1 - rho closest), D2 the largest with a partner that spends as much as the nation would, 0
/// without one; efforts that differ by less than what is worth telling are alike.
double best_reply(decision::Sharing sharing, OwnEffort const& own, std::span<Partner const> partners);

}  // namespace world
