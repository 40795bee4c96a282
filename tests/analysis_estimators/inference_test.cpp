#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <random>

#include "analysis/estimators/bootstrap.hpp"
#include "analysis/estimators/holm.hpp"
#include "analysis/estimators/log_ratio.hpp"
#include "analysis/estimators/paired.hpp"
#include "analysis/estimators/quantile.hpp"
#include "analysis/estimators/quantile_interval.hpp"
#include "analysis/estimators/sign_test.hpp"
#include "analysis/estimators/t_test.hpp"
#include "analysis/estimators/variance_shares.hpp"

using namespace analysis;

namespace {

std::vector<double> normals(std::size_t n, unsigned seed, double mean = 0) {
  std::mt19937_64 rng(seed);
  std::normal_distribution<double> normal(mean, 1);
  std::vector<double> values(n);
  for (double& x : values) x = normal(rng);
  return values;
}

}  // namespace

TEST_CASE("a selection gives the order statistics of a full sort, in any order of asking, and ignores NaN", "[estimators]") {
  auto values = normals(999, 3);
  values[17] = values[500] = undefined;
  for (std::size_t i = 0; i < 100; ++i) values[i * 7] = 1;
  auto const ascending = sorted(values);
  Selection selection(values);
  std::mt19937_64 rng(1);
  for (int i = 0; i < 300; ++i) {
    std::size_t const rank = rng() % ascending.size();
    REQUIRE(selection.at(rank) == ascending[rank]);
    auto const rest = selection.from(rank);
    REQUIRE(*std::min_element(rest.begin(), rest.end()) == ascending[rank]);
    REQUIRE(selection.before(rank).size() == rank);
  }
  for (double const p : {0.0, 0.05, 0.5, 0.999, 1.0}) CHECK(selection.quantile(p) == quantile(ascending, p));
}

TEST_CASE("the t test rejects at 5 % exactly where the 95 % interval leaves the value out", "[estimators]") {
  auto const m = moments(normals(11, 7));
  Estimate const e = mean_interval(m);
  CHECK(t_test(m, e.lo) == Approx(0.05).epsilon(1e-12));
  CHECK(t_test(m, e.hi) == Approx(0.05).epsilon(1e-12));
  CHECK(t_test(m, m.mean) == Approx(1));
}

TEST_CASE("without spread a test is certain, and of fewer than two values there is none", "[estimators]") {
  CHECK(t_test(moments(std::vector{2.0, 2.0})) == 0);
  CHECK(t_test(moments(std::vector{0.0, 0.0})) == 1);
  CHECK(std::isnan(t_test(moments(std::vector{2.0}))));
  CHECK(std::isnan(t_test({})));
}

TEST_CASE("equivalence is shown where the 90 % interval lies within the bound, and not where the mean is only not significant", "[estimators]") {
  auto const m = moments(normals(40, 2));
  Estimate const ninety = mean_interval(m, 0.9);
  double const reach = std::max(-ninety.lo, ninety.hi);
  CHECK(equivalence_test(m, reach * 1.001).verdict == Verdict::negligible);
  CHECK(equivalence_test(m, reach * 0.999).verdict == Verdict::unclear);
  CHECK(equivalence_test(m, reach).p == Approx(0.05));
  CHECK(equivalence_test(moments(normals(40, 2, 5)), 1).verdict == Verdict::larger);
  CHECK(equivalence_test(moments(normals(40, 2, -5)), 1).verdict == Verdict::smaller);
  CHECK(std::isnan(equivalence_test(m, 0).p));
  CHECK(std::isnan(equivalence_test(m, undefined).p));
  CHECK(equivalence_test({1, 0.0, undefined}, 1).verdict == Verdict::unclear);
  CHECK(equivalence_test(moments(std::vector{0.0, 0.0}), 1).verdict == Verdict::negligible);
}

TEST_CASE("the sign test counts signs and leaves zeros out", "[estimators]") {
  CHECK(fair_binomial_cdf(2, 10) == Approx(56 / 1024.0).epsilon(1e-13));
  std::vector<double> values{1, 2, 3, 4, 5, 6, 7, 8, -1, -2, 0, 0, undefined};
  SignTest const t = sign_test(values);
  CHECK(t.p == Approx(2 * 56 / 1024.0).epsilon(1e-13));
  CHECK(t.median.n == 12);
  CHECK(t.median.mean == 2.5);
  CHECK(sign_test(std::vector<double>(4, 0.0)).p == 1);
  CHECK(std::isnan(sign_test({}).p));
}

