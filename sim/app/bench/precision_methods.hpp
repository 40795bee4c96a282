// The ways to estimate what a treatment changes that `bench precision` compares.
#pragma once

#include <string>
#include <vector>

#include "sim/config/issue.hpp"

namespace app {

/// What the two histories of a pair have in common.
enum class Sharing {
  nothing,    // other futures, other random numbers
  numbers,    // future and random numbers, each simulated from the start
  beginning,  // also what comes before the treatments differ, simulated once
};

struct PrecisionMethod {
  std::string key;    // in JSON
  std::string title;  // for people
  Sharing sharing = Sharing::beginning;
  std::size_t pairs_per_unit = 1;          // replications of a future that make one unit
  std::vector<sim::Override> overrides = {};  // of the study
};

/// All of them; the first is what the others are measured against.
std::vector<PrecisionMethod> precision_methods();

}  // namespace app
