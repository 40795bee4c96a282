// The cost of an event against the size of the world: as a plot, a table and data.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace app {

/// Engine -> (LPs, wall time of an event [ns]), by LPs.
using SuiteCurves = std::map<std::string, std::vector<std::pair<double, double>>>;

/// A drawing of its own, both axes logarithmic.
std::string curves_svg(SuiteCurves const& curves);
std::string curves_markdown(SuiteCurves const& curves);

}  // namespace app