TEST_CASE("the interval of the median is that of the order statistics the exact test does not reject, from six values on", "[estimators]") {
  std::vector<double> values{5, 1, 4, 2, 3};
  CHECK(std::isnan(sign_test(values).median.lo));
  values.push_back(6);
  CHECK(sign_test(values).median.lo == 1);
  CHECK(sign_test(values).median.hi == 6);
  values.clear();
  for (int i = 40; i > 0; --i) values.push_back(i);
  SignTest const t = sign_test(values);  // ranks 14 and 27, in every table of the sign test
  CHECK((t.median.lo == 14 && t.median.hi == 27));
  CHECK((t.median.mean == 20.5));
  std::vector<double> const equal(50, 0.1);
  SignTest const e = sign_test(equal);
  CHECK((e.median.lo == 0.1 && e.median.hi == 0.1 && e.median.mean == 0.1));
}

TEST_CASE("Holm's adjustment multiplies by the tests that are left, never falls, and leaves out what is undefined", "[estimators]") {
  std::vector<double> const p{0.01, 0.04, undefined, 0.03, 0.005};
  Holm const h = holm(p);
  CHECK((h.family == 4 && h.left_out == 1));
  CHECK(h.adjusted[4] == Approx(0.02));
  CHECK(h.adjusted[0] == Approx(0.03));
  CHECK(h.adjusted[3] == Approx(0.06));
  CHECK(h.adjusted[1] == Approx(0.06));  // 0.04 alone would be less than the step before
  CHECK(std::isnan(h.adjusted[2]));
  CHECK(holm(std::vector{0.9, 0.8}).adjusted[0] == 1);
  CHECK(holm({}).family == 0);
}

TEST_CASE("a bootstrap gives the same interval again, whatever was asked before, and another one for another seed", "[estimators]") {
  auto const values = normals(40, 9);
  Bootstrap first(7), second(7), other(8);
  (void)second.mean(normals(25, 1));
  Estimate const a = first.mean(values), b = second.mean(values), c = other.mean(values);
  CHECK((a.lo == b.lo && a.hi == b.hi));
  CHECK(a.lo != c.lo);
  CHECK((a.lo < a.mean && a.mean < a.hi));
  Estimate const t = mean_interval(values);
  CHECK((a.hi - a.lo) / (t.hi - t.lo) == Approx(1).margin(0.1));
}

TEST_CASE("the BCa interval reaches farther on the long side of skewed values", "[estimators]") {
  std::vector<double> values;
  for (double const z : normals(60, 4)) values.push_back(std::exp(z));
  Bootstrap bootstrap(1);
  Estimate const e = bootstrap.mean(values);
  CHECK(e.hi - e.mean > 1.2 * (e.mean - e.lo));
  for (double& x : values) x = -x;
  Estimate const m = bootstrap.mean(values);
  CHECK(m.mean - m.lo > 1.2 * (m.hi - m.mean));
}

