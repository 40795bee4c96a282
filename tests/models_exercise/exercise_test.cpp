// What an exercise keeps exactly, whatever its numbers.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/exec/variants.hpp"
#include "tests/models_exercise/exercise_support.hpp"

using exercise::Item;
using namespace exercise_test;

namespace {

/// All numbers of a team but its rank, which depends on the others.
std::vector<double> own_numbers(exercise::TeamSheet const& sheet) {
  std::vector<double> values(sheet.values.begin(), sheet.values.end());
  values.erase(values.begin() + static_cast<std::ptrdiff_t>(Item::rank));
  return values;
}

bool same(exercise::TeamSheet const& a, exercise::TeamSheet const& b) { return a.values == b.values; }

/// True if `reversed` holds the rows of `sheet` from the last to the first.
bool is_reversed(std::vector<exercise::TeamSheet> const& sheet, std::vector<exercise::TeamSheet> const& reversed) {
  return std::equal(sheet.begin(), sheet.end(), reversed.rbegin(), reversed.rend(), same);
}

}  // namespace

TEST_CASE("every executor and number of threads gives the same sheet, to the bit", "[models][exercise]") {
  exercise::Scenario scenario = varied();
  scenario.rules.days = 1;
  auto const reference = sheets(scenario);
  for (std::string const& variant : variants::names()) {
    INFO(variant);
    auto const sheet = sheets(scenario, variant);
    REQUIRE(sheet.size() == reference.size());
    for (std::size_t t = 0; t < sheet.size(); ++t) CHECK(same(sheet[t], reference[t]));
  }
}

TEST_CASE("the order of the teams permutes the sheet exactly", "[models][exercise]") {
  for (double const sharing : {0.0, 1.0}) {
    exercise::Scenario scenario = varied();
    scenario.rules.sharing = sharing;
    auto const sheet = sheets(scenario);
    std::reverse(scenario.teams.begin(), scenario.teams.end());
    CHECK(is_reversed(sheet, sheets(scenario)));
    // Broken twin: names, and so luck, that go by the place instead of the team.
    std::vector<std::string> names;
    for (auto const& team : scenario.teams) names.push_back(team.name);
    std::reverse(names.begin(), names.end());
    for (std::size_t i = 0; i < names.size(); ++i) scenario.teams[i].name = names[i];
    CHECK_FALSE(is_reversed(sheet, sheets(scenario)));
  }
}

TEST_CASE("without sharing, a team's numbers do not depend on which other teams there are", "[models][exercise]") {
  exercise::Scenario together = varied();
  together.rules.sharing = 0;
  auto const sheet = sheets(together);
  for (std::size_t t = 0; t < sheet.size(); ++t) {
    exercise::Scenario alone = together;
    alone.teams = {together.teams[t]};
    CHECK(own_numbers(sheets(alone)[0]) == own_numbers(sheet[t]));
  }
  // Broken twin: with sharing they do, and only for the allied.
  together.rules.sharing = 1;
  together.rules.known_share = 0;
  auto const shared = sheets(together);
  bool differs = false;
  for (std::size_t t = 0; t < sheet.size(); ++t) {
    exercise::Scenario alone = together;
    alone.teams = {together.teams[t]};
    bool const is_equal = own_numbers(sheets(alone)[0]) == own_numbers(shared[t]);
    if (together.teams[t].allied == 0) CHECK(is_equal);
    differs |= !is_equal;
  }
  CHECK(differs);
}

TEST_CASE("without attacks every technical point is won and there is no incident", "[models][exercise]") {
  exercise::Scenario scenario = varied();
  scenario.rules.attacks = 0;
  for (auto const& sheet : sheets(scenario)) {
    CHECK(sheet[Item::technical] == exercise::maximum(scenario.rules, Item::technical));
    CHECK(sheet[Item::forensics] == scenario.rules.forensics);
    for (Item const item : {Item::attacks, Item::incidents, Item::breaches, Item::outages, Item::hurt}) {
      CHECK(sheet[item] == 0);
    }
    CHECK(sheet[Item::service] == 1);
  }
  scenario.rules.attacks = 60;  // the same with attacks is not full
  for (auto const& sheet : sheets(scenario)) {
    CHECK(sheet[Item::technical] < exercise::maximum(scenario.rules, Item::technical));
    CHECK(sheet[Item::incidents] > 0);
  }
}

TEST_CASE("without questions the other strands are full", "[models][exercise]") {
  exercise::Scenario scenario = varied();
  exercise::Rules& rules = scenario.rules;
  rules.legal_per_day = rules.media_per_day = rules.strategic_per_day = rules.reports_per_day = 0;
  for (auto const& sheet : sheets(scenario)) {
    for (Item const item : {Item::legal, Item::media, Item::strategic, Item::reporting}) {
      CHECK(sheet[item] == exercise::maximum(rules, item));
    }
  }
}

