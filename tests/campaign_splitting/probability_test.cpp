// What splitting estimates, against the closed form of M/M/1 overflow: without bias, and for far less work than crude sampling.
#include <catch2/catch.hpp>

#include <cmath>

#include "analysis/estimators/mean.hpp"
#include "analysis/estimators/rare.hpp"
#include "tests/campaign_splitting/overflow_runs.hpp"

namespace {

constexpr double z_max = 6.11;  // |z| of a normal number exceeds it with a probability of 1e-9

double z_of(std::vector<double> const& values, double expected) {
  analysis::Moments const m = analysis::moments(values);
  return (m.mean - expected) / std::sqrt(m.variance / static_cast<double>(m.n));
}

}  // namespace

TEST_CASE("over a thousand runs the mean estimate is the probability, at every level", "[splitting]") {
  auto const overflow = overflow::up_to(10, 50);
  auto const records = overflow::run_all(overflow, 1000);
  for (std::size_t k = 0; k < overflow.levels.size(); ++k) {
    double const p = queue::reach_probability(overflow.load, static_cast<std::uint32_t>(overflow.levels[k]));
    INFO("level " << overflow.levels[k] << ", p " << p);
    auto const values = overflow::response_from_last(records, overflow.levels.size() + 1 - k);
    CHECK(std::fabs(z_of(values, p)) < z_max);
    CHECK(std::fabs(z_of(values, 1.5 * p)) > z_max);  // half as much again would be noticed
  }
}

TEST_CASE("the work of crude sampling is told without bias from histories that were split", "[splitting]") {
  auto const overflow = overflow::up_to(10, 50);
  double const p = queue::reach_probability(0.5, 10), steps = (1 - 10 * p) * 3;  // of the walk from 1 until 0 or 10
  CHECK(std::fabs(z_of(overflow::response_from_last(overflow::run_all(overflow, 1000), 1), steps)) < z_max);
}

TEST_CASE("probabilities down to 1e-12 lie within their intervals", "[splitting]") {
  struct Case {
    std::uint32_t capacity, effort, runs;
  };
  for (Case const& c : {Case{20, 200, 40}, Case{30, 300, 30}, Case{40, 400, 30}}) {
    auto const values = overflow::estimates(overflow::run_all(overflow::up_to(c.capacity, c.effort), c.runs));
    double const p = queue::reach_probability(0.5, c.capacity);
    auto const [estimate, error, never_seen] = analysis::rare_probability({values, 1, values.size()});
    INFO("p " << p << ", estimate " << estimate.mean << " from " << estimate.lo << " to " << estimate.hi);
    CHECK(estimate.lo <= p);
    CHECK(p <= estimate.hi);
    CHECK(error < 0.25);
  }
}

TEST_CASE("at 1e-6 splitting takes less than a hundredth of the work of crude sampling at equal error", "[splitting]") {
  auto const records = overflow::run_all(overflow::up_to(20, 200), 200);
  double const p = queue::reach_probability(0.5, 20);
  analysis::Moments const estimate = analysis::moments(overflow::estimates(records));
  double const events = analysis::moments(overflow::response_from_last(records, 0)).mean, steps = (1 - 20 * p) * 3;
  double const gain = (1 - p) / p * steps / (estimate.variance / (p * p) * events);
  INFO("gain " << gain << ", relative deviation of a run " << std::sqrt(estimate.variance) / p << ", events " << events);
  CHECK(gain > 100);
}

TEST_CASE("of a thousand campaigns of ten runs of 100 histories at 1e-3 at least 936 have the probability within their interval", "[splitting]") {
  std::size_t const campaigns = 1000, runs = 10;
  auto const values = overflow::estimates(overflow::run_all(overflow::up_to(10, 100), campaigns * runs));
  double const p = queue::reach_probability(0.5, 10);
  std::size_t covered = 0, covered_t = 0;
  for (std::size_t c = 0; c < campaigns; ++c) {
    std::span<double const> const own(values.data() + c * runs, runs);
    auto const estimate = analysis::rare_probability({own, 1, runs}).estimate;
    covered += estimate.lo <= p && p <= estimate.hi ? 1 : 0;
    auto const t = analysis::mean_interval(own);
    covered_t += t.lo <= p && p <= t.hi ? 1 : 0;
  }
  INFO(covered << " of " << campaigns << "; by the plain t interval " << covered_t);
  CHECK(covered >= 936);
}
