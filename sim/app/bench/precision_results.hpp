// The arithmetic of `bench precision`: what the units of each method say of the difference, of its error and of its price.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "analysis/estimators/mean.hpp"

namespace app {

/// What one method measured, unit by unit; unit i of every method is that of the same future.
struct PrecisionSample {
  std::string name;              // "common random numbers"
  std::vector<double> values;    // [units] treatment minus reference; with controls less what these explain
  std::vector<double> cpu_s;     // [units] processor time
  std::size_t pairs_per_unit = 1;
  double error_factor = 1;       // variance of the estimate over that of the mean of `values`: what fitting weights adds
  std::size_t fitted = 0;        // weights, each a degree of freedom less
};

/// A method's estimate, its price, and what these predict.
struct PrecisionRow {
  std::string name;
  analysis::Estimate difference;  // over units, 95 %
  double pair_variance = 0;       // variance of a unit times its pairs
  double pair_cpu_s = 0;          // processor time of a history pair
  double pairs_to_target = 0;     // predicted, like the next
  double cpu_s_to_target = 0;
  double factor = 1, factor_lo = 1, factor_hi = 1;  // processor time to the same half-width: of the first method over this one
};

/// Two methods whose estimates are further apart than sampling explains.
struct PrecisionConflict {
  std::string first, second;
  double apart = 0, allowed = 0;
};

struct PrecisionResults {
  std::vector<PrecisionRow> rows;  // in the order of the samples
  double best = 0;                 // the difference with the narrowest interval
  double best_lo = 0, best_hi = 0;
  double half_width = 0;           // to reach
  std::vector<PrecisionConflict> conflicts;
};

/// Half-widths reached on the way: after so much processor time.
struct PrecisionPoint {
  double cpu_s = 0, half_width = 0;
};

/// Mean of the values with its 95 % interval.
analysis::Estimate estimate_of(PrecisionSample const& sample);

/// Half-width of the 95 % interval of a mean of `units` units of that variance, by the normal distribution.
double half_width_of(double variance, double units);
/// Units, a fraction included, after which it falls to `half_width`.
double units_to(double variance, double half_width);

/// All rows, for a half-width of `target` times the best estimate's size. The first sample is what the others are compared with; its
/// interval of the factor is that of 2,000 bootstrap resamples of units, drawn from `seed`. At least two units, as many in each sample.
PrecisionResults precision_results(std::span<PrecisionSample const> samples, double target, std::uint64_t seed);

/// Pairs of samples whose means differ by more than the interval of their unit-wise difference allows, at 5 % over all pairs together.
std::vector<PrecisionConflict> conflicts_of(std::span<PrecisionSample const> samples);

/// Half-widths after 10, 15, 22 ... units and after all.
std::vector<PrecisionPoint> measured_curve(PrecisionSample const& sample);

}  // namespace app
