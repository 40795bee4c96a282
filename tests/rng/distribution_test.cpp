// Every distribution against its closed form by Kolmogorov and Smirnov, and broken twins that the test must catch.
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/rng/stream.hpp"

using namespace sim;

namespace {

using Cdf = std::function<double(double)>;

struct Case {
  std::string name;
  Distribution distribution;
  Cdf cdf;
  double spread;  // a shift or factor of 5 per cent of this must be caught
  bool is_scaled = true;
};

std::vector<Case> cases() {
  namespace bm = boost::math;
  using Fast = bm::policies::policy<bm::policies::promote_double<false>>;
  using Beta = bm::beta_distribution<double, Fast>;
  using Gamma = bm::gamma_distribution<double, Fast>;
  return {
      {"uniform", {Family::uniform, -3, 5}, [](double x) { return (x + 3) / 8; }, 8, false},
      {"log_uniform", {Family::log_uniform, 0.01, 10}, [](double x) { return std::log(x / 0.01) / std::log(1e3); }, 4},
      {"triangular", {Family::triangular, 1, 5, 2},
       [](double x) { return x < 2 ? (x - 1) * (x - 1) / 4 : 1 - (5 - x) * (5 - x) / 12; }, 1},
      {"normal", {Family::normal, 10, 2}, [](double x) { return bm::cdf(bm::normal(10, 2), x); }, 2, false},
      {"lognormal", {Family::lognormal, 3, 0.8},
       [](double x) { return 0.5 * std::erfc(-std::log(x / 3) / 0.8 / std::sqrt(2.0)); }, 1},
      {"beta", {Family::beta, 0.7, 2.3}, [](double x) { return bm::cdf(Beta(0.7, 2.3), std::min(x, 1.0)); }, 1},
      {"gamma", {Family::gamma, 2.5, 7}, [](double x) { return bm::cdf(Gamma(2.5, 7 / 2.5), x); }, 1},
      {"gamma of a small shape", {Family::gamma, 0.2, 1}, [](double x) { return bm::cdf(Gamma(0.2, 5), x); }, 4},
      {"exponential", {Family::exponential, 4}, [](double x) { return 1 - std::exp(-x / 4); }, 1},
      {"sceptical", {Family::sceptical, -1, 3, 0},
       [](double x) { return x < 0 ? 0.25 * std::pow(1 + x, 3) : 1 - 0.75 * std::pow(1 - x / 3, 3); }, 1},
      {"sceptical to one side", {Family::sceptical, 1, 1.3, 1}, [](double x) { return 1 - std::pow(1 - (x - 1) / 0.3, 3); }, 0.3, false},
      {"weibull", {Family::weibull, 0.6, 9}, [](double x) { return 1 - std::exp(-std::pow(x / 9, 0.6)); }, 2},
  };
}

/// Largest distance between the empirical distribution function of `values` and `cdf`.
double distance(std::vector<double> const& sorted, Cdf const& cdf, std::function<double(double)> const& twist) {
  double worst = 0;
  double const n = static_cast<double>(sorted.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    double const f = cdf(twist(sorted[i]));
    worst = std::max({worst, f - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - f});
  }
  return worst;
}

/// Exceeded with probability 1e-9: 2 e^(-2 n D^2) (Massart, Ann. Prob. 18 (1990) 1269).
double bound(std::size_t n) { return std::sqrt(std::log(2e9) / 2 / static_cast<double>(n)); }

RngStream stream(std::uint64_t subkey = 0) { return {{.seed = 20'240'101}, 1, 2, subkey}; }

constexpr std::size_t sample_size = 150'000;

}  // namespace

