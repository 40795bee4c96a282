// Which gains are worth an attack when the defender sees imperfect signals and retaliates on belief.
#pragma once

#include <cstdint>
#include <vector>

namespace decision {

/// Where the gain of an opportunity comes from.
enum class Gains : std::uint8_t { uniform /* on [0, 1] */, exponential /* mean 1 */ };

/// Attackers alike. S. Baliga, E. Bueno de Mesquita, A. Wolitzky, "Deterrence with imperfect attribution", APSR
/// 114:1155 (2020). The defender's liking for retaliation is uniform on [0, 1]: it retaliates against i if that is
/// above 1 - belief that i attacked.
struct Deterrence {
  std::uint32_t attackers = 2;
  double opportunity = 1;  // gamma: chance that one of them can attack in a round
  double false_alarm = 0;  // chance that a quiet round points at a given attacker
  double right = 0;        // chance that an attack points at who did it
  double wrong = 0;        // chance that an attack points at somebody else, all alike
  Gains gains = Gains::uniform;
  double cost = 1;  // of retaliation to the attacker, in the unit of the gains

  /// Chance that an opportunity brings more than `gain`.
  double share_above(double gain) const;
  /// Gain that lies with chance `uniform` on (0, 1) below.
  double gain_at(double uniform) const;
  /// Belief that i attacked, after a signal that points at i, at another, when all attack for gains above `cutoff`.
  struct Beliefs {
    double at_him, at_other;
  };
  Beliefs beliefs(double cutoff) const;
  /// Chance of retaliation against i added by attacking, when all attack for gains above `cutoff`.
  double added_retaliation(double cutoff) const;
  /// The gain above which all attack: where it equals the cost of the retaliation that an attack adds; found by halving.
  double best_cutoff() const;
};

}  // namespace decision
