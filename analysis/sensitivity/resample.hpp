// Resamples from keyed random numbers, the same on every machine, and intervals from them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/sensitivity/index.hpp"

namespace analysis {

/// Resample number b is a pure function of the seed, the purpose and b.
class Resampler {
 public:
  Resampler(std::uint64_t seed, std::string_view purpose);

  /// How often each of `n` units is drawn when n are drawn with replacement (B. Efron 1979). [n]
  std::vector<double> weights(std::uint64_t resample, std::size_t n) const;
  /// The numbers 0 ... n - 1 in random order (R. A. Fisher and F. Yates 1938; D. E. Knuth, algorithm P).
  std::vector<std::uint32_t> permutation(std::uint64_t resample, std::size_t n) const;

 private:
  std::uint64_t seed_, purpose_;
};

/// `value` with the expanded percentile interval of its resampled values (T. C. Hesterberg, The American Statistician 69 (2015) 371):
/// percentiles are taken so far out that for the mean of `units` values they match the t-interval. Undefined resamples are left out;
/// no interval below 2 units or 20 resamples.
Index percentile_index(double value, std::span<double const> resampled, std::size_t units);

/// A bias-reduced estimate: 2 `raw` less the mean of the resampled values, with the basic interval 2 raw less their percentiles
/// (A. C. Davison and D. V. Hinkley, Bootstrap Methods, 1997, 5.2), expanded in the same way.
Index bias_reduced_index(double raw, std::span<double const> resampled, std::size_t units);

}  // namespace analysis
