// What an attacker must expect of each target: how well its signals tell who attacked, and how openly it acts on them.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "models/decision/deterrence.hpp"

namespace world {

class Setting;

/// Deterrence with imperfect attribution (equations 11.2, after Baliga, Bueno de Mesquita and Wolitzky 2020): the game of each target
/// in each quarter. There are as many suspects as the states' shares in its attempts are worth (1 over the sum of their squares); a
/// round is a month; a signal on which the target does not act costs nothing.
class TargetSignals {
 public:
  TargetSignals() = default;
  explicit TargetSignals(Setting const& setting);

  /// The game if the target acts on every signal; on the quarterly grid.
  decision::Deterrence const& game(int target, double day) const;
  /// Log share of gains that are worth an attack on `target` that acts on a signal with chance `openness`, less that in the record: at the
  /// target as it was in 2012, without a policy or partners.
  double log_acceptance(int target, double day, double openness) const;
  /// The same for a target none of whose relations is controlled, with or without a policy; made once for a future.
  double recorded_acceptance(int target, double day, bool has_policy) const;
  /// The same game in every quarter, and a record in which all gains were worth an attack.
  void fix(int target, decision::Deterrence const& game);

 private:
  std::size_t at(int target, double day) const;
  void solve(std::size_t at, double recorded_log_share);

  int quarters_ = 0;
  std::vector<decision::Deterrence> games_;               // [nation x quarter]
  std::vector<std::array<double, 2>> openness_;           // the same, without and with a policy
  std::vector<std::array<double, 2>> log_acceptance_;
  std::vector<double> recorded_log_share_;                // [nation]
};

/// Severity of the campaign that a target's doctrine is read for.
inline constexpr int typical_severity = 3;

/// Chance that evidence drifting by `drift` to a final variance of `variance` ever reaches `barrier` > 0 (first passage of a
/// Brownian motion with drift, the inverse Gaussian law).
double passage_probability(double drift, double variance, double barrier);

}  // namespace world
