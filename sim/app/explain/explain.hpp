// The story of an outcome of a recorded campaign: chooses the histories, runs them again, tells.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/app/explain/story.hpp"

namespace app {

struct Explanation {
  std::optional<Story> story;            // empty where the replay differs, or two signals have asked to drop it
  std::vector<std::string> differences;  // between record and replay; none where there is a story
};

/// Throws sim::Error for what cannot be explained (see question()).
Explanation explain_outcome(RecordedCampaign& campaign, ExplainOptions const& options);

}  // namespace app