namespace {

void check_points(exercise::Scenario const& scenario) {
  for (auto const& sheet : sheets(scenario)) {
    for (std::size_t i = 0; i < exercise::strand_count; ++i) {
      CHECK(sheet.values[i] >= 0);
      CHECK(sheet.values[i] <= exercise::maximum(scenario.rules, static_cast<Item>(i)));
    }
  }
}

}  // namespace

TEST_CASE("points stay between 0 and their maximum, even at the ends of every range", "[models][exercise]") {
  exercise::Scenario base = small({"ash", "birch"});
  base.rules.days = 1;
  for (auto const& key : exercise::rule_keys()) {
    // Sizes are for other tests; these are about points.
    if (key.info.table == "exercise" || key.info.name == "count" || key.info.name == "check_minutes") continue;
    for (double const value : {key.info.minimum, key.info.maximum}) {
      exercise::Scenario scenario = base;
      scenario.rules.*key.member = key.info.name == "attacks" ? std::min(value, 2000.0) : value;
      if (key.info.name == "quiet_hours") scenario.rules.quiet_hours = std::min(value, 23.0);
      INFO(key.info.table << "." << key.info.name << " = " << value);
      check_points(scenario);
    }
  }
  for (auto const& key : exercise::team_keys()) {
    for (double const value : {key.info.minimum, key.info.maximum}) {
      exercise::Scenario scenario = base;
      scenario.teams[0].*key.member = value;
      INFO(key.info.name << " = " << value);
      check_points(scenario);
    }
  }
}

TEST_CASE("the smallest and the largest numbers of systems, waves and days are played to the end", "[models][exercise]") {
  exercise::Scenario scenario = small({"ash"});
  exercise::Rules& rules = scenario.rules;
  rules.techniques = 256;
  rules.tools = 60;
  rules.attacks = 20000;
  rules.success = 0.99;
  rules.critical_aim = 0;
  for (double const count : {8.0, 5000.0}) {
    for (double const days : {0.5, 60.0}) {
      rules.waves = days < 1 ? 200 : 1;
      rules.wave_hours = 240;
      rules.count = count;
      rules.days = days;
      auto const sheet = sheets(scenario)[0];
      CHECK(sheet[Item::attacks] == 20000);
      CHECK(sheet[Item::breaches] > count / 2);
      CHECK(sheet[Item::breached_hours] <= 24 * days * count);
      check_points(scenario);
    }
  }
}

TEST_CASE("attacks are accounted for", "[models][exercise]") {
  for (auto const& sheet : sheets(varied())) {
    CHECK(sheet[Item::attacks] == 60);
    CHECK(sheet[Item::blocked] <= sheet[Item::prevented]);
    CHECK(sheet[Item::prevented] + sheet[Item::hurt] <= 60);
    CHECK(sheet[Item::outages] <= sheet[Item::breaches]);
    CHECK(sheet[Item::incidents] <= sheet[Item::breaches]);
    CHECK(sheet[Item::cases] <= sheet[Item::incidents]);
    CHECK(sheet[Item::solved] <= sheet[Item::cases]);
    CHECK(sheet[Item::down_hours] <= sheet[Item::breached_hours]);
  }
}

TEST_CASE("ranks of one sheet add up, and equal totals share their rank", "[models][exercise]") {
  exercise::Scenario scenario = varied();
  double sum = 0;
  for (auto const& sheet : sheets(scenario)) sum += sheet[Item::rank];
  CHECK(sum == 10);
  exercise::Rules& rules = scenario.rules;
  rules.attacks = rules.legal_per_day = rules.media_per_day = rules.strategic_per_day = rules.reports_per_day = 0;
  for (auto const& sheet : sheets(scenario)) CHECK(sheet[Item::rank] == 2.5);
}

TEST_CASE("sectors without dependence lose only what they lose themselves", "[models][exercise]") {
  exercise::Levels own;
  own.fill(1);
  own[0] = 0.5;  // energy
  CHECK(exercise::served(own, 0) == own);
  // The vector of the law (two sectors, D .6 and .2, energy at half) gives .468085 and .680851 for energy and telecom alone; here energy's loss also goes through others,
  // none of which takes more from it than telecom does.
  auto const levels = exercise::served(own, 1);
  CHECK(levels[0] == Approx(0.468085).margin(1e-6));
  CHECK(levels[2] == Approx(0.680851).margin(1e-6));
  for (std::size_t k = 1; k < exercise::sector_count; ++k) CHECK(levels[k] < 1);
}
