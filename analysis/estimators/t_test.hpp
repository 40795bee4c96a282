// Student's t test of a mean, and the test that a mean is too small to matter.
#pragma once

#include "analysis/estimators/mean.hpp"

namespace analysis {

/// P(T > t) for any real `degrees` > 0; through the incomplete beta function, full relative accuracy in the tail.
double student_upper(double t, double degrees);

/// Two-sided p-value of the hypothesis that the mean is `mean`. No spread: 1 if the mean is that, else 0. Undefined below two values.
double t_test(Moments const& m, double mean = 0);

/// What the test of equivalence says of a mean.
enum class Verdict {
  negligible,  // equivalence is shown: the mean lies within (-bound, bound)
  larger,      // the whole 95 % interval lies above bound
  smaller,     // the whole 95 % interval lies below -bound
  unclear,     // neither is shown, or there is no interval or no bound
};

/// Two one-sided tests at 5 % each (D. J. Schuirmann, J. Pharmacokinet. Biopharm. 15(6), 1987).
struct Equivalence {
  double bound = undefined;  // smallest effect of interest, in the unit of the mean; taken as known
  double p = undefined;      // the larger of the two one-sided p-values
  Verdict verdict = Verdict::unclear;
};

/// Level of each of the two tests.
inline constexpr double equivalence_level = 0.05;

/// Tests |mean| < `bound`; nothing is defined for a bound that is not positive or below two values.
Equivalence equivalence_test(Moments const& m, double bound);

}  // namespace analysis
