// A campaign that has no results file yet, opened from its directory alone.
#pragma once

#include <filesystem>
#include <string>

#include "sim/app/world_study.hpp"
#include "sim/io/manifest.hpp"

namespace app {

struct UnfinishedCampaign {
  std::filesystem::path parts;
  sim::Manifest manifest;
  WorldStudy study;
};

/// The campaign that will become `out`. Throws sim::Error if there is none, or if it is of another build than this.
UnfinishedCampaign open_unfinished(std::string const& out);

/// "OUT.h5.parts"; throws sim::Error if no campaign lies there.
std::filesystem::path require_parts(std::string const& out);

}  // namespace app
