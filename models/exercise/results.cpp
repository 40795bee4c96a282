#include "models/exercise/results.hpp"

#include <algorithm>

#include "analysis/estimators/mean.hpp"
#include "sim/base/contracts.hpp"

namespace exercise {

namespace {

using Runs = std::vector<std::vector<TeamSheet>>;  // [replications][teams]

Runs all_runs(Scenario const& scenario, sim::Executor& executor) {
  Runs runs;
  for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(scenario.rules.replications); ++i) {
    runs.push_back(play(scenario, i, executor));
  }
  return runs;
}

Number number_of(std::vector<double> const& values) {
  auto const estimate = analysis::mean_interval(values);
  return {estimate.mean, estimate.lo, estimate.hi};
}

std::vector<TeamResult> results_of(Scenario const& scenario, Runs const& runs) {
  std::vector<TeamResult> results;
  for (std::size_t t = 0; t < scenario.teams.size(); ++t) {
    TeamResult result{scenario.teams[t]};
    for (std::size_t i = 0; i < item_count; ++i) {
      std::vector<double> values;
      for (auto const& run : runs) values.push_back(run[t].values[i]);
      result.numbers[i] = number_of(values);
    }
    results.push_back(std::move(result));
  }
  for (TeamResult& result : results) {
    result.place = 1;
    for (TeamResult const& other : results) result.place += other[Item::total].mean > result[Item::total].mean;
  }
  return results;
}

/// Differences of one item, [replications][teams].
std::vector<std::vector<double>> differences(Runs const& with, Runs const& without, Item item) {
  std::vector<std::vector<double>> all;
  for (std::size_t r = 0; r < with.size(); ++r) {
    all.emplace_back();
    for (std::size_t t = 0; t < with[r].size(); ++t) {
      all.back().push_back(with[r][t][item] - without[r][t][item]);
    };
  }
  return all;
}

std::vector<Number> each_team(std::vector<std::vector<double>> const& all) {
  std::vector<Number> numbers;
  for (std::size_t t = 0; t < all.front().size(); ++t) {
    std::vector<double> values;
    for (auto const& run : all) values.push_back(run[t]);
    numbers.push_back(number_of(values));
  }
  return numbers;
}

/// Mean over some teams. Summed by size, so that the order of the teams changes no bit.
Number mean_over(std::vector<bool> const& teams, std::vector<std::vector<double>> const& all) {
  std::vector<double> means;
  for (auto const& run : all) {
    std::vector<double> values;
    for (std::size_t t = 0; t < run.size(); ++t) {
      if (teams[t]) values.push_back(run[t]);
    }
    std::sort(values.begin(), values.end());
    double sum = 0;
    for (double const value : values) sum += value;
    means.push_back(sum / static_cast<double>(values.size()));
  }
  return number_of(means);
}

Gain gain_of(Runs const& with, Runs const& without, std::vector<bool> const& teams) {
  auto const technical = differences(with, without, Item::technical), total = differences(with, without, Item::total);
  return {each_team(technical), each_team(total), mean_over(teams, technical), mean_over(teams, total)};
}

}  // namespace

std::vector<TeamSheet> play(Scenario const& scenario, std::uint32_t replication, sim::Executor& executor) {
  auto const seed = static_cast<std::uint64_t>(scenario.rules.seed);
  Exercise exercise = build(scenario, {.seed = seed, .replication = replication});
  sim::NoRows rows;
  executor.start(exercise.world, rows, opening);
  executor.run_until(exercise.end);
  return sheet_of(exercise);
}

Results play_all(Scenario const& scenario, sim::Executor& executor) {
  Runs const runs = all_runs(scenario, executor);
  Results results{results_of(scenario, runs), {}};
  std::vector<bool> allied;
  for (Team const& team : scenario.teams) allied.push_back(team.allied != 0);
  if (std::count(allied.begin(), allied.end(), true) < 2) return results;
  bool const is_on = scenario.rules.sharing != 0;
  Scenario other = scenario;
  other.rules.sharing = is_on ? 0 : 1;
  Runs const other_runs = all_runs(other, executor);
  results.sharing = is_on ? gain_of(runs, other_runs, allied) : gain_of(other_runs, runs, allied);
  return results;
}

Gain compare(Scenario const& with, Scenario const& without, sim::Executor& executor) {
  SIM_CHECK(with.teams.size() == without.teams.size() && with.rules.replications == without.rules.replications &&
            with.rules.seed == without.rules.seed);
  return gain_of(all_runs(with, executor), all_runs(without, executor), std::vector<bool>(with.teams.size(), true));
}

}  // namespace exercise
