// An exercise played many times: every number of every team with its interval, and what sharing indicators changes.
#pragma once

#include <optional>
#include <vector>

#include "models/exercise/sheet.hpp"
#include "sim/kernel/executor.hpp"

namespace exercise {

/// A mean over replications with its 95 % interval by Student's t.
struct Number {
  double mean = 0;
  double lo = 0;
  double hi = 0;
};

/// One team over all replications.
struct TeamResult {
  Team team;
  std::array<Number, item_count> numbers{};
  std::uint32_t place = 0;  // by mean total, 1 is best; equal means share the better place
  Number const& operator[](Item item) const { return numbers[static_cast<std::size_t>(item)]; }
};

/// What a change gains, in points: one setting minus another, with the same attacks and the same luck.
struct Gain {
  std::vector<Number> technical;  // of each team, in their order
  std::vector<Number> total;
  Number mean_technical;          // mean over the teams that are looked at
  Number mean_total;
};

struct Results {
  std::vector<TeamResult> teams;  // in the order of the scenario
  std::optional<Gain> sharing;    // on minus off, mean over the allied teams; if there are at least two of them
};

/// The sheets of one replication, 0 being the first.
std::vector<TeamSheet> play(Scenario const& scenario, std::uint32_t replication, sim::Executor& executor);

/// All replications of the scenario; those of the other setting of the channel too, if there is anything to compare. A pure
/// function of the scenario.
Results play_all(Scenario const& scenario, sim::Executor& executor);

/// `with` minus `without`, mean over all teams. Both have equally many teams and replications, and the same seed.
Gain compare(Scenario const& with, Scenario const& without, sim::Executor& executor);

}  // namespace exercise
