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

// Sums of a one-way layout with unweighted means.
struct OneWay {
  double count = 0, mean = 0, squares_between = 0;                // of the futures' means
  double squares_within = 0, degrees = 0, inverse_sizes = 0;      // pooled within futures; sum of 1 / values of a future

  explicit OneWay(std::span<Moments const> futures) {
    std::vector<double> means;
    for (Moments const& m : futures) {
      if (m.n == 0) continue;
      means.push_back(m.mean);
      inverse_sizes += 1 / static_cast<double>(m.n);
      if (m.n < 2) continue;
      squares_within += m.variance * static_cast<double>(m.n - 1);
      degrees += static_cast<double>(m.n - 1);
    }
    Moments const m = moments(means);
    count = static_cast<double>(m.n);
    mean = m.mean;
    squares_between = m.n < 2 ? 0 : m.variance * (count - 1);
  }

  double log_f() const { return sim::math::log(count / inverse_sizes * squares_between / (count - 1) / (squares_within / degrees)); }

  void remove(Moments const& m) {
    if (m.n == 0) return;
    double const deviation = m.mean - mean;
    squares_between -= deviation * deviation * count / (count - 1);
    mean -= deviation / (count - 1);
    count -= 1;
    inverse_sizes -= 1 / static_cast<double>(m.n);
    if (m.n > 1) squares_within -= m.variance * static_cast<double>(m.n - 1), degrees -= static_cast<double>(m.n - 1);
  }

  // Jackknife pseudo-values of log F, one for each unit of neighbouring futures; not finite where nothing is left to vary.
  std::vector<double> pseudo_values(std::span<Moments const> futures, std::size_t unit_futures) const {
    std::vector<OneWay> without;
    for (std::size_t first = 0; first < futures.size(); first += unit_futures) {
      OneWay rest = *this;
      for (Moments const& m : futures.subspan(first, std::min(unit_futures, futures.size() - first))) rest.remove(m);
      if (rest.count < count) without.push_back(rest);
    }
    std::vector<double> all;
    double const whole = log_f(), units = static_cast<double>(without.size());
    for (OneWay const& rest : without) all.push_back(whole * units - rest.log_f() * (units - 1));
    // One unit whose absence leaves nothing says that no interval can be had: NaN must not be skipped as a missing value.
    for (double const x : all)
      if (!std::isfinite(x)) return {undefined};
    return all;
  }
};

}  // namespace

double fisher_quantile(double probability, double numerator, double denominator) {
  double const a = numerator / 2, b = denominator / 2;
  // x and 1 - x each from the end where it is small.
  double const x = sim::math::beta_quantile(probability, a, b);
  double const rest = x < 0.5 ? 1 - x : sim::math::beta_quantile(1 - probability, b, a);
  return denominator * x / (numerator * rest);
}

VarianceShares nested_shares(std::span<Moments const> futures, std::size_t unit_futures, double level) {
  OneWay const all(futures);
  VarianceShares v;
  if (all.count < 2 || all.degrees == 0) return v;
  double const between = all.squares_between / (all.count - 1), within = all.squares_within / all.degrees;
  if (!(within > 0 || between > 0)) return v;
  v.method = VarianceShares::Method::nested;
  if (within == 0) {
    v.parametric = v.lo = v.hi = 1;
    v.monte_carlo = 0;
    return v;
  }
  // With ratio = Var between / Var within of the true parts, F estimates 1 + size ratio.
  double const size = all.count / all.inverse_sizes;
  auto const share = [&](double f) { return f > 1 ? (f - 1) / (f - 1 + size) : 0.0; };
  v.parametric = share(size * between / within);
  v.monte_carlo = 1 - v.parametric;
  Estimate const log_f = mean_interval(all.pseudo_values(futures, unit_futures), level);
  if (!std::isfinite(log_f.lo) || !std::isfinite(log_f.hi)) return v;
  // Rounding and the jackknife's own mean must not leave the estimate outside its interval.
  v.lo = std::min(v.parametric, share(sim::math::exp(log_f.lo)));
  v.hi = std::max(v.parametric, share(sim::math::exp(log_f.hi)));
  return v;
}

FactorBasis::FactorBasis(std::span<double const> values, std::size_t factors, std::vector<std::size_t> used)
    : values_(values), factors_(factors), used_(std::move(used)) {
  std::vector<double> column(used_.size());
  for (std::size_t k = 0; k < factors; ++k) {
    for (std::size_t i = 0; i < column.size(); ++i) column[i] = values[used_[i] * factors + k];
    means_.push_back(moments(column).mean);
  }
  std::vector<double> products(factors * factors), row(factors);  // lower triangle
  for (std::size_t const f : used_) {
    centred(f, row);
    for (std::size_t j = 0; j < factors; ++j)
      for (std::size_t k = 0; k <= j; ++k) products[j * factors + k] += row[j] * row[k];
  }
  // Cholesky, row by row; a factor of which the ones before leave nothing is passed over.
  for (std::size_t j = 0; j < factors; ++j) {
    std::vector<double> lower;
    for (std::size_t const k : kept_) lower.push_back(products[j * factors + k]);
    forward(lower);
    double const before = products[j * factors + j], after = before - dot(lower, lower);
    if (!(after > 1e-9 * before)) continue;
    lower.push_back(std::sqrt(after));
    lower_.insert(lower_.end(), lower.begin(), lower.end());
    kept_.push_back(j);
  }
}

void FactorBasis::centred(std::size_t future, std::span<double> row) const {
  for (std::size_t k = 0; k < factors_; ++k) row[k] = values_[future * factors_ + k] - means_[k];
}

void FactorBasis::forward(std::span<double> b) const {
  std::size_t at = 0;  // of row i in lower_, which has i + 1 values
  for (std::size_t i = 0; i < b.size(); at += ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= lower_[at + k] * b[k];
    b[i] /= lower_[at + i];
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
  std::vector<double> row(factors_), with(factors_);
  for (std::size_t i = 0; i < n; ++i) {
    centred(used_[i], row);
    for (std::size_t k = 0; k < factors_; ++k) with[k] += row[k] * rest[i];
  }
  std::vector<double> along;
  for (std::size_t const k : kept_) along.push_back(with[k]);
  forward(along);
  double const unexplained = std::max(0.0, 1 - dot(along, along) / all);
  v.method = VarianceShares::Method::regression;
  v.parametric = std::clamp(1 - unexplained * static_cast<double>(n - 1) / static_cast<double>(n - 1 - rank()), 0.0, 1.0);
  v.monte_carlo = 1 - v.parametric;
  return v;
}

}  // namespace analysis
