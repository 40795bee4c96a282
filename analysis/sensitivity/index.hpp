// An index of sensitivity with its interval, and whether chance alone could have made it.
#pragma once

#include <cstddef>

#include "analysis/estimators/mean.hpp"

namespace analysis {

/// An estimate with its interval of 95 % and standard error; undefined where the data do not give them.
struct Index {
  double value = undefined;
  double lo = undefined, hi = undefined;
  double error = undefined;  // standard error
  std::size_t units = 0;     // independent units behind it
};

/// Whether the value is clearly not 0 when it is one of `compared` that were looked at: further from 0 than the t quantile (units - 1
/// degrees of freedom) of Bonferroni's level times the standard error. False where anything is undefined.
bool is_clear(Index const& index, std::size_t compared);

}  // namespace analysis
