#include <catch2/catch.hpp>

#include <cmath>
#include <random>

#include "analysis/estimators/control.hpp"
#include "analysis/estimators/paired.hpp"

using namespace analysis;

namespace {

// Differences of one campaign; the reference is 0 everywhere.
struct Campaign {
  std::size_t futures, replications;
  std::vector<double> zeros, difference;
  std::vector<std::vector<double>> controls;
  std::size_t unit = 1;
  Arm arm(std::vector<double> const& values) const { return {values, futures, replications, unit}; }
  ControlledDifference adjusted() const {
    std::vector<ControlArms> all;
    for (auto const& control : controls) all.push_back({"control", arm(control), arm(zeros)});
    return controlled_difference(arm(difference), arm(zeros), all);
  }
  PairedDifference plain() const { return paired_difference(arm(difference), arm(zeros), Worse::higher); }
};

Campaign known_campaign() {
  return {24, 2, std::vector<double>(48, 0.0),
          {1.1, 0.1, -2.2, -0.8, -2.4, -1.6, -1.3, 1.4, 0.7, -1.1, -0.5, 0.6, -0.8, -2, 0.7, -1, 3.7, 2.4, -1.4, 0, -0.3, 1.2, 0.9, -3.6, 0, 0.9, 4.2, -0.8, 0.7,
           -0.3, -1.2, -1.4, 3.2, 1.7, 3.8, 0.9, 1.6, 0.6, 0, 1.2, 3.4, 0.4, -2.7, 0.1, 1.7, -0.8, 0.1, -0.5},
          {{0.4, 0.8, -1.6, -0.3, -1, -0.2, -1.3, 0, 0, -0.3, -1, -0.4, -1.1, -1.4, 0.2, -1.1, 1.2, 0.7, -2, 0.3, -1.1, 0, 0, -2, -0.2, -0.3, 1, -1.2, 0.7, -1.1,
           -0.3, -0.8, 1.4, 0.6, 2.4, 0.6, 0.8, 0.8, -0.6, -0.1, 1.4, -0.4, 0.2, 0, 0.6, -0.4, -0.2, 0.2},
           {-0.8, 1.9, -0.4, -0.1, 1.3, 2.3, 0.6, -0.9, 0.7, 2.7, -0.2, -0.1, -0.3, 0.7, 0.8, -0.1, -1, 0, -0.6, 2.3, -0.3, -0.2, -0.2, 0.8, -0.8, -0.4, -0.9,
           0.1, 2.1, -0.7, -0.2, -0.2, -0.8, 0.6, -0.5, 0, -0.1, 1, -1, -1, -0.7, -0.5, 4.5, 0.5, -0.1, 0.7, -0.3, 0.7}}};
}

bool covers(Estimate const& e, double truth) { return e.lo <= truth && truth <= e.hi; }

// A difference of mean 1 in which two controls of mean 0 and a future's own effect are hidden; skewed where `skew`.
Campaign drawn(std::mt19937_64& rng, std::size_t futures, bool skew, double bias = 0) {
  std::normal_distribution<double> normal;
  auto const chance = [&] { return skew ? std::exp(normal(rng)) - std::exp(0.5) : normal(rng); };
  Campaign c{futures, 2, std::vector<double>(futures * 2, 0.0), {}, {{}, {}}};
  for (std::size_t f = 0; f < futures; ++f) {
    double const effect = 1 + 0.3 * normal(rng);
    for (int r = 0; r < 2; ++r) {
      double const a = chance(), b = chance();
      c.controls[0].push_back(a + bias);
      c.controls[1].push_back(b);
      c.difference.push_back(effect + 1.2 * a - 0.7 * b + 0.5 * chance());
    }
  }
  return c;
}

}  // namespace

TEST_CASE("the adjusted difference is that of numpy's least squares with its jackknife", "[estimators]") {
  auto const d = known_campaign().adjusted();
  CHECK(d.weights[0] == Approx(1.53188678).epsilon(1e-7));
  CHECK(d.weights[1] == Approx(-0.71119745).epsilon(1e-7));
  CHECK(d.adjusted.mean == Approx(0.5770116998117409).epsilon(1e-12));
  CHECK(d.adjusted.lo == Approx(0.3197333329025197).epsilon(1e-10));
  CHECK(d.adjusted.hi == Approx(0.8342900667209622).epsilon(1e-10));
  CHECK(d.plain == Approx(0.22083333333333335).epsilon(1e-12));
  CHECK(d.factor == Approx(5.006251920997137).epsilon(1e-9));
  CHECK(d.shift.lo == Approx(-0.9133340363661729).epsilon(1e-9));
  CHECK(d.shift.hi == Approx(0.2009773034093577).epsilon(1e-9));
  CHECK((d.adjusted.n == 24 && !d.too_few));
}

