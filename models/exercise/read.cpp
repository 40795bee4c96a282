#include <algorithm>
#include <set>

#include "models/exercise/scenario.hpp"
#include "sim/config/document.hpp"
#include "sim/config/reader.hpp"

namespace exercise {

namespace {

constexpr std::size_t teams_max = 64;       // assumed: three times the largest exercise yet
constexpr double systems_total_max = 1e5;   // assumed: memory of a few hundred MiB
constexpr double attacks_total_max = 4e5;   // assumed: a replication of a few seconds

/// The value of a key in its range, or nothing: absent or reported.
std::optional<double> read_key(sim::TableReader& table, KeyInfo const& key, bool is_required) {
  sim::KeyRule const rule{key.name + " = " + standard_of(key), is_required};
  if (key.kind == Kind::flag) {
    auto const flag = table.flag(key.name, rule);
    return flag ? std::optional<double>(*flag ? 1 : 0) : std::nullopt;
  }
  if (key.kind == Kind::whole) {
    auto const whole = table.integer(key.name, rule, static_cast<std::int64_t>(key.minimum),
                                     static_cast<std::int64_t>(key.maximum));
    return whole ? std::optional<double>(static_cast<double>(*whole)) : std::nullopt;
  }
  auto const number = table.number(key.name, rule);
  if (!number || (*number >= key.minimum && *number <= key.maximum)) return number;
  table.issues().add(table.where(key.name),
                     sim::shortest_number(*number) + " is out of range for " + sim::shown(key.name) + " in " +
                         table.title(),
                     range_of(key) + " are accepted", "choose a number within them");
  return {};
}

void read_rules(sim::TableReader& root, Scenario& scenario) {
  for (auto const& [name, about] : tables()) {
    sim::TableReader table = root.table(name, sim::required("[" + name + "]"));
    if (name == "exercise") {
      scenario.title = table.text("title", sim::optional_key("title = \"Two weeks\"")).value_or("");
    }
    for (Key<Rules> const& key : rule_keys()) {
      if (key.info.table != name) continue;
      scenario.rules.*key.member = read_key(table, key.info, true).value_or(key.info.standard);
    }
    table.finish();
  }
}

bool is_name(std::string const& name) {
  auto const plain = [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == ' ';
  };
  return !name.empty() && name.size() <= 24 && std::all_of(name.begin(), name.end(), plain);
}

Team read_team(sim::TableReader& table, std::set<std::string>& names) {
  Team team{};
  for (Key<Team> const& key : team_keys()) {
    team.*key.member = read_key(table, key.info, false).value_or(key.info.standard);
  }
  if (auto const name = table.text("name", sim::required("name = \"blue-01\""))) {
    team.name = *name;
    if (!is_name(*name)) {
      table.issues().add(table.where("name"), "the name " + sim::shown(*name) + " of a team",
                         "1 to 24 letters, digits, spaces, - and _ are accepted", "choose a plainer name");
    } else if (!names.insert(*name).second) {
      table.issues().add(table.where("name"), "a second team " + sim::shown(*name),
                         "the name keys the team's random numbers", "give each team its own name");
    }
  }
  table.finish();
  return team;
}

void check_together(sim::TableReader const& root, Scenario const& scenario) {
  Rules const& rules = scenario.rules;
  auto const teams = static_cast<double>(scenario.teams.size());
  if (scenario.teams.empty() || scenario.teams.size() > teams_max) {
    root.issues().add(root.where("team"), std::to_string(scenario.teams.size()) + " teams",
                      "1 to " + std::to_string(teams_max) + " are accepted", "add or remove [[team]] tables");
  }
  if (teams * rules.count > systems_total_max) {
    root.issues().add(root.where("systems"), "more than 100,000 systems in all", "teams x count must stay below",
                      "lower count in [systems] or the number of teams");
  }
  if (teams * rules.attacks > attacks_total_max) {
    root.issues().add(root.where("red"), "more than 400,000 attacks in all", "teams x attacks must stay below",
                      "lower attacks in [red] or the number of teams");
  }
  if (rules.quiet_hours > 24 * rules.days - 1) {
    root.issues().add(root.where("red"), "quiet_hours in [red] leaves less than an hour for attacks",
                      "the exercise has " + sim::shortest_number(24 * rules.days) + " h",
                      "lower it or raise days in [exercise]");
  }
}

}  // namespace

ScenarioCheck check_scenario(std::string const& file, std::string const& text,
                             std::vector<sim::Override> const& overrides) {
  sim::Issues issues(file, overrides);
  ScenarioCheck check;
  if (auto root_node = sim::parse_document(text, issues)) {
    sim::apply_overrides(*root_node, issues);
    sim::TableReader root(&*root_node, "the scenario", issues);
    read_rules(root, check.scenario);
    std::set<std::string> names;
    for (sim::TableReader& table : root.tables("team", sim::required("[[team]]"))) {
      check.scenario.teams.push_back(read_team(table, names));
    }
    root.finish();
    if (issues.empty()) check_together(root, check.scenario);
  }
  check.issues = issues.lines();
  return check;
}

}  // namespace exercise