TEST_CASE("every family has its closed-form distribution, and a twin that is off by 5 per cent has not", "[rng]") {
  for (auto const& [name, distribution, cdf, spread, is_scaled] : cases()) {
    INFO(name);
    REQUIRE_NOTHROW(check(distribution));
    RngStream random = stream();
    std::vector<double> values(sample_size);
    for (double& value : values) value = random.draw(distribution);
    std::sort(values.begin(), values.end());
    CHECK(distance(values, cdf, [](double x) { return x; }) < bound(sample_size));
    double const off = 0.05 * spread;
    bool const scales = is_scaled;
    auto const broken = [=](double x) { return scales ? x * (1 + off) : x + off; };
    CHECK(distance(values, [&](double x) { return std::clamp(cdf(x), 0.0, 1.0); }, broken) > bound(sample_size));
  }
}

TEST_CASE("a stream's own methods draw what their families draw", "[rng]") {
  RngStream a = stream(), b = stream();
  for (int i = 0; i < 2000; ++i) {
    REQUIRE(a.uniform(-3, 5) == b.draw({Family::uniform, -3, 5}));
    REQUIRE(a.exponential(4) == b.draw({Family::exponential, 4}));
    REQUIRE(a.normal(1, 2) == b.draw({Family::normal, 1, 2}));
    REQUIRE(a.lognormal(3, 0.5) == b.draw({Family::lognormal, 3, 0.5}));
    REQUIRE(a.weibull(0.6, 9) == b.draw({Family::weibull, 0.6, 9}));
    REQUIRE(a.gamma(2.5, 7) == b.draw({Family::gamma, 2.5, 7}));
    REQUIRE(a.beta(0.7, 2.3) == b.draw({Family::beta, 0.7, 2.3}));
  }
}

TEST_CASE("uniform lies in the open unit interval, on a grid that is symmetric about one half", "[rng]") {
  CHECK(RngStream::to_uniform(0) == 0x1p-53);
  CHECK(RngStream::to_uniform(~std::uint64_t{0}) == 1 - 0x1p-53);
  RngStream random = stream();
  std::vector<double> values(sample_size);
  for (double& u : values) {
    std::uint64_t const word = random.bits();
    u = RngStream::to_uniform(word);
    REQUIRE((u > 0 && u < 1));
    REQUIRE(1 - u == RngStream::to_uniform(~word));
  }
  std::sort(values.begin(), values.end());
  CHECK(distance(values, [](double x) { return x; }, [](double x) { return x; }) < bound(sample_size));
  CHECK(distance(values, [](double x) { return x; }, [](double x) { return x * x; }) > bound(sample_size));
}

TEST_CASE("bernoulli, below and poisson have their probabilities", "[rng]") {
  RngStream random = stream(3);
  constexpr int n = 400'000;
  // Beyond 6.2 standard deviations with probability below 1e-9.
  auto const is_near = [](int count, double p) {
    return std::fabs(count - n * p) < 6.2 * std::sqrt(n * p * (1 - p)) + 1;
  };
  int hits = 0;
  for (int i = 0; i < n; ++i) hits += random.bernoulli(0.3);
  CHECK(is_near(hits, 0.3));
  CHECK_FALSE(is_near(hits, 0.305));
  std::vector<int> counts(7, 0);
  for (int i = 0; i < n; ++i) ++counts.at(random.below(7));
  for (int const count : counts) CHECK(is_near(count, 1.0 / 7));
  for (double const mean : {0.4, 6.0, 40.0}) {
    std::vector<int> tally(200, 0);
    for (int i = 0; i < n; ++i) ++tally.at(random.poisson(mean));
    bool twin_passes = true;
    double below = 0, twin_below = 0;
    int seen = 0;
    for (std::size_t k = 0; k < tally.size(); ++k) {
      double const count = static_cast<double>(k);
      below += std::exp(count * std::log(mean) - mean - std::lgamma(count + 1));
      twin_below += std::exp(count * std::log(1.02 * mean) - 1.02 * mean - std::lgamma(count + 1));
      seen += tally[k];
      INFO("mean " << mean << ", count " << k);
      CHECK(is_near(seen, std::min(below, 1.0)));
      twin_passes = twin_passes && is_near(seen, std::min(twin_below, 1.0));
    }
    CHECK_FALSE(twin_passes);
  }
  CHECK_FALSE(random.bernoulli(0));
  CHECK(random.bernoulli(1));
  CHECK(random.below(1) == 0);
  CHECK(random.poisson(0) == 0);
  CHECK_THROWS(random.below(0));
}

