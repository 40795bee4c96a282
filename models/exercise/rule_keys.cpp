#include "models/exercise/scenario.hpp"

namespace exercise {

namespace {

using sim::Grade;
using Keys = std::vector<Key<Rules>>;

std::string const weight = "assumed: the ranks of the real exercise are public, its points are not; sum 100";
std::string const pace = "assumed: exercise days are faster than real ones, where the median is days (M-Trends)";

void add_exercise(Keys& keys) {
  keys.insert(
      keys.end(),
      {{{"exercise", "seed", "1", Kind::whole, 0, 9007199254740991, 1, "seed of all random numbers", "assumed: any"},
        &Rules::seed},
       {{"exercise", "replications", "1", Kind::whole, 2, 10000, 50, "worlds simulated, from which intervals are made",
         "assumed: total points to about 1 in 100"},
        &Rules::replications},
       {{"exercise", "days", "d", Kind::number, 0.25, 60, 14, "length; play goes on around the clock",
         "assumed: two weeks; the real exercise plays two days"},
        &Rules::days},
       {{"systems", "count", "1", Kind::whole, 8, 5000, 228,
         "systems of each team, spread over eight sectors; the first ones are critical",
         "22 teams with about 5,000 systems, Locked Shields 2021", Grade::reported},
        &Rules::count},
       {{"systems", "critical_share", "1", Kind::number, 0, 1, 0.1, "share of systems that are critical",
         "assumed: a few in each sector"},
        &Rules::critical_share},
       {{"systems", "critical_weight", "1", Kind::whole, 1, 100, 5, "weight of a critical system in its sector, others 1",
         "assumed: a third of each sector's weight"},
        &Rules::critical_weight},
       {{"systems", "dependence", "1", Kind::number, 0, 1, 1,
         "factor on the loss that sectors pass on to each other; 0: none", "assumed: 1 is the world model's dependencies.tsv"},
        &Rules::dependence}});
}

void add_red(Keys& keys) {
  keys.insert(
      keys.end(),
      {{{"red", "attacks", "1", Kind::whole, 0, 20000, 182, "attacks on each team, the same for all",
         "over 4,000 attacks on 22 teams, Locked Shields 2021", Grade::reported},
        &Rules::attacks},
       {{"red", "waves", "1", Kind::whole, 1, 200, 20, "waves in which the attacks come, evenly spaced",
         "assumed: one or two a day"},
        &Rules::waves},
       {{"red", "wave_hours", "h", Kind::number, 0.1, 240, 4, "length of a wave, at most up to the next one",
         "assumed: half a working day"},
        &Rules::wave_hours},
       {{"red", "quiet_hours", "h", Kind::number, 0, 1000, 6, "time before the first wave",
         "assumed: teams take their systems over first"},
        &Rules::quiet_hours},
       {{"red", "success", "1", Kind::number, 0.01, 0.99, 0.5,
         "chance that an attack gets into a system of a team of mean skill",
         "assumed: red knows the systems; against real ones 0.10 to 0.40 (access_intercept of the world model)"},
        &Rules::success},
       {{"red", "techniques", "1", Kind::whole, 1, 256, 40, "ways of attack, equally often used; each leaves one indicator",
         "assumed: each is used about five times"},
        &Rules::techniques},
       {{"red", "critical_aim", "1", Kind::number, 0, 1, 0.5,
         "share of attacks aimed at critical systems, where there are any; others at any system",
         "assumed: red picks targets by value"},
        &Rules::critical_aim},
       {{"red", "disruptive_share", "1", Kind::number, 0, 1, 0.41, "share of attacks that stop a service; others steal",
         "DCID 2.0, 2000-2016: disruption .30, degradation .11", Grade::measured},
        &Rules::disruptive_share},
       {{"red", "effect_hours", "h", Kind::number, 0.1, 1000, 12, "median time from access to effect", pace},
        &Rules::effect_hours},
       {{"red", "persistence", "1", Kind::number, 0, 0.95, 0.2,
         "chance that a foothold outlives the cleaning, for a team of mean skill",
         "assumed: below the .38 to .50 a year of real cases (FireEye)"},
        &Rules::persistence},
       {{"red", "return_hours", "h", Kind::number, 0.1, 1000, 24, "mean time until it is used again", pace},
        &Rules::return_hours}});
}

void add_tools(Keys& keys) {
  keys.insert(
      keys.end(),
      {{{"red", "tools", "1", Kind::whole, 0, 60, 8, "special tools held for high stakes, used one after the other",
         "assumed: a few days of play for each"},
        &Rules::tools},
       {{"red", "tool_success", "1", Kind::number, 0.01, 0.99, 0.9, "chance that an attack with a tool gets in",
         "assumed: no defence is prepared for it"},
        &Rules::tool_success},
       {{"red", "tool_survival", "1", Kind::number, 0.01, 0.999, 0.95,
         "chance that a tool held back outlives an attack", "assumed: P of Axelrod and Iliev 2014"},
        &Rules::tool_survival},
       {{"red", "tool_stealth", "1", Kind::number, 0.01, 0.999, 0.5,
         "chance that a tool outlives its use, as red believes", "assumed: S of Axelrod and Iliev 2014"},
        &Rules::tool_stealth},
       {{"red", "tool_discount", "1", Kind::number, 0.01, 0.999, 0.95, "worth of the next attack in terms of this one",
         "assumed: w of Axelrod and Iliev 2014"},
        &Rules::tool_discount}});
}

void add_blue(Keys& keys) {
  keys.insert(
      keys.end(),
      {{{"blue", "detect_hours", "h", Kind::number, 0.1, 1000, 12,
         "mean time from access to the team's own detection, at mean skill", pace},
        &Rules::detect_hours},
       {{"blue", "response_hours", "h", Kind::number, 0.1, 1000, 4,
         "median work of an analyst on an incident: contain, eradicate, restore", pace},
        &Rules::response_hours},
       {{"blue", "forensic_hours", "h", Kind::number, 0.1, 1000, 3, "median work on a forensic case", pace},
        &Rules::forensic_hours},
       {{"blue", "forensic_deadline_hours", "h", Kind::number, 0.1, 1000, 24,
         "time for a forensic case from the end of its incident", "assumed: a day"},
        &Rules::forensic_deadline_hours},
       {{"blue", "prevent_slope", "1/sd", Kind::number, 0, 2, 0.5, "log odds of access that a unit of prevent takes away",
         "assumed: middle of access_slope of the world model, [.2, .8]"},
        &Rules::prevent_slope},
       {{"blue", "detect_slope", "1/sd", Kind::number, 0, 2, 0.35, "log detection hazard that a unit of detect adds",
         "assumed: middle of detect_slope of the world model, [.1, .6]"},
        &Rules::detect_slope},
       {{"blue", "respond_slope", "1/sd", Kind::number, 0, 2, 0.25, "log speed of work that a unit of respond adds",
         "assumed: middle of respond_slope of the world model, [.1, .4]"},
        &Rules::respond_slope}});
}

void add_teams(Keys& keys) {
  keys.insert(
      keys.end(),
      {{{"blue", "rehearsal_gain", "1", Kind::number, 1, 2, 1.21, "factor on the speed of a team that has learnt all",
         "54 of 306 days shorter with a tested plan (IBM), an upper anchor", Grade::reported},
        &Rules::rehearsal_gain},
       {{"blue", "rehearsal_learning", "1", Kind::number, 0, 1, 0.5,
         "share of what is still to be learnt that a rehearsal teaches", "assumed: middle of exercise_learning of the world model, [.3, .7]"},
        &Rules::rehearsal_learning},
       {{"blue", "joint_learning", "1", Kind::number, 0, 1, 0.5, "factor on what a joint team learns from a rehearsal",
         "assumed: half the team's people are in it"},
        &Rules::joint_learning},
       {{"blue", "joint_friction", "1", Kind::number, 0, 0.9, 0.05, "share of work that a joint team loses to handing over",
         "assumed: two languages and two chains of command"},
        &Rules::joint_friction},
       {{"blue", "known_share", "1", Kind::number, 0, 1, 0.1,
         "share of techniques whose indicator a nation knows before the start; a joint team knows those of two",
         "assumed: most techniques are new"},
        &Rules::known_share},
       {{"blue", "fatigue", "1", Kind::number, 0, 2, 0.27,
         "longer work per four hours on shift beyond eight; begun incidents are finished",
         "assumed: as accident risk, 27 % higher in 12-hour than in 8-hour shifts (Folkard and Tucker 2003)"},
        &Rules::fatigue}});
}

void add_channel(Keys& keys) {
  keys.insert(
      keys.end(),
      {{{"channel", "sharing", "1", Kind::flag, 0, 1, 1, "allied teams send each other the indicators they find",
         "assumed: the partnership under study"},
        &Rules::sharing},
       {{"channel", "delay_hours", "h", Kind::number, 0.1, 1000, 4, "median time from finding to the other teams", pace},
        &Rules::delay_hours},
       {{"channel", "block_share", "1", Kind::number, 0, 1, 0.5, "share of attacks that a known indicator stops",
         "assumed: middle of patch_loss of the world model, [.2, .8]"},
        &Rules::block_share}});
}

void add_cells(Keys& keys) {
  std::string const staff = "assumed: a handful beside the analysts", work = "assumed: part of a working day";
  keys.insert(
      keys.end(),
      {{{"cells", "legal_advisers", "1", Kind::whole, 1, 100, 1, "legal advisers on duty", staff}, &Rules::legal_advisers},
       {{"cells", "media_officers", "1", Kind::whole, 1, 100, 1, "media officers on duty", staff}, &Rules::media_officers},
       {{"cells", "strategists", "1", Kind::whole, 1, 100, 1, "members of the strategic cell on duty", staff},
        &Rules::strategists},
       {{"cells", "reporters", "1", Kind::whole, 1, 100, 1, "writers of situation reports on duty", staff},
        &Rules::reporters},
       {{"cells", "legal_hours", "h", Kind::number, 0.1, 1000, 4, "median work on a legal question", work},
        &Rules::legal_hours},
       {{"cells", "media_hours", "h", Kind::number, 0.1, 1000, 1.5, "median work on an answer to the media", work},
        &Rules::media_hours},
       {{"cells", "strategic_hours", "h", Kind::number, 0.1, 1000, 4, "median work on a strategic decision", work},
        &Rules::strategic_hours},
       {{"cells", "report_hours", "h", Kind::number, 0.1, 1000, 2, "median work on a situation report", work},
        &Rules::report_hours},
       {{"cells", "cell_slope", "1/sd", Kind::number, 0, 2, 0.3,
         "log speed, and log odds of a good answer, that a unit of skill adds", "assumed: as z_communicate in the world model, odd.md 7.13"},
        &Rules::cell_slope}});
}

void add_white(Keys& keys) {
  std::string const rate = "assumed: busy but not hopeless", deadline = "assumed: what each would allow in a crisis";
  keys.insert(
      keys.end(),
      {{{"white", "legal_per_day", "1/d", Kind::number, 0, 48, 2, "legal questions put to each team", rate},
        &Rules::legal_per_day},
       {{"white", "media_per_day", "1/d", Kind::number, 0, 48, 4, "information operations against each team", rate},
        &Rules::media_per_day},
       {{"white", "strategic_per_day", "1/d", Kind::number, 0, 48, 2, "strategic decisions asked of each team", rate},
        &Rules::strategic_per_day},
       {{"white", "reports_per_day", "1/d", Kind::number, 0, 48, 3, "situation reports asked of each team", rate},
        &Rules::reports_per_day},
       {{"white", "advice_share", "1", Kind::number, 0, 1, 0.5, "share of decisions that need legal advice first",
         "assumed: half"},
        &Rules::advice_share},
       {{"white", "legal_deadline_hours", "h", Kind::number, 0.1, 1000, 24, "time for a legal question", deadline},
        &Rules::legal_deadline_hours},
       {{"white", "media_deadline_hours", "h", Kind::number, 0.1, 1000, 4, "time for an answer to the media", deadline},
        &Rules::media_deadline_hours},
       {{"white", "strategic_deadline_hours", "h", Kind::number, 0.1, 1000, 18, "time for a decision", deadline},
        &Rules::strategic_deadline_hours},
       {{"white", "report_deadline_hours", "h", Kind::number, 0.1, 1000, 6, "time for a situation report", deadline},
        &Rules::report_deadline_hours},
       {{"white", "media_hit", "1", Kind::number, 0, 0.9, 0.04, "mean share of trust that an information operation takes",
         "assumed: lower third of [.02, .15], a shock of the world model (odd.md 7.13)"},
        &Rules::media_hit},
       {{"white", "media_recovery", "1", Kind::number, 0, 1, 0.6,
         "share of it that a good answer in time wins back; a poor one half as much", "assumed: end of counter_message_share of the world model, [.2, .6]"},
        &Rules::media_recovery},
       {{"green", "check_minutes", "min", Kind::number, 5, 1440, 30, "time between two service checks",
         "assumed: often enough for outages of hours"},
        &Rules::check_minutes},
       {{"green", "visits_per_day", "1/d", Kind::number, 0, 1440, 48, "uses of each team's services by simulated users",
         "assumed: as often as checks"},
        &Rules::visits_per_day}});
}

void add_score(Keys& keys) {
  auto const add = [&](std::string const& name, double standard, std::string const& meaning, double Rules::*member) {
    keys.push_back({{"score", name, "points", Kind::number, 0, 1000, standard, meaning, weight}, member});
  };
  add("availability", 20, "all checks and users served", &Rules::availability);
  add("thwarted", 15, "no attack had its effect", &Rules::thwarted);
  add("compromise", 10, "no system was in red's hands", &Rules::compromise);
  add("restoration", 10, "every service back at once", &Rules::restoration);
  add("legal", 10, "every legal question answered well and in time", &Rules::legal);
  add("media", 10, "no trust lost", &Rules::media);
  add("strategic", 10, "every decision taken well and in time", &Rules::strategic);
  add("reporting", 10, "every report written well and in time", &Rules::reporting);
  add("forensics", 5, "every case solved in time", &Rules::forensics);
  keys.push_back({{"score", "availability_floor", "1", Kind::number, 0, 0.99, 0.95,
                   "level of service that gives no points; from there in proportion",
                   "assumed: an hour and a quarter without service a day"},
                  &Rules::availability_floor});
  keys.push_back({{"score", "half_hours", "h", Kind::number, 0.1, 1000, 12,
                   "mean time in red's hands, and mean time to restore, that gives half the points",
                   "assumed: half a day"},
                  &Rules::half_hours});
}

}  // namespace

std::vector<std::pair<std::string, std::string>> const& tables() {
  static std::vector<std::pair<std::string, std::string>> const all{
      {"exercise", "length and replications"},
      {"systems", "what each team defends"},
      {"red", "the attacks, the same plan against every team"},
      {"blue", "how teams detect and respond"},
      {"channel", "indicators shared between allied teams"},
      {"cells", "legal advisers, media cell, strategic cell and reporters of each team"},
      {"white", "what the white cell asks of every team, at the same times"},
      {"green", "service checks and simulated users"},
      {"score", "the most points of each strand, and what they are for"}};
  return all;
}

std::vector<Key<Rules>> const& rule_keys() {
  static Keys const all = [] {
    Keys keys;
    add_exercise(keys);
    add_red(keys);
    add_tools(keys);
    add_blue(keys);
    add_teams(keys);
    add_channel(keys);
    add_cells(keys);
    add_white(keys);
    add_score(keys);
    return keys;
  }();
  return all;
}

}  // namespace exercise
