#include "models/exercise/results.hpp"

#include <algorithm>

#include "analysis/estimators/mean.hpp"

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
std::vector<std::vector<double>> differences(Runs const& on, Runs const& off, Item item) {
  std::vector<std::vector<double>> all;
  for (std::size_t r = 0; r < on.size(); ++r) {
    all.emplace_back();
    for (std::size_t t = 0; t < on[r].size(); ++t) all.back().push_back(on[r][t][item] - off[r][t][item]);
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

/// Mean over the allied teams. Summed by size, so that the order of the teams changes no bit.
Number allied_mean(Scenario const& scenario, std::vector<std::vector<double>> const& all) {
  std::vector<double> means;
  for (auto const& run : all) {
    std::vector<double> values;
    for (std::size_t t = 0; t < run.size(); ++t) {
      if (scenario.teams[t].allied != 0) values.push_back(run[t]);
    }
    std::sort(values.begin(), values.end());
    double sum = 0;
    for (double const value : values) sum += value;
    means.push_back(sum / static_cast<double>(values.size()));
  }
  return number_of(means);
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
  auto const is_allied = [](Team const& team) { return team.allied != 0; };
  if (std::count_if(scenario.teams.begin(), scenario.teams.end(), is_allied) < 2) return results;
  Scenario other = scenario;
  other.rules.sharing = scenario.rules.sharing != 0 ? 0 : 1;
  Runs const other_runs = all_runs(other, executor);
  bool const is_on = scenario.rules.sharing != 0;
  Runs const& on = is_on ? runs : other_runs;
  Runs const& off = is_on ? other_runs : runs;
  auto const technical = differences(on, off, Item::technical), total = differences(on, off, Item::total);
  results.gain = Gain{each_team(technical), each_team(total), allied_mean(scenario, technical),
                      allied_mean(scenario, total)};
  return results;
}

}  // namespace exercise
