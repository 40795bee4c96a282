// Looks at a campaign that may stop early: when they happen, and how much wider their intervals must be to stay honest.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "analysis/estimators/mean.hpp"

namespace analysis {

/// Two-sided level, of each look, of intervals that together cover at all looks with probability `level`: repeated
/// confidence intervals of constant nominal level, Pocock's boundary for these information fractions counts / last
/// count (Pocock 1977; Jennison and Turnbull 1989; 2000, ch. 9). counts: futures at each look, ascending, >= 1. One
/// look: `level` itself. By the recursive integration of Armitage, McPherson and Rowe (1969); error below 1e-9.
double look_level(std::span<std::size_t const> counts, double level);

/// Growth from one look to the next that look_counts aims at.
inline constexpr double look_growth = 1.5;

/// Counts at which looks happen: `minimum`, then each about look_growth times the one before, the last one `maximum`.
/// The number of looks is 1 + log(maximum / minimum) / log(look_growth) to the nearest whole (at least 2 if the two
/// differ) and the counts lie in equal ratios between the two ends, each rounded up to a multiple of `step`;
/// counts that meet the next one fall away. The maximum stays as given. 1 <= minimum <= maximum, step >= 1.
std::vector<std::size_t> look_counts(std::size_t minimum, std::size_t maximum, std::size_t step = 1);

/// Units probably needed until an interval of level_final has the half-width target, judged from an interval of
/// level_now after `count` units: the square-root law, normal quantiles. Saturates at the largest std::size_t (also
/// where the interval or the target gives no answer: an undefined bound, a target of 0); 0 for an interval of width 0.
std::size_t needed_count(Estimate const& at_look, std::size_t count, double target_half_width, double level_now,
                         double level_final);

/// Where the count needed lies in about 95 of 100 campaigns, because the spread itself is estimated.
struct CountRange {
  std::size_t lo = 0;
  std::size_t hi = 0;
};

/// Range of needed_count from `needed` judged after `count` independent units, by the chi-square interval of the
/// variance of normal values with count - 1 degrees of freedom; heavy tails make it wider than that.
CountRange needed_range(std::size_t needed, std::size_t count);

}  // namespace analysis
