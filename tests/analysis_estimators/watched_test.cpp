#include <catch2/catch.hpp>

#include <cmath>
#include <numeric>
#include <random>

#include "analysis/estimators/paired.hpp"
#include "analysis/estimators/proportion.hpp"
#include "analysis/estimators/quantile_interval.hpp"
#include "analysis/estimators/watched.hpp"

using namespace analysis;

namespace {

double const gap = undefined;

bool same(Estimate const& a, double mean, double lo, double hi) { return a.mean == mean && a.lo == lo && a.hi == hi; }
double width(Estimate const& e) { return e.hi - e.lo; }

// 24 futures x 4 replications of treatment and reference, some missing.
struct Campaign {
  std::vector<double> treatment, reference;
  Campaign() {
    std::mt19937_64 rng(11);
    std::normal_distribution<double> normal;
    for (int f = 0; f < 24; ++f) {
      double const level = normal(rng);
      for (int r = 0; r < 4; ++r) {
        reference.push_back(level + normal(rng));
        treatment.push_back(reference.back() - 0.5 + normal(rng) / 2);
      }
    }
    treatment[5] = reference[17] = reference[18] = gap;
  }
  Arm t() const { return {treatment, 24, 4}; }
  Arm r() const { return {reference, 24, 4}; }
};

std::vector<double> ones(std::size_t n, std::size_t of) {
  std::vector<double> all(of, 0.0);
  std::fill(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n), 1.0);
  return all;
}

}  // namespace

TEST_CASE("at 95 % a watched mean and CVaR are to the bit those of the analysis", "[estimators]") {
  Campaign const c;
  Arm const reference = c.r();
  auto const p = paired_difference(c.t(), c.r(), Worse::lower);
  Watched w{Statistic::mean, 0.5, 0, Worse::lower};
  CHECK(same(watched_interval(w, c.t(), &reference, 0.95), p.mean, p.lo, p.hi));
  auto const m = clustered_mean(c.t());
  CHECK(same(watched_interval(w, c.t(), nullptr, 0.95), m.mean, m.lo, m.hi));
  w.statistic = Statistic::cvar;
  CHECK(same(watched_interval(w, c.t(), &reference, 0.95), p.cvar95.mean, p.cvar95.lo, p.cvar95.hi));
  auto const v = cvar95_interval(c.t(), Worse::lower);
  CHECK(same(watched_interval(w, c.t(), nullptr, 0.95), v.mean, v.lo, v.hi));
}

TEST_CASE("a higher level never makes an interval narrower and leaves the estimate", "[estimators]") {
  Campaign const c;
  Arm const reference = c.r();
  for (auto const s : {Statistic::mean, Statistic::quantile, Statistic::cvar, Statistic::proportion}) {
    for (Arm const* r : {static_cast<Arm const*>(nullptr), &reference}) {
      Watched const w{s, 0.5, 0.2, Worse::higher};
      auto const narrow = watched_interval(w, c.t(), r, 0.9);
      auto const wide = watched_interval(w, c.t(), r, 0.99);
      CHECK(narrow.mean == wide.mean);
      CHECK((wide.lo <= narrow.lo && narrow.lo <= narrow.mean && narrow.mean <= narrow.hi && narrow.hi <= wide.hi));
      CHECK(width(wide) > width(narrow));
    }
  }
}

TEST_CASE("never seen is not never: a proportion of 0 or 1 has an interval", "[estimators]") {
  auto const none = ones(0, 40);
  auto const all = ones(40, 40);
  auto const e = proportion_interval(Arm{none, 40, 1});
  CHECK((e.mean == 0 && e.lo == 0));
  CHECK(e.hi == Approx(1 - std::pow(0.025, 1.0 / 40)).epsilon(1e-12));  // (1 - hi)^40 = .025
  auto const f = proportion_interval(Arm{all, 40, 1});
  CHECK((f.mean == 1 && f.hi == 1 && f.lo == Approx(1 - e.hi)));
}

TEST_CASE("of independent histories a proportion has the exact binomial interval", "[estimators]") {
  // /usr/bin/python3 -c "from scipy.stats import binomtest; print(binomtest(7, 50).proportion_ci(.95, 'exact'))"
  auto const x = ones(7, 50);
  auto const e = proportion_interval(Arm{x, 50, 1});
  CHECK(e.lo == Approx(0.05819170033997342).epsilon(1e-10));
  CHECK(e.hi == Approx(0.26739600249700846).epsilon(1e-10));
}

