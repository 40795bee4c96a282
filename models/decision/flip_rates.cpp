#include "models/decision/flip_rates.hpp"

#include <cmath>

namespace decision {

std::array<double, 2> stable_flip_rates(FlipPlay play, std::array<double, 2> const& costs) {
  auto const [first, second] = costs;
  if (play == FlipPlay::exponential) {
    double const sum = first + second;
    return {second / (sum * sum), first / (sum * sum)};
  }
  // The dearer move is made just often enough that its player gains nothing.
  if (first <= second) return {1 / (2 * second), first / (2 * second * second)};
  return {second / (2 * first * first), 1 / (2 * first)};
}

double best_flip_rate(FlipPlay play, double cost, double other) {
  if (play == FlipPlay::exponential) return other * cost < 1 ? std::sqrt(other / cost) - other : 0;
  return 2 * other * cost < 1 ? std::sqrt(other / (2 * cost)) : 0;
}

double flip_control(FlipPlay play, double rate, double other) {
  if (play == FlipPlay::exponential) return rate / (rate + other);
  return rate >= other ? 1 - other / (2 * rate) : rate / (2 * other);
}

}  // namespace decision
