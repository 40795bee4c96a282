// Scenario files: what is written reads back, and everything wrong is said at once, each with its place.
#include <catch2/catch.hpp>

#include "sim/config/document.hpp"
#include "tests/models_exercise/exercise_support.hpp"

using exercise::check_scenario;

namespace {

std::string const& standard() {
  static std::string const text = exercise::as_toml(exercise::standard_scenario());
  return text;
}

std::string replaced(std::string text, std::string const& what, std::string const& with) {
  std::size_t const at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

bool any_holds(std::vector<std::string> const& issues, std::string const& text) {
  for (auto const& issue : issues) {
    if (issue.find(text) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("the shipped scenario is the standard one", "[models][exercise]") {
  CHECK(sim::read_text_file("configs/exercises/two_weeks.toml") == standard());
}

TEST_CASE("a scenario that is written reads back as it was", "[models][exercise]") {
  auto const check = check_scenario("file", standard(), {});
  REQUIRE(check.issues.empty());
  CHECK(exercise::as_toml(check.scenario) == standard());
  auto const& rules = check.scenario.rules;
  CHECK(check.scenario.teams.size() == 22);  // Locked Shields 2021: 22 teams, about 5,000 systems, over 4,000 attacks
  CHECK(rules.count * 22 == 5016);
  CHECK(rules.attacks * 22 == 4004);
  CHECK(exercise::maximum(rules, exercise::Item::total) == 100);
}

TEST_CASE("every key has a unit, a range that holds its standard, a meaning and a source", "[models][exercise]") {
  auto const check = [](exercise::KeyInfo const& key) {
    INFO(key.table << "." << key.name);
    CHECK_FALSE((key.unit.empty() || key.meaning.empty() || key.source.empty()));
    CHECK(key.minimum < key.maximum);
    CHECK((key.minimum <= key.standard && key.standard <= key.maximum));
    bool const is_assumed = key.source.starts_with("assumed: ");
    if (key.grade != sim::Grade::assumed) CHECK_FALSE(is_assumed);
  };
  for (auto const& key : exercise::rule_keys()) check(key.info);
  for (auto const& key : exercise::team_keys()) check(key.info);
  CHECK(sizeof(exercise::Rules) == exercise::rule_keys().size() * sizeof(double));  // none is left out
}

TEST_CASE("all problems of a scenario are said at once, with place and advice", "[models][exercise]") {
  std::string text = replaced(standard(), "\nattacks = 182", "\natacks = 182");
  text = replaced(text, "\nwaves = 20", "\nwaves = 0");
  text = replaced(text, "\nsuccess = 0.5", "\nsuccess = \"half\"");
  text = replaced(text, "\nsharing = true", "\nsharing = 1");
  text = replaced(text, "\nanalysts = 14", "\nanalists = 14");
  text = replaced(text, "name = \"blue-03\"", "name = \"blue-02\"");
  text = replaced(text, "name = \"blue-05\"\n", "");
  text = replaced(text, "\nfatigue = 0.27", "\nfatigue = nan");
  auto const issues = check_scenario("bad.toml", text, {"white.nothing=3", "green.check_minutes=1"}).issues;
  CHECK(any_holds(issues, "unknown key \"atacks\""));
  CHECK(any_holds(issues, "did you mean \"attacks\"?"));
  CHECK(any_holds(issues, "missing key \"attacks\" in [red]"));
  CHECK(any_holds(issues, "0 is out of range for \"waves\""));
  CHECK(any_holds(issues, "\"success\" in [red] is a text"));
  CHECK(any_holds(issues, "\"sharing\" in [channel]"));
  CHECK(any_holds(issues, "did you mean \"analysts\"?"));
  CHECK(any_holds(issues, "a second team \"blue-02\""));
  CHECK(any_holds(issues, "missing key \"name\""));
  CHECK(any_holds(issues, "nan is out of range for \"fatigue\""));
  CHECK(any_holds(issues, "--set white.nothing=3: "));
  CHECK(any_holds(issues, "--set green.check_minutes=1: 1 is out of range"));
  for (auto const& issue : issues) CHECK((issue.starts_with("bad.toml:") || issue.starts_with("--set ")));
  CHECK(any_holds(issues, "bad.toml:"));
}

TEST_CASE("what does not fit together is refused", "[models][exercise]") {
  auto const issues_of = [](std::vector<sim::Override> const& overrides) {
    return check_scenario("file", standard(), overrides).issues;
  };
  CHECK(any_holds(issues_of({"systems.count=5000"}), "100,000 systems"));
  CHECK(any_holds(issues_of({"red.attacks=20000"}), "400,000 attacks"));
  CHECK(any_holds(issues_of({"exercise.days=0.25"}), "an hour for attacks"));
  CHECK(any_holds(issues_of({"team.blue-01.name=\"a/b\""}), "plainer name"));
  CHECK(issues_of({"team.blue-01.name=\"Ash and Birch\""}).empty());
  std::string no_teams = standard();
  no_teams.resize(no_teams.find("[[team]]"));
  CHECK(any_holds(check_scenario("file", no_teams, {}).issues, "[[team]]"));
  CHECK_FALSE(check_scenario("file", "", {}).issues.empty());
  CHECK_FALSE(check_scenario("file", "[exercise\n= \"", {}).issues.empty());
}
