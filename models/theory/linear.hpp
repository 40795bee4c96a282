// Small dense matrices: solve, exponential, spectral radius; the same bits on every machine.
#pragma once

#include <cstddef>
#include <vector>

namespace theory {

/// n x n, row by row.
struct Matrix {
  std::size_t n = 0;
  std::vector<double> cells;

  double operator()(std::size_t i, std::size_t j) const { return cells[i * n + j]; }
  double& operator()(std::size_t i, std::size_t j) { return cells[i * n + j]; }
};

Matrix identity(std::size_t n);
Matrix product(Matrix const& a, Matrix const& b);
std::vector<double> product(Matrix const& a, std::vector<double> const& x);
/// x with a x = b; Gaussian elimination with partial pivoting. A singular matrix is a broken contract.
std::vector<double> solve(Matrix a, std::vector<double> b);
/// e^a, by its series after scaling, then squaring.
Matrix exponential(Matrix const& a);
/// Largest absolute eigenvalue of a matrix without negative cells, by power iteration on a + 1; about six digits.
double spectral_radius(Matrix const& a);

}  // namespace theory
