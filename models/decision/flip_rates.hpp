// How often to take a resource back that somebody else takes too: the stable rates of FlipIt.
#pragma once

#include <array>
#include <cstdint>

namespace decision {

/// How both players time their moves.
enum class FlipPlay : std::uint8_t { periodic, exponential };

/// Moves per unit of time from which neither of two players gains by leaving, the costs of a move given in units of the
/// resource's control for a unit of time; both positive. M. van Dijk, A. Juels, A. Oprea, R. L. Rivest, "FlipIt", J.
/// Cryptology 26:655 (2013).
std::array<double, 2> stable_flip_rates(FlipPlay play, std::array<double, 2> const& costs);

/// Best rate against one who moves at rate `other` > 0 whatever happens: sqrt(other / (2 cost)) in periodic play as long as other < 1 / (2
/// cost), sqrt(other / cost) - other in exponential play as long as other < 1 / cost; beyond that 0, since no move pays.
double best_flip_rate(FlipPlay play, double cost, double other);

/// Share of time for which a player with this rate holds the resource against the other's rate; both positive. Periodic
/// play has a random phase.
double flip_control(FlipPlay play, double rate, double other);

}  // namespace decision
