// Which assets of a sector a campaign hits, and how hard.
#pragma once

#include <vector>

#include "sim/rng/stream.hpp"

namespace world {

/// Assets are drawn by size until their sizes sum to the share hit, the last one partly (equations 13.1).
struct HitPlan {
  double share = 0;     // of the sector's service lost: share hit x depth
  double tau_days = 0;  // of the repair at rate 1
  struct Part {
    int asset;
    double loss;  // share of the sector's service
  };
  std::vector<Part> parts;
};

/// The plan for a campaign of this severity against a sector whose assets have these `sizes`; the same streams give the same
/// plan. Time n log n for n assets.
HitPlan plan_hit(std::vector<double> const& sizes, int severity, sim::RngStream damage, sim::RngStream assets);

/// Median share of a sector's output that a campaign of this severity hits, and median time constant of its repair [d]
/// (equations 13.1, 13.3).
double hit_share(int severity);
double repair_days(int severity);

/// Means of a plan's `share` and `tau_days`, which are independent.
double mean_share(int severity);
double mean_repair_days(int severity);

}  // namespace world
