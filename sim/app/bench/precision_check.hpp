// Whether a half-width that was predicted is really reached: one method, run on futures of its own until it is.
#pragma once

#include <functional>

#include "sim/app/bench/precision_results.hpp"

namespace app {

/// What was predicted for a half-width, and what it took.
struct PrecisionCheck {
  std::string name;               // of the method
  double target = 0;              // half-width
  double predicted_pairs = 0, predicted_cpu_s = 0;
  bool is_reached = false;        // false: four times the prediction was not enough
  analysis::Estimate difference;  // at the end, 95 %
  double pairs = 0, cpu_s = 0, wall_s = 0;
};

/// Extends a sample to so many units, its values adjusted anew where the method has controls.
using ExtendSample = std::function<void(PrecisionSample&, std::size_t)>;

/// Units at which the run looks at its half-width: 30, then a tenth more each time, at most four times what `predicted` needs.
std::vector<std::size_t> looks_until(double predicted_units);

/// Runs until the half-width is at most `target` at one of those looks, as `row` and its `sample` predict.
PrecisionCheck check_prediction(PrecisionRow const& row, PrecisionSample const& sample, double target, ExtendSample const& extend);

}  // namespace app
