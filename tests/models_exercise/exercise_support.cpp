#include "tests/models_exercise/exercise_support.hpp"

#include <cmath>

#include "tests/exec/variants.hpp"

namespace exercise_test {

using exercise::Item;

exercise::Scenario small(std::vector<std::string> const& names) {
  exercise::Scenario scenario = exercise::standard_scenario();
  scenario.rules.days = 3;
  scenario.rules.count = 40;
  scenario.rules.attacks = 60;
  scenario.rules.waves = 5;
  scenario.teams.clear();
  for (auto const& name : names) {
    exercise::Team team{};
    for (auto const& key : exercise::team_keys()) team.*key.member = key.info.standard;
    team.name = name;
    team.analysts = 6;
    team.allied = 1;
    scenario.teams.push_back(team);
  }
  return scenario;
}

exercise::Scenario varied() {
  exercise::Scenario scenario = small();
  for (std::size_t i = 0; i < scenario.teams.size(); ++i) {
    exercise::Team& team = scenario.teams[i];
    double const step = static_cast<double>(i);
    team.analysts = 3 + 2 * step;
    team.shifts = 1 + step;
    team.prevent = 0.4 - 0.3 * step;
    team.detect = -0.5 + 0.4 * step;
    team.legal_skill = 1 - step;
    team.rehearsals = step;
    team.joint = i == 2;
    team.allied = i != 1;
  }
  return scenario;
}

std::vector<exercise::TeamSheet> sheets(exercise::Scenario const& scenario, std::string const& variant,
                                        std::uint32_t replication) {
  auto const executor = variants::make(variant);
  return exercise::play(scenario, replication, *executor);
}

std::vector<double> samples(exercise::Scenario const& scenario, Item item, std::uint32_t replications) {
  auto const executor = sim::make_executor("sequential");
  std::vector<double> values;
  for (std::uint32_t i = 0; i < replications; ++i) values.push_back(exercise::play(scenario, i, *executor)[0][item]);
  return values;
}

Mean mean_of(std::vector<double> const& values) {
  double sum = 0, squares = 0;
  for (double const value : values) sum += value;
  double const n = static_cast<double>(values.size()), mean = sum / n;
  for (double const value : values) squares += (value - mean) * (value - mean);
  return {mean, std::sqrt(squares / (n - 1) / n)};
}

}  // namespace exercise_test