TEST_CASE("the bootstrap is undefined for too few and too many units, and certain for equal ones", "[estimators]") {
  Bootstrap bootstrap(1);
  CHECK(std::isnan(bootstrap.mean(std::vector{1.0, 2.0, 3.0, 4.0, 5.0}).lo));
  CHECK(std::isnan(bootstrap.mean(std::vector<double>(10'001, 1.0)).lo));
  std::vector<double> equal(8, 0.1);
  equal.push_back(undefined);
  Estimate const e = bootstrap.mean(equal);
  CHECK((e.lo == 0.1 && e.hi == 0.1 && e.n == 8));
  CHECK(bootstrap.mean({}).n == 0);
}

TEST_CASE("nested shares find the parts of a variance, and none where all values are equal", "[estimators]") {
  std::mt19937_64 rng(11);
  std::normal_distribution<double> normal;
  std::vector<double> values;
  for (int f = 0; f < 4000; ++f) {
    double const level = 2 * normal(rng);
    for (int r = 0; r < 4; ++r) values.push_back(level + normal(rng));
  }
  auto const v = nested_shares(future_moments(Arm{values, 4000, 4}));
  CHECK(v.method == VarianceShares::Method::nested);
  CHECK(v.parametric == Approx(0.8).margin(0.02));
  CHECK(v.parametric + v.monte_carlo == 1);
  CHECK((v.lo < v.parametric && v.parametric < v.hi));
  std::vector<double> const equal(12, 3.0);
  CHECK(nested_shares(future_moments(Arm{equal, 4, 3})).method == VarianceShares::Method::none);
  CHECK(nested_shares(future_moments(Arm{equal, 12, 1})).method == VarianceShares::Method::none);
  std::vector<double> const steps{1, 1, 2, 2, 3, 3};
  auto const all = nested_shares(future_moments(Arm{steps, 3, 2}));
  CHECK((all.parametric == 1 && all.lo == 1 && all.hi == 1));
}

TEST_CASE("a regression on the factors explains what is linear in them, ignores idle and repeated ones, and needs futures to spare", "[estimators]") {
  std::size_t const futures = 400;
  auto const a = normals(futures, 1), b = normals(futures, 2), noise = normals(futures, 3);
  std::vector<double> factors, y;
  std::vector<std::size_t> used;
  for (std::size_t f = 0; f < futures; ++f) {
    factors.insert(factors.end(), {a[f], b[f], 2 * a[f] + 1, 5.0});
    y.push_back(3 * a[f] + noise[f]);
    used.push_back(f);
  }
  FactorBasis const basis(factors, 4, used);
  CHECK(basis.rank() == 2);
  auto const v = basis.shares(y);
  CHECK(v.method == VarianceShares::Method::regression);
  CHECK(v.parametric == Approx(0.9).margin(0.02));
  CHECK(basis.shares(noise).parametric < 0.02);
  CHECK(basis.shares(std::vector<double>(futures, 1.0)).method == VarianceShares::Method::none);
  used.resize(22);
  CHECK(FactorBasis(factors, 4, used).shares(std::span(y).first(22)).method == VarianceShares::Method::none);
}

TEST_CASE("a regression holds no more for more futures than which they are, and other units or collinear factors change nothing", "[estimators]") {
  std::size_t const futures = 20000;
  std::vector<double> two, scaled, y;
  std::vector<std::size_t> used;
  for (std::size_t f = 0; f < futures; ++f) {
    double const a = static_cast<double>(f * 7919 % 10007) / 10007, b = static_cast<double>(f * 104729 % 9973) / 9973;
    two.insert(two.end(), {a, b});
    scaled.insert(scaled.end(), {1e6 + 1e3 * a, a + 1e-3 * b, 5 - a});
    y.push_back(2 * a - b + static_cast<double>(f * 31 % 101) / 101);
    if (f % 3 != 0) used.push_back(f);
  }
  std::vector<double> of_used;
  for (std::size_t const f : used) of_used.push_back(y[f]);
  FactorBasis const plain(two, 2, used), other(scaled, 3, used);
  CHECK(plain.rank() == 2);
  CHECK(other.rank() == 2);
  CHECK(other.shares(of_used).parametric == Approx(plain.shares(of_used).parametric).epsilon(1e-6));
  CHECK(other.bytes() - sizeof(std::size_t) * used.size() < 200);
}

TEST_CASE("a bootstrap gives the same bounds whatever numbers of units came before, also when its room is full", "[estimators]") {
  Bootstrap many(3);
  std::vector<double> values;
  for (std::size_t i = 0; i < 10000; ++i) values.push_back(static_cast<double>(i * i % 1009));
  auto const all = std::span<double const>(values);
  for (std::size_t units = 9990; units <= 10000; ++units) many.mean(all.first(units));
  for (std::size_t const units : {9990, 9999, 10000}) {
    Estimate const kept = many.mean(all.first(units)), fresh = Bootstrap(3).mean(all.first(units));
    CHECK(kept.lo == fresh.lo);
    CHECK(kept.hi == fresh.hi);
  }
}

TEST_CASE("the log ratio of means is exact for proportional arms and undefined where a mean is not positive", "[estimators]") {
  std::vector<double> x{1, 2, 3, 4, 5, 6}, y;
  for (double const v : x) y.push_back(2 * v);
  auto const of = [](std::vector<double> const& v) { return future_moments(Arm{v, v.size(), 1}); };
  Estimate const e = log_ratio(of(y), of(x));
  CHECK(e.mean == Approx(std::log(2)));
  CHECK(e.hi - e.lo == Approx(0).margin(1e-12));
  CHECK(std::isnan(log_ratio(of(std::vector<double>(6, 0.0)), of(x)).mean));
  CHECK(std::isnan(log_ratio(of({1}), of({2})).lo));
}

TEST_CASE("pairs that are not whole are left out of both arms, and complete ones are not copied", "[estimators]") {
  std::vector<double> const t{1, 2, undefined, 4}, r{1, undefined, 3, 5};
  Pairs const pairs(Arm{t, 2, 2}, Arm{r, 2, 2});
  CHECK(!pairs.are_complete());
  CHECK(std::isnan(pairs.treatment().values[1]));
  CHECK(pairs.treatment().values[3] == 4);
  CHECK(pairs.unit_means() == std::vector<double>{0, -1});
  std::vector<double> const u{1, 2, undefined, 4}, v{1, 3, undefined, 5};
  Pairs const whole(Arm{u, 2, 2}, Arm{v, 2, 2});
  CHECK(whole.are_complete());
  CHECK(whole.treatment().values.data() == u.data());
}
