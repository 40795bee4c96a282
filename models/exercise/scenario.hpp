// What an exercise is: rules that hold for all, and the teams; read from a TOML file, every key described once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/fields.hpp"
#include "sim/config/issue.hpp"

/// A cyber defence exercise: blue teams defend copies of the same systems against one red team and are scored.
namespace exercise {

/// Rules of the exercise; meaning, unit, range and source of each are in `rule_keys`.
struct Rules {
  double seed, replications, days;                                                                       // [exercise]
  double count, critical_share, critical_weight, dependence;                                             // [systems]
  double attacks, waves, wave_hours, quiet_hours, success, techniques, critical_aim, disruptive_share,   // [red]
      effect_hours, persistence, return_hours, tools, tool_success, tool_survival, tool_stealth, tool_discount;
  double detect_hours, response_hours, forensic_hours, forensic_deadline_hours, prevent_slope,           // [blue]
      detect_slope, respond_slope, rehearsal_gain, rehearsal_learning, joint_learning, joint_friction, known_share,
      fatigue;
  double sharing, delay_hours, block_share;                                                              // [channel]
  double legal_advisers, media_officers, strategists, reporters, legal_hours, media_hours,               // [cells]
      strategic_hours, report_hours, cell_slope;
  double legal_per_day, media_per_day, strategic_per_day, reports_per_day, advice_share,                 // [white]
      legal_deadline_hours, media_deadline_hours, strategic_deadline_hours, report_deadline_hours, media_hit,
      media_recovery;
  double check_minutes, visits_per_day;                                                                  // [green]
  double availability, thwarted, compromise, restoration, legal, media, strategic, reporting, forensics, // [score]
      availability_floor, half_hours;
};

/// A blue team; see `team_keys`. Skills are standard deviations from the mean of all nations.
struct Team {
  std::string name;
  double analysts, shifts, prevent, detect, respond, legal_skill, communicate, rehearsals, allied, joint;
};

/// A whole exercise.
struct Scenario {
  std::string title;
  Rules rules{};
  std::vector<Team> teams;
};

/// How a key is written.
enum class Kind : std::uint8_t { number, whole, flag };

/// One key of the scenario file; loader, template, listing and guide are made from it.
struct KeyInfo {
  std::string table;
  std::string name;
  std::string unit;  // "1" for a pure number
  Kind kind = Kind::number;
  double minimum = 0;
  double maximum = 0;
  double standard = 0;
  std::string meaning;
  std::string source;  // of the standard, or "assumed: why"
  sim::Grade grade = sim::Grade::assumed;
};

/// A key and the member that holds it.
template <class T>
struct Key {
  KeyInfo info;
  double T::*member;
};

/// All rules, table by table.
std::vector<Key<Rules>> const& rule_keys();
/// All attributes of a team but its name; each may be left out of the file.
std::vector<Key<Team>> const& team_keys();
/// The rules' tables in the order of the file, with what each is about.
std::vector<std::pair<std::string, std::string>> const& tables();

/// "0 to 1", "1 to 64, whole", "true or false".
std::string range_of(KeyInfo const& key);
/// The standard value as it is typed in the file.
std::string standard_of(KeyInfo const& key);

/// The standard exercise, which configs/exercises/two_weeks.toml holds: two weeks, 22 teams, 5,016 systems, 4,004 attacks.
Scenario standard_scenario();
/// A scenario as a commented file that reads back as the same scenario.
std::string as_toml(Scenario const& scenario);

/// What checking found: issues as "file:line:column: problem (reason) suggestion"; a scenario if there are none.
struct ScenarioCheck {
  std::vector<std::string> issues;
  Scenario scenario;
};

/// Checks a scenario's text; `file` is shown in messages, `overrides` are applied in order. Never throws on bad input.
ScenarioCheck check_scenario(std::string const& file, std::string const& text,
                             std::vector<sim::Override> const& overrides);

}  // namespace exercise
