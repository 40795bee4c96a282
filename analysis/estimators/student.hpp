// Student's t distribution for whole degrees of freedom: the half-width factors of every interval.
#pragma once

#include <cstddef>

namespace analysis {

/// P(|T| <= t) for `degrees` >= 1 and t >= 0; finite series, Abramowitz and Stegun 26.7.3 and 26.7.4. Cost grows with
/// `degrees`.
double student_central(double t, std::size_t degrees);

/// The t with P(T <= t) = `probability`, 0 < probability < 1, degrees >= 1. Up to 2,000 degrees the inverse of the
/// series (relative error about 1e-13), beyond that the Cornish-Fisher expansion, Abramowitz and Stegun 26.7.5 (below
/// 1e-12 for probabilities in [0.001, 0.999]). The same bits on every machine.
double student_quantile(double probability, std::size_t degrees);

}  // namespace analysis
