// Whether to attack one who may blame, and whether to blame one who may be innocent of a weakness.
#pragma once

namespace decision {

/// After B. Edwards, A. Furnas, S. Forrest, R. Axelrod, "Strategic aspects of cyberattack, attribution, and blame",
/// PNAS 114:2825 (2017); payoffs as here: the attacker gets 0 if it does not attack, gain if it is not blamed, -penalty
/// if it is blamed while vulnerable. The victim gets reward for blaming a vulnerable attacker, -cost for blaming
/// another, 0 for tolerating, all on top of the damage done. A third party may attack in the attacker's name; blame for
/// what it has done does not stick, so that it costs the victim the same as blaming one who is not vulnerable.
struct BlameGame {
  double vulnerable = 0;  // v: chance that an attacker is vulnerable to blame
  double knowing = 0;     // kappa: chance that a victim knows who attacked
  double gain = 1;
  double penalty = 1;
  double reward = 1;
  double cost = 1;
  double mischief = 0;  // mu: attacks of a third party in the attacker's name, for each occasion of the attacker

  /// Belief in a vulnerable attacker from which blaming pays.
  double belief_to_blame() const { return cost / (reward + cost); }
  /// Chance of blame up to which a vulnerable attacker attacks.
  double blame_to_bear() const { return gain / (gain + penalty); }
  /// Share of attacks for which blame pays when every attacker attacks.
  double belief_if_all_attack() const { return vulnerable / (1 + mischief); }
  /// True if a victim who knows who attacked gains by blaming it, when every attacker attacks.
  bool blame_pays() const { return belief_if_all_attack() > belief_to_blame(); }
  /// Chance with which a vulnerable attacker attacks; one that is not vulnerable always does.
  double attack_probability() const;
  /// Chance with which a knowing victim blames.
  double blame_probability() const;
};

}  // namespace decision
