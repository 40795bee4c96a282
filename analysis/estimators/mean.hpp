// Means of independent values with t-intervals, and the shape of the numbers that one response gives in one treatment.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace analysis {

/// What is not defined (the spread of one value, the mean of none) is this quiet NaN; files write it as null.
inline constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

/// Level of every interval of the analysis; looks at an unfinished campaign take a higher one (looks.hpp).
inline constexpr double interval_level = 0.95;

/// Sample mean and variance; the variance divides by n - 1 and is undefined below two values, the mean below one.
struct Moments {
  std::size_t n = 0;
  double mean = undefined;
  double variance = undefined;
};

/// An estimate with its interval, of 95 % unless another level was asked for. lo and hi are undefined where the spread is.
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
Estimate mean_interval(std::span<double const> values, double level = interval_level);

/// The same from moments already at hand.
Estimate mean_interval(Moments const& m, double level = interval_level);

/// One response in one treatment: value (future, replication) stands at future * replications + replication, NaN where
/// the replication failed, was censored, is missing, or the response is not defined. A view; owns nothing.
struct Arm {
  std::span<double const> values;
  std::size_t futures = 0;
  std::size_t replications = 0;
  std::size_t unit = 1;  // neighbouring replications that depend on each other: 2 for antithetic halves
  std::size_t unit_futures = 1;  // neighbouring futures that depend on each other: a row of Saltelli's layout, a trajectory of Morris's
  /// The same histories with other numbers.
  Arm with(std::span<double const> other) const { return {other, futures, replications, unit, unit_futures}; }
  std::span<double const> future(std::size_t f) const { return values.subspan(f * replications, replications); }
  /// Units that are independent of each other; the last one may have fewer futures.
  std::size_t units() const { return (futures + unit_futures - 1) / unit_futures; }
  /// The values of all futures of unit `u`.
  std::span<double const> unit_values(std::size_t u) const {
    std::size_t const first = u * unit_futures;
    return values.subspan(first * replications, std::min(unit_futures, futures - first) * replications);
  }
};

/// Moments within each future of its replications, or of the means of its units; a unit that is not whole is left out. [futures]
std::vector<Moments> future_moments(Arm const& arm);

/// The independent units behind intervals and tests: the futures with their moments or, where several futures share draws, for each such
/// set one value, the unweighted mean of its futures' means (n: 1, or 0 without data). `futures`: moments of each. [units]
std::vector<Moments> unit_moments(std::span<Moments const> futures, std::size_t unit_futures);
std::vector<Moments> unit_moments(Arm const& arm);

/// Unweighted mean over the means of independent `units`. These are the futures, because the replications of a
/// future share its drawn parameters, or sets of futures that share draws, so the interval has (units with data) - 1 degrees of freedom. With a
/// single future there is no spread between futures; the interval is then that of its replications and holds for it alone. A single
/// set of futures has none.
Estimate clustered_mean(std::span<Moments const> units, double level = interval_level);
Estimate clustered_mean(Arm const& arm, double level = interval_level);

}  // namespace analysis
