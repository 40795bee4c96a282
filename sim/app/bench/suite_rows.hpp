// The table of `bench suite`: what is measured, against what, and what is to be reached.
#pragma once

#include <string>
#include <vector>

#include "sim/app/bench/suite_loads.hpp"

namespace app {

/// One line of the table: the speed of an engine over that of another on the same load.
struct SuiteRow {
  SuiteEngine engine, over;
  double target = 0;  // least ratio; 0 if none is set
};

/// A load, and the engines that run it one after the other in every round.
struct SuiteGroup {
  std::string name;
  SuiteLoad load;
  std::vector<SuiteEngine> engines;
  std::vector<SuiteRow> rows;
  bool is_disturbed = false;  // another process keeps one core busy meanwhile
  double lps = 0;             // a point of the plot of an event's cost against the size of the world, if not 0
};

/// The ratios to be reached, the other loads, and the world of `study`; `quick` makes all small and short.
std::vector<SuiteGroup> suite_groups(std::string const& study, bool quick);

/// One event per LP in worlds of 10^3 to 10^7 LPs, quick to 10^4.
std::vector<SuiteGroup> suite_sizes(bool quick);

}  // namespace app
