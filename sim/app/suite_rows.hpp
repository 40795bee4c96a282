// The table of `bench suite`: what is measured, against what, and what is to be reached.
#pragma once

#include <string>
#include <vector>

#include "models/phold/bench.hpp"

namespace app {

/// One line of the table: the speed of an engine on a load, over that of another engine on the same load.
struct SuiteRow {
  std::string name;
  phold::BenchOptions load;
  std::string executor;
  unsigned threads = 1;
  std::string over = "yardstick";  // or an executor, which then runs with `over_threads`
  unsigned over_threads = 1;
  double target = 0;               // least ratio; 0 if none is set
  bool is_disturbed = false;       // another process keeps one core busy meanwhile
};

/// All lines; `quick` makes the loads small and short.
std::vector<SuiteRow> suite_rows(bool quick);

/// Loads of one event per LP for the cost of an event against the size of the world: 10^3 to 10^7 LPs, quick to 10^4.
std::vector<phold::BenchOptions> suite_sizes(bool quick);

}  // namespace app
