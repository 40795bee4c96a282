#include "analysis/estimators/variance_shares.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/contracts.hpp"
#include "sim/base/math.hpp"

namespace analysis {
namespace {

double dot(std::span<double const> a, std::span<double const> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

void centre(std::span<double> values) {
  double const mean = moments(values).mean;
  for (double& x : values) x -= mean;
}

}  // namespace

double fisher_quantile(double probability, double numerator, double denominator) {
  double const a = numerator / 2, b = denominator / 2;
  // x and 1 - x each from the end where it is small.
  double const x = sim::math::beta_quantile(probability, a, b);
  double const rest = x < 0.5 ? 1 - x : sim::math::beta_quantile(1 - probability, b, a);
  return denominator * x / (numerator * rest);
}

VarianceShares nested_shares(std::span<Moments const> futures, double level) {
  std::vector<double> means;
  double squares = 0, degrees = 0, inverse = 0;
  for (Moments const& m : futures) {
    if (m.n == 0) continue;
    means.push_back(m.mean);
    inverse += 1 / static_cast<double>(m.n);
    if (m.n < 2) continue;
    squares += m.variance * static_cast<double>(m.n - 1);
    degrees += static_cast<double>(m.n - 1);
  }
  VarianceShares v;
  if (means.size() < 2 || degrees == 0) return v;
  double const within = squares / degrees, between = moments(means).variance;
  if (!(within > 0 || between > 0)) return v;
  double const size = static_cast<double>(means.size()) / inverse;
  v.method = VarianceShares::Method::nested;
  // With ratio = Var between / Var within of the true parts, size between / within is F times 1 + size ratio.
  auto const share = [&](double f) { return std::clamp((f - 1) / (f - 1 + size), 0.0, 1.0); };
  if (within == 0) {
    v.parametric = v.lo = v.hi = 1;
  } else {
    double const f = size * between / within, n = static_cast<double>(means.size() - 1), beyond = (1 - level) / 2;
    v.parametric = f > 1 ? share(f) : 0;
    double const low = f / fisher_quantile(1 - beyond, n, degrees), high = f / fisher_quantile(beyond, n, degrees);
    v.lo = low > 1 ? share(low) : 0;
    v.hi = high > 1 ? share(high) : 0;
  }
  v.monte_carlo = 1 - v.parametric;
  return v;
}

FactorBasis::FactorBasis(std::span<double const> values, std::size_t factors, std::vector<std::size_t> used) : used_(std::move(used)) {
  std::size_t const n = used_.size();
  std::vector<double> column(n);
  for (std::size_t k = 0; k < factors; ++k) {
    for (std::size_t i = 0; i < n; ++i) column[i] = values[used_[i] * factors + k];
    centre(column);
    double const before = dot(column, column);
    // Gram and Schmidt, twice: enough for orthogonality to rounding (L. Giraud et al., Numer. Math. 101, 2005).
    for (int pass = 0; pass < 2; ++pass) {
      for (std::size_t first = 0; first < columns_.size(); first += n) {
        auto const unit = std::span<double const>(columns_).subspan(first, n);
        double const along = dot(unit, column);
        for (std::size_t i = 0; i < n; ++i) column[i] -= along * unit[i];
      }
    }
    double const after = dot(column, column);
    if (!(after > 1e-12 * before)) continue;
    double const length = std::sqrt(after);
    for (double const x : column) columns_.push_back(x / length);
  }
}

VarianceShares FactorBasis::shares(std::span<double const> y) const {
  SIM_CHECK(y.size() == used_.size());
  std::size_t const n = used_.size();
  VarianceShares v;
  if (rank() == 0 || n < rank() + 1 + least_futures_beyond) return v;
  std::vector<double> rest(y.begin(), y.end());
  centre(rest);
  double const all = dot(rest, rest);
  if (!(all > 0)) return v;
  for (std::size_t first = 0; first < columns_.size(); first += n) {
    auto const unit = std::span<double const>(columns_).subspan(first, n);
    double const along = dot(unit, rest);
    for (std::size_t i = 0; i < n; ++i) rest[i] -= along * unit[i];
  }
  double const unexplained = dot(rest, rest) / all;
  v.method = VarianceShares::Method::regression;
  v.parametric = std::clamp(1 - unexplained * static_cast<double>(n - 1) / static_cast<double>(n - 1 - rank()), 0.0, 1.0);
  v.monte_carlo = 1 - v.parametric;
  return v;
}

}  // namespace analysis
