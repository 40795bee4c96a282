// The BCa bootstrap of a mean: an interval that follows the skewness of the data.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "analysis/estimators/mean.hpp"

namespace analysis {

/// Resamples of every bootstrap: (resamples + 1) .025 is a whole number.
inline constexpr std::size_t bootstrap_resamples = 1999;
/// Units from which on a bootstrap is made: fewer have so few different resamples that its quantiles mean nothing (assumed).
inline constexpr std::size_t least_bootstrap_units = 6;
/// Units up to which it is made: beyond, t and BCa intervals are the same for all purposes, and time grows with the units.
inline constexpr std::size_t most_bootstrap_units = 10'000;

/// Bytes of resamples that are kept; other numbers of units are drawn again when they come.
inline constexpr std::size_t most_bootstrap_bytes = std::size_t{128} << 20;

/// How often each unit occurs in each resample, kept for all statistics of equally many units: the same file gives the same bytes, and
/// intervals of different responses share their resampling noise.
class Bootstrap {
 public:
  /// Resamples are drawn from Philox streams keyed by `seed`, the number of units and the resample.
  explicit Bootstrap(std::uint64_t seed) : seed_(seed) {}

  /// Mean of independent values, ignoring NaN, with its BCa interval (B. Efron, JASA 82(397), 1987; T. J. DiCiccio and B. Efron, Stat. Sci.
  /// 11(3), 1996), acceleration from the jackknife, quantiles of the resampled means interpolated on the normal scale (Davison and Hinkley 1997, 5.8).
  /// All equal: width 0. Bounds are undefined outside [least_bootstrap_units, most_bootstrap_units], and where a bound lies beyond all resamples.
  Estimate mean(std::span<double const> values, double level = interval_level);

 private:
  using Times = std::vector<std::uint8_t>;  // [resamples x units]
  Times const& draw(std::size_t units);

  std::uint64_t seed_;
  std::map<std::size_t, Times> kept_;  // by units: a partial campaign has several
  std::size_t kept_bytes_ = 0;
  Times last_;                         // what no longer fits into most_bootstrap_bytes
  std::size_t last_units_ = 0;
};

}  // namespace analysis
