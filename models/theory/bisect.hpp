// The root of a function that falls through zero, to the last bit.
#pragma once

namespace theory {

/// x in [low, high] where `f` goes from positive to negative; halving until no number lies between, so the same
/// everywhere.
template <class F>
double bisect(double low, double high, F f) {
  for (int i = 0; i < 2000; ++i) {
    double const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    (f(middle) > 0 ? low : high) = middle;
  }
  return low + (high - low) / 2;
}

}  // namespace theory
