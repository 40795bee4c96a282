// The bad tail: the mean of the worst 5 % of histories (CVaR95), with its interval.
#pragma once

#include "analysis/estimators/mean.hpp"
#include "analysis/estimators/selection.hpp"

namespace analysis {

/// Which end of a response is the bad one.
enum class Worse { higher, lower };

/// Share of histories in the tail of CVaR95.
inline constexpr double tail_share = 0.05;

/// Mean of the worst 5 % of `values` (NaN ignored), the history on the boundary counted by the part of it that belongs to the tail
/// (Acerbi and Tasche 2002, def. 3.1 for equal weights). Fewer than 20 values: the worst one; none: undefined.
double cvar95(std::span<double const> values, Worse worse);

/// CVaR95 over all histories of `arm` with an interval of `level`: the mean over futures of the influence of each history,
/// q + max(x - q, 0)/0.05 (Manistre and Hancock 2005), spread between futures. Below about 20 histories in the tail the
/// interval is too narrow; coverage is in docs/methods/estimators.md.
Estimate cvar95_interval(Arm const& arm, Worse worse, double level = interval_level);

/// Values of an arm with what is known of their order.
struct OrderedArm {
  Arm arm;
  Selection* values;
};

/// The same, for an arm whose values are already partly in order.
Estimate cvar95_interval(OrderedArm const& arm, Worse worse, double level = interval_level);
/// The difference of two arms that hold the same pairs.
Estimate cvar95_difference(OrderedArm const& treatment, OrderedArm const& reference, Worse worse, double level = interval_level);

/// CVaR95 of `treatment` less that of `reference`, over the pairs that both have, with an interval from the paired
/// influences.
Estimate cvar95_difference(Arm const& treatment, Arm const& reference, Worse worse, double level = interval_level);

/// The influences behind the two intervals, turned so that higher is worse: of the values of `treatment`, or, with a
/// reference (not null), of the pairs; NaN where there is none. [futures x replications]
std::vector<double> cvar95_influences(Arm const& treatment, Arm const* reference, Worse worse);

}  // namespace analysis