TEST_CASE("a lower level gives a narrower interval around the same mean", "[estimators]") {
  Campaign const c = known_campaign();
  std::vector<ControlArms> const one{{"control", c.arm(c.controls[0]), c.arm(c.zeros)}};
  auto const wide = controlled_difference(c.arm(c.difference), c.arm(c.zeros), one), narrow = controlled_difference(c.arm(c.difference), c.arm(c.zeros), one, 0.8);
  CHECK(wide.adjusted.mean == narrow.adjusted.mean);
  // Quantiles of Student's t with 22 degrees of freedom.
  CHECK((narrow.adjusted.hi - narrow.adjusted.mean) / (wide.adjusted.hi - wide.adjusted.mean) == Approx(1.3212367 / 2.0738731).epsilon(1e-6));
}

TEST_CASE("without controls the adjusted difference is the paired one", "[estimators]") {
  Campaign c = known_campaign();
  c.controls.clear();
  auto const d = c.adjusted();
  auto const p = c.plain();
  CHECK(d.adjusted.mean == Approx(p.mean).margin(1e-15));
  CHECK(d.adjusted.lo == Approx(p.lo).epsilon(1e-10));
  CHECK(d.adjusted.hi == Approx(p.hi).epsilon(1e-10));
  CHECK((d.factor == Approx(1).epsilon(1e-10) && d.shift.mean == 0));
}

TEST_CASE("controls that say nothing new are dropped, and why is said", "[estimators]") {
  Campaign c = known_campaign();
  auto const before = c.adjusted();
  std::vector<double> sum;
  for (std::size_t i = 0; i < 48; ++i) sum.push_back(2 * c.controls[0][i] - c.controls[1][i]);
  c.controls.insert(c.controls.begin(), std::vector<double>(48, 0.0));
  c.controls.push_back(sum);
  auto const d = c.adjusted();
  CHECK(d.uses == std::vector{ControlUse::constant, ControlUse::used, ControlUse::used, ControlUse::collinear});
  CHECK((d.weights[0] == 0 && d.weights[3] == 0));
  CHECK(d.adjusted.mean == Approx(before.adjusted.mean).epsilon(1e-12));
  CHECK(d.adjusted.hi == Approx(before.adjusted.hi).epsilon(1e-10));
}

TEST_CASE("too few futures for a regression leave the plain difference", "[estimators]") {
  Campaign c = known_campaign();
  c.futures = 21;
  c.difference.resize(42), c.zeros.resize(42), c.controls[0].resize(42), c.controls[1].resize(42);
  auto const d = c.adjusted();
  auto const p = c.plain();
  CHECK(d.too_few);
  CHECK(d.adjusted.mean == Approx(p.mean));
  CHECK(d.adjusted.hi == Approx(p.hi).epsilon(1e-10));
  CHECK(d.weights == std::vector{0.0, 0.0});
}

TEST_CASE("a single future is adjusted over its pairs, and a difference of zero stays zero", "[estimators]") {
  Campaign c = known_campaign();
  c.futures = 1, c.replications = 48;
  auto const d = c.adjusted();
  CHECK((d.adjusted.n == 48 && d.factor > 4));
  c.difference.assign(48, 0.0);
  auto const none = c.adjusted();
  CHECK((none.adjusted.mean == 0 && none.adjusted.lo == 0 && none.adjusted.hi == 0));
}

TEST_CASE("a control that differs in one future only does not upset the interval", "[estimators]") {
  Campaign c = known_campaign();
  c.controls = {std::vector<double>(48, 0.0)};
  c.controls[0][6] = 1e3;
  auto const d = c.adjusted();
  CHECK((std::isfinite(d.adjusted.lo) && std::isfinite(d.adjusted.hi)));
}

TEST_CASE("adjusted intervals cover the truth, with normal and with skewed numbers", "[estimators]") {
  for (bool const skew : {false, true}) {
    std::mt19937_64 rng(11);
    int hits = 0, oracle_hits = 0, shift_hits = 0;
    double gain = 0;
    for (int i = 0; i < 1000; ++i) {
      Campaign const c = drawn(rng, 60, skew);
      auto const d = c.adjusted();
      hits += covers(d.adjusted, 1);
      Campaign rest = c;  // what is left with weights that are known
      for (std::size_t k = 0; k < rest.difference.size(); ++k) rest.difference[k] += -1.2 * c.controls[0][k] + 0.7 * c.controls[1][k];
      auto const p = rest.plain();
      oracle_hits += covers({60, p.mean, p.lo, p.hi}, 1);
      shift_hits += covers(d.shift, 0);
      gain += d.factor / 1000;
    }
    INFO((skew ? "skewed" : "normal") << " hits " << hits << " oracle " << oracle_hits << " shifts " << shift_hits << " gain " << gain);
    CHECK(hits >= (skew ? oracle_hits - 10 : 936));  // what is left is skewed, too: hard for every t interval
    CHECK(hits <= 970);
    CHECK(shift_hits >= (skew ? 910 : 936));
    CHECK(gain > 3);
  }
}

TEST_CASE("a control whose mean is not what it is said to be is seen in the shift", "[estimators]") {
  std::mt19937_64 rng(12);
  int hits = 0, seen = 0;
  for (int i = 0; i < 200; ++i) {
    auto const d = drawn(rng, 60, false, 0.4).adjusted();
    hits += covers(d.adjusted, 1);
    seen += !covers(d.shift, 0);
  }
  CHECK(hits < 20);
  CHECK(seen > 150);
}
