// Means of independent values with t-intervals, and the shape of the numbers that one response gives in one treatment.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace analysis {

/// What is not defined (the spread of one value, the mean of none) is this quiet NaN; files write it as null.
inline constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

/// Level of every interval of the analysis.
inline constexpr double interval_level = 0.95;

/// Sample mean and variance; the variance divides by n - 1 and is undefined below two values, the mean below one.
struct Moments {
  std::size_t n = 0;
  double mean = undefined;
  double variance = undefined;
};

/// An estimate with its 95 % interval. lo and hi are undefined where the spread is.
struct Estimate {
  std::size_t n = 0;  // independent units behind the interval
  double mean = undefined;
  double lo = undefined;
  double hi = undefined;
};

/// Moments of `values`, ignoring NaN. Values that are all equal give their own value and a variance of exactly 0.
Moments moments(std::span<double const> values);

/// Mean of independent values, ignoring NaN, with its t-interval (n - 1 degrees of freedom). All equal: an interval of
/// width 0; one value: no interval; none: nothing is defined.
Estimate mean_interval(std::span<double const> values);

/// The same from moments already at hand.
Estimate mean_interval(Moments const& m);

/// One response in one treatment: value (future, replication) stands at future * replications + replication, NaN where
/// the replication failed, was censored, is missing, or the response is not defined. A view; owns nothing.
struct Arm {
  std::span<double const> values;
  std::size_t futures = 0;
  std::size_t replications = 0;
  std::size_t unit = 1;  // neighbouring replications that depend on each other: 2 for antithetic halves
  /// The same histories with other numbers.
  Arm with(std::span<double const> other) const { return {other, futures, replications, unit}; }
  std::span<double const> future(std::size_t f) const { return values.subspan(f * replications, replications); }
};

/// Moments within each future of its replications, or of the means of its units; a unit that is not whole is left out. [futures]
std::vector<Moments> future_moments(Arm const& arm);

/// Unweighted mean over the futures' means. The futures are the independent units, because the replications of a
/// future share its drawn parameters, so the interval has (futures with data) - 1 degrees of freedom. With a single
/// future there is no spread between futures; the interval is then that of its replications and holds for it alone.
Estimate clustered_mean(std::span<Moments const> futures);
Estimate clustered_mean(Arm const& arm);

}  // namespace analysis
