#include "sim/campaign/sampling/symmetric_matrix.hpp"

#include <algorithm>
#include <cmath>

namespace sim {
namespace {

constexpr double pivot_min = 1e-10;

/// Makes matrix(p, q) zero by a rotation; collects it in `vectors`.
void rotate(SquareMatrix& matrix, SquareMatrix& vectors, std::size_t p, std::size_t q) {
  double const theta = (matrix(q, q) - matrix(p, p)) / (2 * matrix(p, q));
  double const t = (theta >= 0 ? 1 : -1) / (std::fabs(theta) + std::sqrt(theta * theta + 1));
  double const c = 1 / std::sqrt(t * t + 1), s = t * c;
  for (std::size_t k = 0; k < matrix.size; ++k) {
    double const kp = matrix(k, p), kq = matrix(k, q);
    matrix(k, p) = c * kp - s * kq;
    matrix(k, q) = s * kp + c * kq;
  }
  for (std::size_t k = 0; k < matrix.size; ++k) {
    double const pk = matrix(p, k), qk = matrix(q, k);
    matrix(p, k) = c * pk - s * qk;
    matrix(q, k) = s * pk + c * qk;
    double const vp = vectors(k, p), vq = vectors(k, q);
    vectors(k, p) = c * vp - s * vq;
    vectors(k, q) = s * vp + c * vq;
  }
}

}  // namespace

SquareMatrix cholesky(SquareMatrix const& matrix) {
  SquareMatrix lower(matrix.size);
  for (std::size_t j = 0; j < matrix.size; ++j) {
    double pivot = matrix(j, j);
    for (std::size_t k = 0; k < j; ++k) pivot -= lower(j, k) * lower(j, k);
    if (!(pivot > pivot_min)) return SquareMatrix(0);
    lower(j, j) = std::sqrt(pivot);
    for (std::size_t i = j + 1; i < matrix.size; ++i) {
      double sum = matrix(i, j);
      for (std::size_t k = 0; k < j; ++k) sum -= lower(i, k) * lower(j, k);
      lower(i, j) = sum / lower(j, j);
    }
  }
  return lower;
}

void solve_lower(SquareMatrix const& lower, std::vector<double>& x) {
  for (std::size_t i = 0; i < lower.size; ++i) {
    for (std::size_t k = 0; k < i; ++k) x[i] -= lower(i, k) * x[k];
    x[i] /= lower(i, i);
  }
}

Eigenpair smallest_eigenpair(SquareMatrix matrix) {
  std::size_t const n = matrix.size;
  SquareMatrix vectors(n);
  for (std::size_t i = 0; i < n; ++i) vectors(i, i) = 1;
  for (int sweep = 0; sweep < 60; ++sweep) {
    double largest = 0;
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t q = p + 1; q < n; ++q) largest = std::max(largest, std::fabs(matrix(p, q)));
    if (largest < 1e-14) break;
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t q = p + 1; q < n; ++q)
        if (std::fabs(matrix(p, q)) > 1e-300) rotate(matrix, vectors, p, q);
  }
  std::size_t best = 0;
  for (std::size_t i = 1; i < n; ++i)
    if (matrix(i, i) < matrix(best, best)) best = i;
  Eigenpair pair{n ? matrix(best, best) : 0, {}};
  for (std::size_t k = 0; k < n; ++k) pair.vector.push_back(vectors(k, best));
  return pair;
}

}  // namespace sim
