// Campaigns of known truth that stop by a rule, and how often their interval covers it.
#pragma once

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "analysis/estimators/watched.hpp"

namespace stopped {

using Rng = std::mt19937_64;

/// Values of one future in treatment and reference. [replications]
struct Future {
  std::vector<double> treatment, reference;
};

/// One population and one rule.
struct Setting {
  std::string name;
  std::size_t replications = 1;
  std::function<void(Rng&, Future&)> draw;  // fills both arms (the reference may be left alone if not paired)
  analysis::Watched watched;
  bool paired = false;
  double truth = 0;
  double target = 0;      // half-width
  bool relative = false;  // target is a share of the estimate's size
  std::size_t minimum = 30, maximum = 1000;
};

/// Of many campaigns.
struct Outcome {
  double at_stop = 0;        // share whose interval covers the truth where the rule stops
  double at_every_look = 0;  // share covered at every look up to the maximum
  double reached = 0;        // share that met the target before or at the maximum
  double mean_half_width = 0, mean_count = 0;
};

/// How a campaign is looked at.
struct Rule {
  double level = 0.95;     // of every look: analysis::look_level for the honest rule, 0.95 for the naive one
  bool guarded = false;    // not to stop while is_degenerate
  bool every_look = true;  // go on after the stop, for Outcome::at_every_look
};

/// The rule of the program: adjusted level, guarded.
Rule honest(Setting const& setting);

Outcome run(Setting const& setting, Rule const& rule, int campaigns, std::uint64_t seed);

/// The populations of docs/methods/stopping.md.
std::vector<Setting> settings();

}  // namespace stopped
