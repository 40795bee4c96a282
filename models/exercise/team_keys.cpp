#include "models/exercise/scenario.hpp"

namespace exercise {

std::vector<Key<Team>> const& team_keys() {
  std::string const skill = "assumed: the mean of all nations; their standard deviation is 1 (odd.md 7.1)";
  static std::vector<Key<Team>> const all{
      {{"team", "analysts", "1", Kind::whole, 1, 500, 18, "analysts, all shifts together",
        "assumed: a third of a team of 50 (odd.md 7.8)"},
       &Team::analysts},
      {{"team", "shifts", "1", Kind::whole, 1, 4, 2, "shifts of 24 h / shifts among which the analysts are divided",
        "assumed: day and night"},
       &Team::shifts},
      {{"team", "prevent", "sd", Kind::number, -4, 4, 0, "skill in hardening", skill}, &Team::prevent},
      {{"team", "detect", "sd", Kind::number, -4, 4, 0, "skill in detection and forensics", skill}, &Team::detect},
      {{"team", "respond", "sd", Kind::number, -4, 4, 0, "skill in response", skill}, &Team::respond},
      {{"team", "legal_skill", "sd", Kind::number, -4, 4, 0, "skill of the legal advisers", skill}, &Team::legal_skill},
      {{"team", "communicate", "sd", Kind::number, -4, 4, 0, "skill of media cell and reporters", skill},
       &Team::communicate},
      {{"team", "rehearsals", "1", Kind::whole, 0, 100, 1, "rehearsals before the exercise", "assumed: one"},
       &Team::rehearsals},
      {{"team", "allied", "1", Kind::flag, 0, 1, 0, "takes part in the indicator channel", "assumed: off means none"},
       &Team::allied},
      {{"team", "joint", "1", Kind::flag, 0, 1, 0, "made up of two nations", "assumed: off means one nation"},
       &Team::joint}};
  return all;
}

}  // namespace exercise
