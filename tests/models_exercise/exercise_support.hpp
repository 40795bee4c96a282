// Small scenarios and comparisons for the tests of exercises.
#pragma once

#include <string>
#include <vector>

#include "models/exercise/results.hpp"

namespace exercise_test {

/// A short exercise of few systems and many attacks, with teams of standard attributes.
exercise::Scenario small(std::vector<std::string> const& names = {"ash", "birch", "cedar", "dogwood"});

/// The same with four teams that differ in everything.
exercise::Scenario varied();

/// Sheets of one replication on the named variant of an executor.
std::vector<exercise::TeamSheet> sheets(exercise::Scenario const& scenario, std::string const& variant = "sequential",
                                        std::uint32_t replication = 0);

/// One item of the first team, replication by replication.
std::vector<double> samples(exercise::Scenario const& scenario, exercise::Item item, std::uint32_t replications);

/// Mean and its standard error.
struct Mean {
  double mean;
  double error;
};
Mean mean_of(std::vector<double> const& values);

/// Chance that a paired mean this many standard errors below 0 comes from nothing is below 1e-9: normal quantile 6.
inline constexpr double bound = 6;

}  // namespace exercise_test
