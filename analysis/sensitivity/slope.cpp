#include "analysis/sensitivity/slope.hpp"

#include <cmath>

#include "analysis/estimators/student.hpp"
#include "sim/base/contracts.hpp"

namespace analysis {
namespace {

using Columns = std::vector<std::vector<double>>;

constexpr double least_pivot = 1e-10;  // of columns with sum of squares 1

// Subtracts the mean and scales to a sum of squares of 1; returns the scale, 0 for a constant.
double standardise(std::vector<double>& column, Intercept intercept) {
  double const mean = intercept == Intercept::fitted ? moments(column).mean : 0;
  double squares = 0;
  for (double& v : column) {
    v -= mean;
    squares += v * v;
  }
  double const scale = std::sqrt(squares);
  for (double& v : column) v = scale > 0 ? v / scale : 0;
  return scale;
}

double dot(std::span<double const> a, std::span<double const> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

// Replaces the columns by an orthonormal basis of them (Gram and Schmidt, twice: L. Giraud and others 2005) and returns R, [p x p] upper
// triangular; empty where a column depends on those before it.
Columns orthogonalise(Columns& q) {
  std::size_t const p = q.size();
  Columns r(p, std::vector<double>(p, 0));
  for (std::size_t j = 0; j < p; ++j) {
    for (int pass = 0; pass < 2; ++pass) {
      for (std::size_t i = 0; i < j; ++i) {
        double const part = dot(q[i], q[j]);
        r[i][j] += part;
        for (std::size_t k = 0; k < q[j].size(); ++k) q[j][k] -= part * q[i][k];
      }
    }
    r[j][j] = std::sqrt(dot(q[j], q[j]));
    if (!(r[j][j] * r[j][j] > least_pivot)) return {};
    for (double& v : q[j]) v /= r[j][j];
  }
  return r;
}

// Solves R x = b in place.
void solve_upper(Columns const& r, std::vector<double>& x) {
  for (std::size_t j = x.size(); j-- > 0;) {
    for (std::size_t k = j + 1; k < x.size(); ++k) x[j] -= r[j][k] * x[k];
    x[j] /= r[j][j];
  }
}

}  // namespace

std::vector<Index> slopes(Columns const& columns, std::span<double const> y, Intercept intercept) {
  std::size_t const p = columns.size(), n = y.size(), fitted = p + (intercept == Intercept::fitted ? 1 : 0);
  std::vector<Index> all(p);
  if (p == 0 || n < fitted + 2) return all;
  Columns q = columns;
  std::vector<double> scale, rest(y.begin(), y.end());
  for (auto& column : q) {
    SIM_CHECK(column.size() == n);
    scale.push_back(standardise(column, intercept));
  }
  if (intercept == Intercept::fitted) {
    double const mean = moments(rest).mean;
    for (double& v : rest) v -= mean;
  }
  auto const r = orthogonalise(q);
  if (r.empty()) return all;
  std::vector<double> value(p);
  for (std::size_t j = 0; j < p; ++j) {
    value[j] = dot(q[j], rest);
    for (std::size_t i = 0; i < n; ++i) rest[i] -= value[j] * q[j][i];
  }
  solve_upper(r, value);
  // Each observation's pull on the slopes is R^-1 q_i e_i / (1 - h_i); HC3 sums the squares.
  std::vector<double> squares(p, 0), pull(p);
  for (std::size_t i = 0; i < n; ++i) {
    double leverage = intercept == Intercept::fitted ? 1 / static_cast<double>(n) : 0;
    for (std::size_t j = 0; j < p; ++j) leverage += q[j][i] * q[j][i];
    double const residual = leverage < 1 - 1e-12 ? rest[i] / (1 - leverage) : undefined;
    for (std::size_t j = 0; j < p; ++j) pull[j] = q[j][i] * residual;
    solve_upper(r, pull);
    for (std::size_t j = 0; j < p; ++j) squares[j] += pull[j] * pull[j];
  }
  double const t = student_quantile(0.5 + interval_level / 2, n - fitted);
  for (std::size_t j = 0; j < p; ++j) {
    double const b = value[j] / scale[j], error = std::sqrt(squares[j]) / scale[j];
    all[j] = {b, b - t * error, b + t * error, error, n - fitted + 1};
  }
  return all;
}

}  // namespace analysis
