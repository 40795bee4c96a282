// Cholesky's factor and the smallest eigenvalue of a small symmetric matrix.
#pragma once

#include <cstddef>
#include <vector>

namespace sim {

/// A square matrix [size x size], row-major.
struct SquareMatrix {
  explicit SquareMatrix(std::size_t n) : size(n), values(n * n, 0) {}
  double& operator()(std::size_t i, std::size_t j) { return values[i * size + j]; }
  double operator()(std::size_t i, std::size_t j) const { return values[i * size + j]; }
  std::size_t size;
  std::vector<double> values;
};

/// Lower triangle L with L L^T = matrix; empty (size 0) where a pivot is below 1e-10: not positive definite.
SquareMatrix cholesky(SquareMatrix const& matrix);

/// Replaces x by the solution of L x = x.
void solve_lower(SquareMatrix const& lower, std::vector<double>& x);

struct Eigenpair {
  double value = 0;
  std::vector<double> vector;
};

/// The smallest eigenvalue with its unit vector, by Jacobi's rotations (G. H. Golub and C. F. Van Loan, Matrix
/// Computations, section 8.5), at most 60 sweeps.
Eigenpair smallest_eigenpair(SquareMatrix matrix);

}  // namespace sim
