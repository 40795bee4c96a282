#include <charconv>

#include "models/exercise/scenario.hpp"

namespace exercise {

namespace {

std::string short_number(double number) {
  char text[32];
  auto const end = std::to_chars(text, text + sizeof text, number).ptr;
  return std::string(text, end);
}

std::string plain(double number) {
  if (number == static_cast<double>(static_cast<std::int64_t>(number))) {
    return std::to_string(static_cast<std::int64_t>(number));
  }
  return short_number(number);
}

std::string typed(KeyInfo const& key, double value) {
  return key.kind == Kind::flag ? (value != 0 ? "true" : "false") : plain(value);
}

std::string comment_of(KeyInfo const& key) {
  return "# [" + key.unit + "] " + range_of(key) + ": " + key.meaning + " (" + key.source + "; grade " +
         std::string(1, static_cast<char>(key.grade)) + ")\n";
}

std::string quoted(std::string const& text) {
  std::string out = "\"";
  for (char const c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) out += c;
  }
  return out + "\"";
}

/// Differences between the standard teams: levels that recur with periods 3, 4, 5 and 7, so that no two attributes always
/// go together. Assumed: there is no public record of any team.
Team standard_team(int i) {
  Team team{};
  for (Key<Team> const& key : team_keys()) team.*key.member = key.info.standard;
  team.name = "blue-" + std::string(i < 9 ? "0" : "") + std::to_string(i + 1);
  auto const level = [&](int period, int step) { return 0.5 * (i * step % period - period / 2); };
  team.analysts = 14 + 4 * (i % 3);
  team.prevent = level(5, 1);
  team.detect = level(5, 2);
  team.respond = level(7, 3);
  team.legal_skill = level(5, 3);
  team.communicate = level(7, 2);
  team.rehearsals = i % 4;
  team.allied = i % 2;
  team.joint = i % 5 == 2;
  return team;
}

}  // namespace

std::string range_of(KeyInfo const& key) {
  if (key.kind == Kind::flag) return "true or false";
  return plain(key.minimum) + " to " + plain(key.maximum) + (key.kind == Kind::whole ? ", whole" : "");
}

std::string standard_of(KeyInfo const& key) { return typed(key, key.standard); }

Scenario standard_scenario() {
  Scenario scenario;
  scenario.title = "Two weeks: 22 teams defend Berylia";
  for (Key<Rules> const& key : rule_keys()) scenario.rules.*key.member = key.info.standard;
  for (int i = 0; i < 22; ++i) scenario.teams.push_back(standard_team(i));  // Locked Shields 2021
  return scenario;
}

std::string as_toml(Scenario const& scenario) {
  std::string text =
      "# A cyber defence exercise for `berylia exercise`. Teams are fictional; after Locked Shields, of which ranks are public and\n"
      "# points are not (22 teams in 2021, 41 nations in 2025). Each key: [unit] range: meaning (source; grade of evidence A to D).\n";
  for (auto const& [name, about] : tables()) {
    text += "\n# " + about + "\n[" + name + "]\n";
    if (name == "exercise") text += "# any text\ntitle = " + quoted(scenario.title) + "\n";
    for (Key<Rules> const& key : rule_keys()) {
      if (key.info.table != name) continue;
      text += comment_of(key.info) + key.info.name + " = " + typed(key.info, scenario.rules.*key.member) + "\n";
    }
  }
  text += "\n# Blue teams. All keys but the name may be left out; then the standard in braces holds.\n";
  for (Key<Team> const& key : team_keys()) {
    text += "# " + key.info.name + " {" + standard_of(key.info) + "} " + comment_of(key.info).substr(2);
  }
  for (Team const& team : scenario.teams) {
    text += "\n[[team]]\nname = " + quoted(team.name) + "\n";
    for (Key<Team> const& key : team_keys()) {
      text += key.info.name + " = " + typed(key.info, team.*key.member) + "\n";
    }
  }
  return text;
}

}  // namespace exercise
