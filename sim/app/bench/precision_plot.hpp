// The drawing of `bench precision`: processor time to the target as bars, and the half-width on the way there as curves.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/app/bench/precision_results.hpp"

namespace app {

/// What is drawn; curves in the order of the rows.
struct PrecisionPlot {
  std::string question;  // "Japan's resilience_loss, all against none"
  PrecisionResults results;
  std::vector<std::vector<PrecisionPoint>> curves;  // measured
  std::optional<PrecisionPoint> reached;            // by a run to a looser target
  double reached_target = 0;                        // that target
};

/// "45 s", "3.2 min", "18 h", "12 d", "3.1 years".
std::string cpu_time_text(double seconds);

/// "1.24", "37.6", "1160".
std::string gain_text(double gain);

/// A drawing of its own.
std::string precision_svg(PrecisionPlot const& plot);

}  // namespace app
