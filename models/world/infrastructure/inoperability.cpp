#include "models/world/infrastructure/inoperability.hpp"

#include <cmath>

#include "sim/base/contracts.hpp"

namespace world {
namespace {

using Matrix = std::vector<double>;
std::size_t as_index(int i) { return static_cast<std::size_t>(i); }

Matrix product(Matrix const& a, Matrix const& b, std::size_t n) {
  Matrix c(n * n, 0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < n; ++k)
      for (std::size_t j = 0; j < n; ++j) c[i * n + j] += a[i * n + k] * b[k * n + j];
  return c;
}

// Gauss-Jordan elimination with partial pivoting.
Matrix inverse(Matrix a, std::size_t n) {
  Matrix b(n * n, 0);
  for (std::size_t i = 0; i < n; ++i) b[i * n + i] = 1;
  for (std::size_t column = 0; column < n; ++column) {
    std::size_t pivot = column;
    for (std::size_t i = column + 1; i < n; ++i)
      if (std::fabs(a[i * n + column]) > std::fabs(a[pivot * n + column])) pivot = i;
    SIM_CHECK(a[pivot * n + column] != 0);
    for (std::size_t j = 0; j < n; ++j) {
      std::swap(a[pivot * n + j], a[column * n + j]);
      std::swap(b[pivot * n + j], b[column * n + j]);
    }
    double const scale = 1 / a[column * n + column];
    for (std::size_t j = 0; j < n; ++j) a[column * n + j] *= scale, b[column * n + j] *= scale;
    for (std::size_t i = 0; i < n; ++i) {
      if (i == column) continue;
      double const factor = a[i * n + column];
      for (std::size_t j = 0; j < n; ++j) {
        a[i * n + j] -= factor * a[column * n + j];
        b[i * n + j] -= factor * b[column * n + j];
      }
    }
  }
  return b;
}

// exp(M) by its series; |M| is far below 1 for a step of 1/16 d, so 12 terms leave less than one rounding.
Matrix exponential(Matrix const& m, std::size_t n) {
  Matrix sum(n * n, 0), term(n * n, 0);
  for (std::size_t i = 0; i < n; ++i) sum[i * n + i] = term[i * n + i] = 1;
  for (int k = 1; k <= 12; ++k) {
    term = product(term, m, n);
    for (double& x : term) x /= k;
    for (std::size_t i = 0; i < n * n; ++i) sum[i] += term[i];
  }
  return sum;
}

// Row-major [n x n] as columns of max_sectors.
Matrix by_columns(Matrix const& m, std::size_t n) {
  Matrix columns(n * Inoperability::max_sectors, 0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) columns[j * Inoperability::max_sectors + i] = m[i * n + j];
  return columns;
}

}  // namespace

Inoperability::Inoperability(std::vector<double> a, std::vector<double> recovery) : size_(static_cast<int>(recovery.size())) {
  SIM_CHECK(size_ <= max_sectors && a.size() == recovery.size() * recovery.size());
  std::size_t const n = recovery.size();
  Matrix system(n * n), rate(n * n), step(n * n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      double const identity = i == j ? 1 : 0;
      system[i * n + j] = identity - a[i * n + j];
      rate[i * n + j] = recovery[i] * (a[i * n + j] - identity);
      step[i * n + j] = rate[i * n + j] / 16;
    }
  inverse_ = by_columns(inverse(system, n), n);
  rate_inverse_ = by_columns(inverse(rate, n), n);
  Matrix power = exponential(step, n);
  for (int k = 0; k < 16; ++k) {
    powers_.push_back(by_columns(power, n));
    power = product(power, power, n);
  }
}

// Column by column, so that the sums keep their order and the compiler its vectors.
Inoperability::Levels Inoperability::multiply(Matrix const& matrix, Levels const& v) const {
  Levels result{};
  for (std::size_t j = 0; j < as_index(size_); ++j) {
    if (v[j] == 0) continue;
    double const* const column = &matrix[j * max_sectors];
    for (std::size_t i = 0; i < max_sectors; ++i) result[i] += column[i] * v[j];
  }
  return result;
}

Inoperability::Levels Inoperability::equilibrium(Levels const& c) const { return multiply(inverse_, c); }

Inoperability::Levels Inoperability::advance(Levels const& q, Levels const& c, double days, Levels& integral) const {
  auto quanta = static_cast<std::uint64_t>(days * 16 + 0.5);
  Levels const rest = equilibrium(c);
  Levels before{}, after{};
  for (int i = 0; i < size_; ++i) before[as_index(i)] = q[as_index(i)] - rest[as_index(i)];
  after = before;
  double const span = static_cast<double>(quanta) / 16;
  for (std::size_t k = 0; quanta != 0 && k < powers_.size(); ++k, quanta >>= 1)
    if (quanta & 1) after = multiply(powers_[k], after);
  // Integral of exp(M t) x over the span is M^-1 (exp(M span) - I) x.
  Levels change{};
  for (int i = 0; i < size_; ++i) change[as_index(i)] = after[as_index(i)] - before[as_index(i)];
  Levels const decayed = multiply(rate_inverse_, change);
  for (int i = 0; i < size_; ++i) {
    integral[as_index(i)] += rest[as_index(i)] * span + decayed[as_index(i)];
    after[as_index(i)] += rest[as_index(i)];
  }
  return after;
}

std::vector<double> interdependence(std::vector<double> const& coefficients, std::vector<double> const& output) {
  std::size_t const n = output.size();
  std::vector<double> result(n * n);
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t l = 0; l < n; ++l) result[k * n + l] = coefficients[k * n + l] * output[l] / output[k];
  return result;
}

}  // namespace world
