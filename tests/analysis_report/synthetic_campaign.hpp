// An invented factorial campaign in memory with known effects, whole or with holes; shared by the tests of the report.
#pragma once

#include <cstdint>
#include <functional>

#include "analysis/report/source.hpp"

namespace synthetic {

/// Sizes of the campaign.
struct Size {
  std::size_t levers = 2;
  std::size_t nations = 6;
  std::size_t per_nation_responses = 2;
  std::uint32_t futures = 12, replications = 3;
  std::size_t series = 1, grid = 52, focal = 1;
};

/// What a history yields: (setting of the levers as bits, nation, response, future's level, noise) -> value.
struct Moment {
  std::size_t setting = 0, nation = 0, response = 0;
  double level = 0;  // of the future, about 0 with sd 1; equals factor 0
  double noise = 0;  // of the history, the same in all treatments
};
using Model = std::function<double(Moment const&)>;

/// Nation 0 (JPN) is treated and focal, nations 1 and 2 are members, the rest is not. Responses: resilience_loss and
/// further ones per nation, then cascades of the world. Factors: level (drives the future) and idle (drives nothing).
analysis::MemorySource campaign(Size const& size, Model const& model);

/// 10 + level + noise; lever 0 lowers nation 0 by 1 + level/4, lever 1 does nothing, members lose .5 each with lever 0.
double plain_model(Moment const& m);

/// Marks a history as failed or censored and spoils its values.
void spoil(analysis::MemorySource& source, sim::ReplicationKey const& key, sim::ReplicationStatus status);
/// Takes rows out, as after an interrupted campaign.
void remove_row(analysis::MemorySource& source, std::size_t row);
/// Reverses the order of all rows.
void reverse_rows(analysis::MemorySource& source);

}  // namespace synthetic
