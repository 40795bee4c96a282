#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "sim/campaign/sampling/correlation.hpp"
#include "sim/campaign/sampling/latin_hypercube.hpp"
#include "sim/campaign/sampling/sampling_error.hpp"

namespace {

std::vector<double> column(std::vector<double> const& u, std::size_t width, std::size_t d) {
  std::vector<double> values;
  for (std::size_t i = d; i < u.size(); i += width) values.push_back(u[i]);
  return values;
}

std::vector<double> ranks(std::vector<double> const& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t k = 0; k < order.size(); ++k) ranks[order[k]] = static_cast<double>(k);
  return ranks;
}

double spearman(std::vector<double> const& u, std::size_t width, std::size_t i, std::size_t j) {
  auto const a = ranks(column(u, width, i)), b = ranks(column(u, width, j));
  double const n = static_cast<double>(a.size());
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += (a[k] - b[k]) * (a[k] - b[k]);
  return 1 - 6 * sum / (n * (n * n - 1));
}

std::vector<std::string> const abcd{"a", "b", "c", "d"};
std::vector<sim::RankCorrelation> const wanted{{"a", "c", 0.6}, {"d", "c", -0.3}, {"a", "d", 0.1}};

std::vector<double> independent(std::uint32_t points) {
  auto stream = sim::design_stream(11, 22);
  std::vector<double> u(points * 4);
  for (double& x : u) x = stream.uniform();
  return u;
}

std::string refusal(std::vector<sim::RankCorrelation> const& correlations) {
  try {
    sim::CorrelatedColumns const columns(abcd, correlations);
    return "no fault";
  } catch (sim::SamplingError const& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("the copula reaches the rank correlations and keeps the margins uniform", "[campaign]") {
  sim::CorrelatedColumns const columns(abcd, wanted);
  auto u = independent(20000);
  auto const before = u;
  for (std::size_t i = 0; i < u.size(); i += 4) columns.correlate(&u[i]);
  // Standard error of Spearman's rho is below 1 / sqrt(n); 6.1 of them are p = 1e-9.
  double const bound = 6.1 / std::sqrt(20000.0);
  CHECK(std::fabs(spearman(u, 4, 0, 2) - 0.6) < bound);
  CHECK(std::fabs(spearman(u, 4, 2, 3) + 0.3) < bound);
  CHECK(std::fabs(spearman(u, 4, 0, 3) - 0.1) < bound);
  CHECK(std::fabs(spearman(u, 4, 0, 1)) < bound);
  CHECK(std::fabs(spearman(before, 4, 0, 2) - 0.6) > bound);  // the independent twin is caught
  CHECK(column(u, 4, 1) == column(before, 4, 1));
  CHECK(column(u, 4, 0) == column(before, 4, 0));
  for (std::size_t d = 0; d < 4; ++d) {
    auto values = column(u, 4, d);
    std::sort(values.begin(), values.end());
    double distance = 0;  // Kolmogorov's; 3.28 / sqrt(n) is p = 1e-9
    for (std::size_t i = 0; i < values.size(); ++i) distance = std::max(distance, std::fabs(values[i] - (static_cast<double>(i) + 0.5) / 20000));
    CHECK(distance < 3.28 / std::sqrt(20000.0));
  }
}

TEST_CASE("the copula hits the rank correlation of its formula, not Pearson's", "[campaign]") {
  sim::CorrelatedColumns const columns({"a", "b"}, {{"a", "b", 0.8}});
  auto stream = sim::design_stream(5, 6);
  std::vector<double> u(2 * 200'000);
  for (double& x : u) x = stream.uniform();
  for (std::size_t i = 0; i < u.size(); i += 2) columns.correlate(&u[i]);
  // A copula with Pearson's 0.8 would have 0.786: 14 standard errors away.
  CHECK(std::fabs(spearman(u, 2, 0, 1) - 0.8) < 6.1 * 0.45 / std::sqrt(200'000.0));
}

TEST_CASE("re-pairing strata reaches the rank correlations and keeps every column's values", "[campaign]") {
  sim::DesignRequest const request{9, 500, abcd};
  auto u = sim::latin_hypercube(request, sim::Pairing::random);
  auto const before = u;
  sim::CorrelatedColumns const columns(abcd, wanted);
  columns.repair(u, request);
  CHECK(std::fabs(spearman(u, 4, 0, 2) - 0.6) < 0.03);
  CHECK(std::fabs(spearman(u, 4, 2, 3) + 0.3) < 0.03);
  CHECK(std::fabs(spearman(u, 4, 0, 3) - 0.1) < 0.03);
  for (std::size_t d = 0; d < 4; ++d) {
    auto a = column(u, 4, d), b = column(before, 4, d);
    if (d == 1) CHECK(a == b);
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    CHECK(a == b);
  }
}

TEST_CASE("correlations that contradict each other are refused with the pairs and a way out", "[campaign]") {
  auto const text = refusal({{"a", "b", 0.9}, {"b", "c", 0.9}, {"a", "c", -0.9}, {"a", "d", 0.1}});
  CHECK(text.find("contradict each other: ") == std::string("the rank correlations ").size());
  for (char const* pair : {"a and b", "b and c", "a and c"}) CHECK(text.find(pair) != std::string::npos);
  CHECK(text.find("a and d") == std::string::npos);
  CHECK(text.find("smallest eigenvalue is -0.8") != std::string::npos);
  CHECK(refusal({{"a", "b", 0.9}, {"b", "c", 0.9}, {"a", "c", 0.9}}) == "no fault");
  // The share that the message names mends it, two hundredths more do not.
  auto const share = std::stod(text.substr(text.find("multiply all by ") + 16));
  auto const scaled = [](double by) { return std::vector<sim::RankCorrelation>{{"a", "b", 0.9 * by}, {"b", "c", 0.9 * by}, {"a", "c", -0.9 * by}, {"a", "d", 0.1 * by}}; };
  CHECK(refusal(scaled(share)) == "no fault");
  CHECK(refusal(scaled(share + 0.02)) != "no fault");
}

TEST_CASE("two points are too few for correlations of three factors", "[campaign]") {
  sim::DesignRequest const request{9, 2, abcd};
  auto u = sim::latin_hypercube(request, sim::Pairing::random);
  CHECK_THROWS_AS(sim::CorrelatedColumns(abcd, wanted).repair(u, request), sim::SamplingError);
}

TEST_CASE("the smallest eigenvalue of a known matrix", "[campaign]") {
  sim::SquareMatrix m(3);  // eigenvalues 1 - sqrt(2) / 2, 1, 1 + sqrt(2) / 2
  for (std::size_t i = 0; i < 3; ++i) m(i, i) = 1;
  m(0, 1) = m(1, 0) = m(1, 2) = m(2, 1) = 0.5;
  auto const pair = sim::smallest_eigenpair(m);
  CHECK(pair.value == Approx(1 - std::sqrt(0.5)));
  CHECK(std::fabs(pair.vector[1]) == Approx(std::sqrt(0.5)));
  CHECK(sim::cholesky(m).size == 3);
  m(0, 1) = m(1, 0) = m(1, 2) = m(2, 1) = 0.8;
  CHECK(sim::cholesky(m).size == 0);
}