TEST_CASE("a rare event seen once at an early look does not rule the truth out", "[estimators]") {
  // Wilson's interval for 1 of 100 at 99.3 % would begin above .0011, where one success has probability .1.
  auto const x = ones(1, 100);
  CHECK(proportion_interval(Arm{x, 100, 1}, 0.993).lo < 1.0 - std::pow(1 - 0.0035, 1.0 / 100) + 1e-12);
}

TEST_CASE("with nothing seen, futures count and not their replications", "[estimators]") {
  auto const none = ones(0, 40);
  CHECK(proportion_interval(Arm{none, 10, 4}).hi > 2 * proportion_interval(Arm{none, 40, 1}).hi);
  CHECK(width(proportion_difference(Arm{none, 10, 4})) > 2 * width(proportion_difference(Arm{none, 40, 1})));
}

TEST_CASE("replications that always agree with their future add nothing to a proportion", "[estimators]") {
  std::vector<double> once, often;
  for (int f = 0; f < 30; ++f) {
    once.push_back(f % 3 == 0);
    often.insert(often.end(), 5, f % 3 == 0);
  }
  double const alone = width(proportion_interval(Arm{once, 30, 1}));
  CHECK(width(proportion_interval(Arm{often, 30, 5})) >= alone);  // a little wider: the design effect is an estimate
  CHECK(width(proportion_interval(Arm{often, 30, 5})) < 1.05 * alone);
  CHECK(design_effect(Arm{often, 30, 5}) == Approx(5).epsilon(0.01));
}

TEST_CASE("pairs that never differ still leave a difference of proportions in doubt", "[estimators]") {
  std::vector<double> const equal(50, 0.0);
  auto const e = proportion_difference(Arm{equal, 50, 1});
  CHECK(e.mean == 0);
  CHECK(e.lo == -e.hi);
  CHECK(e.hi > 0.035);
}

TEST_CASE("the interval of a difference of proportions is that of Agresti and Min", "[estimators]") {
  // Large n, so that t^2/2 is their 2 pairs up to the difference of 1.96^2/2 and 2: counts b = 30, c = 50 of n = 2000.
  std::vector<double> d(2000, 0.0);
  std::fill(d.begin(), d.begin() + 30, 1.0);
  std::fill(d.begin() + 30, d.begin() + 80, -1.0);
  auto const e = proportion_difference(Arm{d, 2000, 1});
  double const n = 2002, b = 30.5, c = 50.5;
  double const centre = (b - c) / n;
  double const half = 1.96 * std::sqrt((b + c) - (b - c) * (b - c) / n) / n;
  CHECK(e.mean == Approx(-0.01).epsilon(1e-14));
  CHECK(e.lo == Approx(centre - half).epsilon(2e-3));
  CHECK(e.hi == Approx(centre + half).margin(2e-5));
}

TEST_CASE("a quantile lies between order statistics of the data", "[estimators]") {
  std::vector<double> x(100);
  std::iota(x.begin(), x.end(), 1.0);
  auto const e = quantile_interval(Arm{x, 100, 1}, 0.5);
  CHECK((e.mean == 50.5 && e.lo == 40 && e.hi == 61));  // exact binomial: P(40 <= B(100, .5) <= 60) = .9648
}

TEST_CASE("too few histories beyond a quantile leave its bound open", "[estimators]") {
  std::vector<double> x(20);
  std::iota(x.begin(), x.end(), 1.0);
  auto const e = quantile_interval(Arm{x, 20, 1}, 0.95);
  CHECK(std::isnan(e.hi));
  CHECK_FALSE(std::isnan(e.lo));
  auto const d = quantile_difference(Arm{x, 20, 1}, Arm{x, 20, 1}, 0.95);
  CHECK((std::isnan(d.lo) && std::isnan(d.hi)));
}

TEST_CASE("common random numbers narrow the interval of a difference of quantiles", "[estimators]") {
  Campaign const c;
  auto const paired = quantile_difference(c.t(), c.r(), 0.5);
  std::vector<double> shifted(c.reference.begin() + 4,
                              c.reference.end());  // every future with its neighbour's reference
  shifted.insert(shifted.end(), c.reference.begin(), c.reference.begin() + 4);
  CHECK(width(paired) < 0.8 * width(quantile_difference(c.t(), Arm{shifted, 24, 4}, 0.5)));
}

