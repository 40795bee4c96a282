// Slopes of an output on factors by least squares, with intervals that do not ask for a linear model.
#pragma once

#include <span>
#include <vector>

#include "analysis/sensitivity/index.hpp"

namespace analysis {

/// Whether a constant is fitted, or the line goes through the origin (differences on differences).
enum class Intercept { fitted, none };

/// Slopes of y on all columns together [columns]: those of the best linear approximation, whatever the true shape. Standard errors allow for
/// unequal variances and curvature (HC3: J. G. MacKinnon and H. White, J. Econometrics 29 (1985) 305), intervals take Student's t with as many degrees as are left.
/// Values must be defined. Undefined where fewer than two degrees are left, or columns are constant or depend on each other.
std::vector<Index> slopes(std::vector<std::vector<double>> const& columns, std::span<double const> y, Intercept intercept = Intercept::fitted);

}  // namespace analysis
