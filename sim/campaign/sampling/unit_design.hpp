// Designs on the unit hypercube whose size follows from their settings: Saltelli's layout, Morris's trajectories, factorials.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/campaign/sampling/design_request.hpp"

namespace sim {

/// Probabilities at which the priors are inverted.
struct UnitDesign {
  std::uint32_t points = 0;
  std::vector<double> u;                // [points x factors], row-major, inside (0, 1)
  std::vector<std::int32_t> moved;      // Morris [points]: the factor that differs from the point before; -1: a new start
  std::vector<std::int32_t> direction;  // Morris [points]: 1 up, -1 down, 0 at a start
};

/// The part of a large design that is made at a time: up to `count` of its points (Saltelli: rows of A, Morris: trajectories)
/// from number `first` on.
struct DesignPart {
  std::uint32_t first = 0, count = 0xffffffff;
  /// One beyond the last of `all`.
  std::uint32_t end(std::uint32_t all) const { return count < all - first ? first + count : all; }
};

/// Points of Saltelli's layout for that many factors.
std::uint64_t saltelli_points(std::uint64_t base, std::size_t factors, bool second_order);

/// Row `block` of each group of d + 2 (2d + 2) points: 0 is A, 1 is B, 2 + j is A with column j of B, 2 + d + j is B with
/// column j of A (A. Saltelli and others, Comput. Phys. Commun. 181 (2010) 259; second order: Saltelli 2002). A and B are
/// the halves of one scrambled Sobol' sequence in 2d dimensions. `request.points` is the number of rows of A.
UnitDesign saltelli_design(DesignRequest const& request, bool second_order, DesignPart part = {});

/// `request.points` trajectories of d + 1 points on the grid (k + 1/2) / levels, k = 0 ... levels - 1 (M. D. Morris,
/// Technometrics 33 (1991) 161). Each step moves one factor by levels / 2 levels, which is levels / (2 (levels - 1)) of the
/// grid's width (F. Campolongo, J. Cariboni and A. Saltelli, Environ. Model. Softw. 22 (2007) 1509). `levels` is even.
UnitDesign morris_design(DesignRequest const& request, std::uint32_t levels, DesignPart part = {});

/// Product of the numbers of levels, at most 2^63.
std::uint64_t factorial_points(std::vector<std::vector<double>> const& levels);

/// All combinations of `levels` [factors][levels of this factor]; the first factor changes fastest.
UnitDesign full_factorial(std::vector<std::vector<double>> const& levels, DesignPart part = {});

/// The medians, then for each factor one point with it at `low` and one with it at `high`.
UnitDesign one_at_a_time(std::size_t factors, double low, double high);

}  // namespace sim