TEST_CASE("every variate takes exactly one word, whatever its parameters", "[rng]") {
  std::vector<std::function<void(RngStream&)>> const draws{
      [](RngStream& r) { r.uniform(); },       [](RngStream& r) { r.uniform(2, 3); },
      [](RngStream& r) { r.bernoulli(0); },    [](RngStream& r) { r.below(10); },
      [](RngStream& r) { r.exponential(2); },  [](RngStream& r) { r.normal(0, 1); },
      [](RngStream& r) { r.lognormal(1, 1); }, [](RngStream& r) { r.weibull(2, 1); },
      [](RngStream& r) { r.gamma(0.1, 1); },   [](RngStream& r) { r.beta(0.1, 3); },
      [](RngStream& r) { r.poisson(0); },      [](RngStream& r) { r.poisson(500); },
      [](RngStream& r) { r.draw({Family::constant, 4}); }};
  for (auto const& draw : draws) {
    RngStream used = stream(5), skipped = stream(5);
    for (int i = 0; i < 7; ++i) {
      draw(used);
      skipped.bits();
      RngStream next = used, expected = skipped;
      REQUIRE(next.bits() == expected.bits());
    }
  }
}

TEST_CASE("quantiles do not decrease in u and stay within their bounds", "[rng]") {
  constexpr int steps = 20'000;
  for (auto const& [name, distribution, cdf, spread, is_scaled] : cases()) {
    INFO(name);
    double last = quantile(distribution, 0x1p-53);
    REQUIRE(std::isfinite(last));
    for (int i = 1; i <= steps; ++i) {
      double const u = i < steps ? static_cast<double>(i) / steps : 1 - 0x1p-53;
      double const value = quantile(distribution, u);
      REQUIRE(last <= value);
      last = value;
    }
    REQUIRE(std::isfinite(last));
    if (distribution.family == Family::uniform || distribution.family == Family::log_uniform ||
        distribution.family == Family::triangular || distribution.family == Family::sceptical)
      CHECK((quantile(distribution, 0x1p-53) >= distribution.a && last <= distribution.b));
  }
}

TEST_CASE("check refuses parameters that make no distribution and says why", "[rng]") {
  std::vector<Distribution> const wrong{
      {Family::constant, NAN},        {Family::uniform, 2, 1},          {Family::uniform, 0, INFINITY},
      {Family::log_uniform, 0, 1},    {Family::log_uniform, 2, 1},      {Family::triangular, 0, 1, 2},
      {Family::triangular, 1, 0, 0},  {Family::normal, 0, -1},          {Family::sceptical, 0, 1, 2},
      {Family::sceptical, 1, 0, 1},            {Family::lognormal, 0, 1},
      {Family::lognormal, 1, -1},     {Family::beta, 0, 1},             {Family::beta, 1, -1},
      {Family::gamma, 0, 1},          {Family::gamma, 1, 0},            {Family::exponential, 0},
      {Family::weibull, 0, 1},        {Family::weibull, 1, 0},          {static_cast<Family>(99), 1, 1}};
  for (Distribution const& distribution : wrong) {
    INFO(static_cast<int>(distribution.family) << " " << distribution.a << " " << distribution.b);
    CHECK_THROWS_AS(check(distribution), Error);
  }
  CHECK_THROWS_WITH(check({Family::uniform, 2, 1}), Catch::Contains("uniform(2, 1)") && Catch::Contains("swap"));
  CHECK_NOTHROW(check({Family::uniform, 1, 1}));
  CHECK(quantile({Family::triangular, 2, 2, 2}, 0.7) == 2);
  CHECK(quantile({Family::normal, 5, 0}, 0.7) == 5);
}
