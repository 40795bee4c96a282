// Sobol' indices of a Saltelli layout: shares of the variance that each factor, alone, in pairs and with all interactions, causes.
#pragma once

#include <span>
#include <vector>

#include "analysis/sensitivity/resample.hpp"

namespace analysis {

/// Outputs in the order of the layout, row after row: A, B, AB_1 ... AB_d and, with second order, BA_1 ... BA_d. A view.
struct SaltelliOutputs {
  std::span<double const> y;  // [rows x (factors + 2)] or [rows x (2 factors + 2)]
  std::size_t factors = 0;
  bool second_order = false;
  std::size_t width() const { return (second_order ? 2 : 1) * factors + 2; }
};

/// Interaction of two factors.
struct PairIndex {
  std::size_t a = 0, b = 0;  // a < b
  Index index;
};

struct SobolIndices {
  std::size_t rows = 0, dropped = 0;  // used; left out whole because a member is undefined
  double mean = undefined, variance = undefined;  // over A and B of the rows used
  std::vector<Index> first, total;    // [factors]
  std::vector<PairIndex> second;      // of every pair; empty without second order
};

/// With y less its mean over A and B, and V the variance over both:
/// first order mean(B (AB_j - A)) / V (A. Saltelli and others, Comput. Phys. Commun. 181 (2010) 259, table 2, b);
/// total (mean((A - AB_j)^2) / 2 - noise) / V (M. J. W. Jansen, Comput. Phys. Commun. 117 (1999) 35);
/// second order mean(BA_i AB_j - A B) / V less both first orders (A. Saltelli, Comput. Phys. Commun. 145 (2002) 280).
/// `noise`: variance of y that is no factor's, of Monte Carlo; it is in every difference of two outputs that share no
/// random draws, and 0 where the outputs of a row share all of them. Intervals: bootstrap over rows.
/// Undefined where fewer than two rows are whole or the variance is 0.
SobolIndices sobol_indices(SaltelliOutputs const& outputs, Resampler const& resampler, double noise = 0);

}  // namespace analysis
