// Latin hypercubes: one point in each of n strata of every factor, their pairing random, far apart or nearly uncorrelated.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/campaign/sampling/design_request.hpp"
#include "sim/campaign/sampling/sampling.hpp"

namespace sim {

/// Strata of all points [factors x points], column by column: each column a permutation of 0 ... points - 1.
using Strata = std::vector<std::vector<std::uint32_t>>;

/// Most points of a maximin hypercube: the search keeps the distances of all pairs.
inline constexpr std::uint32_t maximin_points_max = 2000;
/// Most points of a nearly orthogonal one: it begins with the products of all pairs of columns.
inline constexpr std::uint32_t nearly_orthogonal_points_max = 100'000;

/// Independent random permutations, each keyed by the name of its factor (M. D. McKay, R. J. Beckman and W. J. Conover,
/// Technometrics 21 (1979) 239).
Strata random_strata(DesignRequest const& request);

/// Makes the closest points lie further apart: exchanges within columns that lower the sum over pairs of d^-16, d the
/// distance (M. D. Morris and T. J. Mitchell, J. Stat. Plan. Inference 43 (1995) 381). A bounded number of trials.
void spread_apart(Strata& strata, std::uint64_t seed);

/// Makes the rank correlations small: exchanges within columns that lower the sum of their squares (W. W. Li and
/// C. F. J. Wu, Technometrics 39 (1997) 171). A bounded number of trials.
void decorrelate(Strata& strata, std::uint64_t seed);

/// Points within their strata [points x factors]; the place within a stratum is uniform.
std::vector<double> points_in(Strata const& strata, DesignRequest const& request);

/// The whole design [points x factors].
std::vector<double> latin_hypercube(DesignRequest const& request, Pairing pairing);

/// Smallest squared distance of two points, in strata.
std::uint64_t closest_distance2(Strata const& strata);

/// Largest absolute rank correlation of two columns.
double largest_correlation(Strata const& strata);

}  // namespace sim