TEST_CASE("a single future has intervals over its replications", "[estimators]") {
  Campaign const c;
  std::vector<double> one(c.treatment.begin() + 40, c.treatment.begin() + 72);
  for (auto const s : {Statistic::mean, Statistic::quantile, Statistic::cvar, Statistic::proportion}) {
    Watched const w{s, 0.5, 0, Worse::higher};
    auto const a = watched_interval(w, Arm{one, 1, 32}, nullptr, 0.95);
    auto const b = watched_interval(w, Arm{one, 32, 1}, nullptr, 0.95);
    CHECK(same(a, b.mean, b.lo, b.hi));
    CHECK(a.lo < a.hi);
  }
}

TEST_CASE("without data or with one unit nothing has an interval", "[estimators]") {
  for (double const only : {gap, 3.0}) {
    std::vector<double> x(12, gap);
    x[4] = only;
    Arm const arm{x, 6, 2};
    for (auto const s : {Statistic::mean, Statistic::quantile, Statistic::cvar, Statistic::proportion}) {
      for (Arm const* r : {static_cast<Arm const*>(nullptr), &arm}) {
        auto const e = watched_interval({s, 0.5, 0, Worse::higher}, arm, r, 0.95);
        CHECK((std::isnan(e.lo) && std::isnan(e.hi)));
      }
    }
  }
}

TEST_CASE("equal values so far are no evidence", "[estimators]") {
  std::vector<double> x(40, 2.5);
  Arm const arm{x, 40, 1};
  Watched const mean;
  Watched const cvar{Statistic::cvar, 0.5, 0, Worse::higher};
  Watched const quantile{Statistic::quantile, 0.5, 0, Worse::higher};
  CHECK(is_degenerate(mean, arm, nullptr));
  CHECK(is_degenerate(mean, arm, &arm));
  CHECK(is_degenerate(cvar, arm, nullptr));
  CHECK(is_degenerate(quantile, arm, &arm));
  for (std::size_t i = 0; i < 20; ++i) x[i] = static_cast<double>(i % 5);
  CHECK_FALSE(is_degenerate(mean, Arm{x, 40, 1}, nullptr));
  for (std::size_t i = 9; i < 20; ++i) x[i] = 2.5;  // nine or fewer differ
  CHECK(is_degenerate(mean, Arm{x, 40, 1}, nullptr));
}

TEST_CASE("a doubt has a reason, the first that holds", "[estimators]") {
  std::vector<double> x(50, 0.0);
  auto const doubt = [&](std::size_t n) { return doubt_about({}, Arm{x, n, 1}, nullptr); };
  x.resize(20);
  CHECK(doubt(20) == Doubt::few_units);
  x.resize(50);
  CHECK(doubt(50) == Doubt::equal_values);
  for (std::size_t i = 0; i < 12; ++i) x[i] = static_cast<double>(i * i * i);
  CHECK(doubt(50) == Doubt::skewed);
  std::iota(x.begin(), x.end(), 0.0);
  CHECK(doubt(50) == Doubt::none);
  CHECK(words_of(Doubt::none).empty());
  CHECK(words_of(Doubt::few_units) == "fewer than 30 independent units");
}

TEST_CASE("fewer than 30 units stop nothing", "[estimators]") {
  for (std::size_t const n : {29, 30}) {
    std::vector<double> x(n);
    std::iota(x.begin(), x.end(), 1.0);
    for (auto const s : {Statistic::mean, Statistic::quantile, Statistic::proportion}) {
      Watched const w{s, 0.5, 10, Worse::higher};
      CHECK(is_degenerate(w, Arm{x, n, 1}, nullptr) == (n < 30));
      CHECK(is_degenerate(w, Arm{x, 1, n}, nullptr) == (n < 30));  // a single future: its replications
    }
  }
}

TEST_CASE("pairs that all agree so far do not make a difference of quantiles certain", "[estimators]") {
  Campaign const c;
  auto const e = quantile_difference(c.r(), c.r(), 0.5);
  CHECK(e.mean == 0);
  CHECK(width(e) > 0.2 * width(quantile_interval(c.r(), 0.5)));
}

TEST_CASE("a mean is believed after 40 units for each square of their skewness", "[estimators]") {
  // Of n values a share p are 1, the others 0: skewness^2 = (1 - 2p)^2 / (p (1 - p)); p = .1 gives 7.1, hence 178
  // units.
  for (auto const& [n, believed] : {std::pair<std::size_t, bool>{280, false}, {290, true}}) {
    auto const x = ones(n / 10, n);
    CHECK(is_degenerate({}, Arm{x, n, 1}, nullptr) == !believed);
    CHECK_FALSE(is_degenerate({Statistic::proportion, 0.5, 1, Worse::higher}, Arm{x, n, 1}, nullptr));
  }
}
