// A team's place in the exercise: its attributes, the rates that follow from them, and where its agents are.
#pragma once

#include "models/exercise/events.hpp"
#include "models/exercise/scenario.hpp"
#include "sim/kernel/event.hpp"
#include "sim/kernel/lp.hpp"

namespace exercise {

struct Blue;
struct Cell;
struct Channel;
struct Desk;
struct Services;
struct System;

/// True for the first systems, which are critical.
inline bool is_critical(Rules const& rules, std::uint32_t system) { return system < rules.critical_share * rules.count; }

/// What all agents of one team share; const while the world runs.
struct Camp {
  Team team;
  Rules rules;
  sim::LpRef<Cell> cell{};
  sim::LpRef<Blue> blue{};
  sim::LpRef<Services> services{};
  sim::LpRef<Desk> legal{}, media{}, strategic{}, reporting{};
  sim::LpRef<Channel> channel{};
  std::uint32_t first_system = 0;

  sim::LpRef<System> system(std::uint32_t index) const { return {sim::LpId{first_system + index}}; }
  /// Weight of a system in its sector.
  std::uint32_t weight(std::uint32_t system) const;
  /// Chance that an attack gets in, if `chance` is that against mean skill.
  double access_chance(double chance) const;
  /// Speed of work from skill and rehearsals, 1 at mean skill without rehearsal.
  double speed(double skill, double slope) const;
  /// Share of what there is to learn that the team has learnt in its rehearsals.
  double learnt() const;
};

/// Chance of a good answer or a solved case at mean skill, as for absorbing an indicator: docs/model/odd.md 7.10, logistic(.5).
inline constexpr double good_log_odds = 0.5;
/// Spread of the logarithm of every piece of work: docs/model/odd.md 7.8, triage and containment.
inline constexpr double work_log_sd = 1;
/// Spread of the logarithm of the time to the effect: docs/model/odd.md 7.3, disruption by intrusion.
inline constexpr double effect_log_sd = 1;

/// Hours of simulated time, at least a tick.
sim::Duration span(double hours);
/// The same, at least `delay`.
sim::Duration hours(double hours);
/// The span in hours.
inline double in_hours(sim::Duration span) { return static_cast<double>(span.ticks) / static_cast<double>(sim::hour.ticks); }
/// The value of a lognormal below which it lies with chance `mark`.
double lognormal_at(double mark, double median, double log_sd);

}  // namespace exercise
