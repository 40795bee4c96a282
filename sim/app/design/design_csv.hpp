// The points of a design as comma-separated values (docs/formats/design.md).
#pragma once

#include <string>
#include <vector>

#include "sim/base/results.hpp"
#include "sim/campaign/study.hpp"

namespace app {

/// Level of every lever of the study in a treatment, 0 where it is absent.
std::vector<int> levels_of(sim::Study const& study, sim::Treatment const& treatment);

/// Throws sim::Error unless `path` can be written: its folder exists, and nothing lies there but an earlier table of points.
void require_csv_place(std::string const& path);

/// Writes a row per treatment and future, durably: a crash leaves the old file or the new one. Throws sim::Error.
void write_design_csv(std::string const& path, sim::Study const& study, sim::ResultSchema const& schema);

}  // namespace app
