// What `berylia design` says: as text for people, and as JSON for programs (docs/formats/design.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/app/design/design_estimate.hpp"
#include "sim/app/design/design_foresight.hpp"
#include "sim/campaign/study.hpp"

namespace app {

/// A study's design and, where a pilot ran, what it will cost.
struct DesignReport {
  sim::Study const& study;
  CampaignPlan plan;
  std::optional<PilotRun> pilot;
  std::optional<CampaignEstimate> estimate;  // only if the pilot finished a replication
  std::vector<Foresight> foresight;          // of a stopping rule; only with a pilot
  double free_disk = 0, free_memory = 0;     // [bytes], 0: not known
  std::vector<std::string> shortages;
};

std::string design_text(DesignReport const& report);
std::string design_json(DesignReport const& report);

/// How the futures are drawn from the uncertain factors, as "drawn at random, each factor by itself".
std::string sampling_text(sim::Study const& study);

}  // namespace app
