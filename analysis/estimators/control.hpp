// Control variates: a mean less what is known to be chance in it, by regression on numbers whose expectation is known.
#pragma once

#include <string>
#include <vector>

#include "analysis/estimators/mean.hpp"

namespace analysis {

/// A control of both arms: a response of the same histories, whose expectation is the same in every treatment and future.
struct ControlArms {
  std::string name;
  Arm treatment, reference;
};

/// What became of a control.
enum class ControlUse {
  used,
  constant,   // it does not differ between the arms
  collinear,  // those before it say all that it says
};

/// A difference of paired histories, adjusted by controls. Source: S. S. Lavenberg and P. D. Welch, Manage. Sci. 27(3), 1981;
/// P. Glasserman, Monte Carlo Methods in Financial Engineering, 2004, section 4.1.
struct ControlledDifference {
  Estimate adjusted;                // as the plain estimate where no control is of use; n: independent units
  double plain = undefined;         // the mean without controls, over the same pairs
  Estimate shift;                   // plain less adjusted; its interval holds 0 where both estimate the same
  double factor = undefined;        // squared ratio of the widths of the plain and the adjusted interval
  std::vector<ControlUse> uses;     // [controls]
  std::vector<double> weights;      // [controls] regression coefficients, 0 if not used
  bool too_few = false;             // fewer than `least_units_beyond` units beyond the controls: nothing was adjusted
};

/// Units beyond the controls from which on a regression is made.
inline constexpr std::size_t least_units_beyond = 20;

/// Mean over futures of the mean paired difference, less the weighted differences of the controls. The weights are those of
/// least squares over all pairs. Futures are the independent units, a single future's pairs where there is only one; the
/// error is their jackknife's (B. Efron and C. Stein, Ann. Stat. 9(3), 1981) with units - 1 - controls degrees of freedom. Pairs
/// in which a control is NaN are left out. `level` is that of the intervals.
ControlledDifference controlled_difference(Arm const& treatment, Arm const& reference, std::vector<ControlArms> const& controls,
                                           double level = interval_level);

}  // namespace analysis
