#include "models/theory/linear.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/contracts.hpp"

namespace theory {

Matrix identity(std::size_t n) {
  Matrix one{n, std::vector<double>(n * n, 0)};
  for (std::size_t i = 0; i < n; ++i) one(i, i) = 1;
  return one;
}

Matrix product(Matrix const& a, Matrix const& b) {
  Matrix c{a.n, std::vector<double>(a.n * a.n, 0)};
  for (std::size_t i = 0; i < a.n; ++i) {
    for (std::size_t k = 0; k < a.n; ++k) {
      for (std::size_t j = 0; j < a.n; ++j) c(i, j) += a(i, k) * b(k, j);
    }
  }
  return c;
}

std::vector<double> product(Matrix const& a, std::vector<double> const& x) {
  std::vector<double> y(a.n, 0);
  for (std::size_t i = 0; i < a.n; ++i) {
    for (std::size_t j = 0; j < a.n; ++j) y[i] += a(i, j) * x[j];
  }
  return y;
}

std::vector<double> solve(Matrix a, std::vector<double> b) {
  for (std::size_t column = 0; column < a.n; ++column) {
    std::size_t pivot = column;
    for (std::size_t i = column + 1; i < a.n; ++i) {
      if (std::fabs(a(i, column)) > std::fabs(a(pivot, column))) pivot = i;
    }
    SIM_CHECK(a(pivot, column) != 0);
    for (std::size_t j = 0; j < a.n; ++j) std::swap(a(pivot, j), a(column, j));
    std::swap(b[pivot], b[column]);
    for (std::size_t i = column + 1; i < a.n; ++i) {
      double const factor = a(i, column) / a(column, column);
      for (std::size_t j = column; j < a.n; ++j) a(i, j) -= factor * a(column, j);
      b[i] -= factor * b[column];
    }
  }
  for (std::size_t i = a.n; i-- > 0;) {
    for (std::size_t j = i + 1; j < a.n; ++j) b[i] -= a(i, j) * b[j];
    b[i] /= a(i, i);
  }
  return b;
}

Matrix exponential(Matrix const& a) {
  double largest = 0;
  for (double const cell : a.cells) largest = std::max(largest, std::fabs(cell));
  int squarings = 0;
  for (double norm = largest * static_cast<double>(a.n); norm > 0.5; norm /= 2) ++squarings;
  Matrix scaled = a;
  for (double& cell : scaled.cells) cell = std::ldexp(cell, -squarings);
  Matrix sum = identity(a.n), term = identity(a.n);
  for (int k = 1; k <= 18; ++k) {
    term = product(term, scaled);
    for (double& cell : term.cells) cell /= k;
    for (std::size_t i = 0; i < sum.cells.size(); ++i) sum.cells[i] += term.cells[i];
  }
  for (; squarings > 0; --squarings) sum = product(sum, sum);
  return sum;
}

double spectral_radius(Matrix const& a) {
  std::vector<double> x(a.n, 1);
  double growth = 1;
  for (int i = 0; i < 5000; ++i) {
    auto y = product(a, x);
    double largest = 0;
    for (std::size_t j = 0; j < a.n; ++j) largest = std::max(largest, y[j] += x[j]);
    for (double& value : y) value /= largest;
    x = y;
    if (std::fabs(largest - growth) < 1e-12 && i > 100) return largest - 1;
    growth = largest;
  }
  return growth - 1;
}

}  // namespace theory
