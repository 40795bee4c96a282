#include "sim/campaign/sampling/correlation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/base/math.hpp"
#include "sim/base/names.hpp"
#include "sim/campaign/sampling/sampling_error.hpp"

namespace sim {
namespace {

constexpr double pi = 3.141592653589793238;

/// sin(x) for |x| below pi / 6 by its series, to the last bits; the standard library's differs between machines.
double small_sine(double x) {
  double const x2 = x * x;
  double sum = 1;
  for (int k = 10; k >= 1; --k) sum = 1 - x2 / (2 * k * (2 * k + 1)) * sum;
  return x * sum;
}

/// The pairs that make a direction of negative variance, the strongest first.
std::string contradicting_pairs(SquareMatrix const& r, std::vector<double> const& v, std::vector<std::string> const& names) {
  struct Pair {
    double share;
    std::string text;
  };
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < r.size; ++i)
    for (std::size_t j = i + 1; j < r.size; ++j)
      if (double const share = r(i, j) * v[i] * v[j]; share < -0.01) pairs.push_back({share, names[i] + " and " + names[j]});
  std::stable_sort(pairs.begin(), pairs.end(), [](auto const& a, auto const& b) { return a.share < b.share; });
  std::vector<std::string> texts;
  for (auto const& pair : pairs) texts.push_back(pair.text);
  return listed(texts, 4);
}

/// Correlations of the normal scores where all rank correlations are multiplied by `share`.
SquareMatrix normal_correlations(std::vector<std::string> const& names, std::vector<RankCorrelation> const& correlations, double share = 1) {
  SquareMatrix r(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) r(i, i) = 1;
  auto const index = [&](std::string const& name) { return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin()); };
  for (auto const& one : correlations) {
    auto const i = index(one.first), j = index(one.second);
    SIM_CHECK(i < names.size() && j < names.size() && i != j);
    r(i, j) = r(j, i) = 2 * small_sine(pi * share * one.rank / 6);
  }
  return r;
}

[[noreturn]] void refuse(std::vector<std::string> const& names, std::vector<RankCorrelation> const& correlations) {
  auto const r = normal_correlations(names, correlations);
  auto const smallest = smallest_eigenpair(r);
  int percent = 99;
  while (percent > 1 && cholesky(normal_correlations(names, correlations, percent / 100.0)).size == 0) --percent;
  throw SamplingError("correlations", "the rank correlations contradict each other: " + contradicting_pairs(r, smallest.vector, names),
                      "their matrix is not positive definite, its smallest eigenvalue is " + shown(smallest.value),
                      "bring one of them nearer to what the others imply, or multiply all by " + shown(percent / 100.0));
}

/// Standard normal scores in a random order, one column for each correlated factor [columns][points].
std::vector<std::vector<double>> shuffled_scores(std::vector<std::string> const& names, DesignRequest const& request, std::uint32_t attempt) {
  std::vector<double> scores;
  for (std::uint32_t i = 0; i < request.points; ++i) scores.push_back(math::normal_quantile((i + 1.0) / (request.points + 1.0)));
  std::vector<std::vector<double>> columns;
  for (auto const& name : names) {
    columns.push_back(scores);
    auto stream = design_stream(request.seed, stream_id("iman_conover/" + name), attempt);
    for (std::uint32_t i = request.points; i > 1; --i) std::swap(columns.back()[i - 1], columns.back()[stream.below(i)]);
  }
  return columns;
}

SquareMatrix covariance(std::vector<std::vector<double>> const& columns) {
  SquareMatrix matrix(columns.size());
  for (std::size_t a = 0; a < columns.size(); ++a)
    for (std::size_t b = 0; b <= a; ++b)
      matrix(a, b) = matrix(b, a) = std::inner_product(columns[a].begin(), columns[a].end(), columns[b].begin(), 0.0) / static_cast<double>(columns[a].size());
  return matrix;
}

std::vector<std::size_t> order_of(std::vector<double> const& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  return order;
}

/// x -> L x for the lower triangle L, in place.
void multiply_lower(SquareMatrix const& lower, std::vector<double>& x) {
  for (std::size_t i = lower.size; i-- > 0;) {
    double sum = 0;
    for (std::size_t k = 0; k <= i; ++k) sum += lower(i, k) * x[k];
    x[i] = sum;
  }
}

}  // namespace

CorrelatedColumns::CorrelatedColumns(std::vector<std::string> const& factors, std::vector<RankCorrelation> const& correlations) {
  auto const is_one = [&](std::string const& name) {
    return std::any_of(correlations.begin(), correlations.end(), [&](auto const& c) { return c.first == name || c.second == name; });
  };
  std::vector<std::string> names;
  for (std::size_t i = 0; i < factors.size(); ++i)
    if (is_one(factors[i])) {
      columns_.push_back(i);
      names.push_back(factors[i]);
    }
  SIM_CHECK(names.size() <= correlated_factors_max);
  lower_ = cholesky(normal_correlations(names, correlations));
  if (lower_.size != names.size()) refuse(names, correlations);
}

void CorrelatedColumns::correlate(double* u) const {
  std::vector<double> z;
  for (auto const column : columns_) z.push_back(math::normal_quantile(u[column]));
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    double sum = 0;
    bool alone = true;
    for (std::size_t k = 0; k < i; ++k) {
      sum += lower_(i, k) * z[k];
      alone = alone && lower_(i, k) == 0;
    }
    if (!alone) u[columns_[i]] = std::clamp(math::normal_cdf(sum + lower_(i, i) * z[i]), 0x1p-53, 1 - 0x1p-53);
  }
}

void CorrelatedColumns::repair(std::vector<double>& u, DesignRequest const& request) const {
  std::vector<std::string> names;
  for (auto const column : columns_) names.push_back(request.factors[column]);
  std::vector<std::vector<double>> scores;
  SquareMatrix sample(0);
  // Few points may lie in one plane by chance.
  for (std::uint32_t attempt = 0; attempt < 100 && sample.size == 0; ++attempt) {
    scores = shuffled_scores(names, request, attempt);
    sample = cholesky(covariance(scores));
  }
  if (sample.size != size())
    throw SamplingError("correlations", std::to_string(request.points) + " points cannot have these correlations",
                        std::to_string(size()) + " factors are correlated", "ask for more futures");
  std::vector<double> row(size());
  for (std::size_t i = 0; i < request.points; ++i) {
    for (std::size_t c = 0; c < size(); ++c) row[c] = scores[c][i];
    solve_lower(sample, row);
    multiply_lower(lower_, row);
    for (std::size_t c = 0; c < size(); ++c) scores[c][i] = row[c];
  }
  std::size_t const width = request.factors.size();
  for (std::size_t c = 0; c < size(); ++c) {
    std::vector<double> values;
    for (std::size_t i = 0; i < request.points; ++i) values.push_back(u[i * width + columns_[c]]);
    std::sort(values.begin(), values.end());
    auto const order = order_of(scores[c]);
    for (std::size_t k = 0; k < order.size(); ++k) u[order[k] * width + columns_[c]] = values[k];
  }
}

}  // namespace sim
