#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/estimators/bootstrap.hpp"
#include "analysis/estimators/paired.hpp"
#include "analysis/estimators/proportion.hpp"
#include "analysis/estimators/quantile.hpp"
#include "analysis/estimators/quantile_interval.hpp"
#include "analysis/report/analysis.hpp"
#include "sim/campaign/sampling/unit_design.hpp"
#include "tests/analysis_report/designed_campaign.hpp"
#include "tests/analysis_sensitivity/test_functions.hpp"

using namespace analysis;
using namespace test_functions;

namespace {

constexpr int campaigns = 1000;

bool covers(Estimate const& e, double truth) { return e.lo <= truth && truth <= e.hi; }

// Differences of one campaign: what the factors do, and a draw that all futures of a unit share. [futures]
std::vector<double> differences(std::vector<double> const& of_factors, std::size_t together, double shared, std::uint32_t campaign) {
  std::vector<double> all;
  for (std::size_t f = 0; f < of_factors.size(); ++f) {
    sim::RngStream rng({7, static_cast<std::uint32_t>(f / together), campaign}, sim::stream_id("shared"), 0, 0);
    all.push_back(of_factors[f] + rng.normal(0, shared));
  }
  return all;
}

struct Coverage {
  double mean = 0, bca = 0, share = 0, median = 0, cvar = 0;
};

// Share of campaigns whose intervals hold the truth, with `unit_futures` taken for one independent unit.
template <class Campaign>
Coverage coverage(Campaign const& of, std::size_t unit_futures, double mean, double median, double cvar) {
  Coverage c;
  Bootstrap bootstrap(1);
  for (std::uint32_t i = 0; i < campaigns; ++i) {
    auto const values = of(i);
    Arm const arm{values, values.size(), 1, 1, unit_futures};
    std::vector<double> const zero(values.size(), 0.0);
    auto const p = paired_difference(arm, arm.with(zero), Worse::higher);
    c.mean += covers({p.units, p.mean, p.lo, p.hi}, mean);
    c.cvar += covers(p.cvar95, cvar);
    Pairs const pairs(arm, arm.with(zero));
    c.bca += i < 300 && covers(bootstrap.mean(pairs.unit_means()), mean);
    std::vector<double> above;
    for (double const x : values) above.push_back(x > median ? 1 : 0);
    c.share += covers(proportion_interval(arm.with(above)), 0.5);
    c.median += covers(quantile_interval(arm, 0.5), median);
  }
  c.bca *= campaigns / 300.0;
  return {c.mean / campaigns, c.bca / campaigns, c.share / campaigns, c.median / campaigns, c.cvar / campaigns};
}

// 40 rows of Saltelli's layout of independent points with Ishigami's function, whose mean is 3.5.
std::vector<double> ishigami_rows(std::uint32_t campaign) {
  return differences(saltelli_of_random(3, 40, campaign, ishigami), 5, 3, campaign);
}

// 20 trajectories of Morris with a linear function, whose mean over the design is 4 / 2 - 2 / 2.
std::vector<double> linear_trajectories(std::uint32_t campaign) {
  auto const design = sim::morris_design({campaign, 20, {"a", "b", "c"}}, 4);
  return differences(at_points(design, 3, [](double const* u) { return 4 * u[0] - 2 * u[1]; }), 4, 1, campaign);
}

// Truth of median and CVaR95 from many rows.
std::pair<double, double> truth_of_rows() {
  std::vector<double> all;
  for (std::uint32_t i = 0; i < 2000; ++i) {
    auto const some = ishigami_rows(100'000 + i);
    all.insert(all.end(), some.begin(), some.end());
  }
  return {quantile(sorted(all), 0.5), cvar95(all, Worse::higher)};
}

bool says(std::vector<std::string> const& texts, std::string const& part) {
  return std::any_of(texts.begin(), texts.end(), [&](auto const& t) { return t.find(part) != std::string::npos; });
}

double linear(double const* u) { return 4 * u[0] - 2 * u[1]; }

}  // namespace

TEST_CASE("intervals over Saltelli rows cover the truth in 95 of 100 campaigns, those over futures do not", "[report]") {
  auto const [median, cvar] = truth_of_rows();
  auto const rows = coverage(ishigami_rows, 5, 3.5, median, cvar);
  INFO("rows " << rows.mean << " " << rows.bca << " " << rows.share << " " << rows.median << " " << rows.cvar);
  CHECK(rows.mean == Approx(0.95).margin(0.014));
  CHECK(rows.bca == Approx(0.95).margin(0.035));  // 300 campaigns
  CHECK(rows.share > 0.936);
  CHECK(rows.median > 0.936);
  auto const futures = coverage(ishigami_rows, 1, 3.5, median, cvar);
  INFO("futures " << futures.mean << " " << futures.bca << " " << futures.share << " " << futures.median << " " << futures.cvar);
  CHECK(futures.mean < 0.80);
  CHECK(futures.bca < 0.80);
  CHECK(futures.share < 0.85);
  CHECK(futures.median < 0.85);
  CHECK(rows.cvar > futures.cvar + 0.05);
}

// Prints what docs/methods/estimators.md says.
TEST_CASE("CVaR95 of rows, by their number", "[.][coverage]") {
  double const truth = truth_of_rows().second;
  for (std::size_t const rows : {128, 400, 800}) {
    auto const of = [rows](std::uint32_t i) { return differences(saltelli_of_random(3, rows, i, ishigami), 5, 3, i); };
    int hits = 0;
    for (std::uint32_t i = 0; i < campaigns; ++i) {
      auto const values = of(i);
      hits += covers(cvar95_interval(Arm{values, values.size(), 1, 1, 5}, Worse::higher), truth);
    }
    WARN(rows << " rows: " << hits << " of " << campaigns);
  }
}

TEST_CASE("intervals over Morris trajectories cover the mean of the design, those over futures do not", "[report]") {
  auto const whole = coverage(linear_trajectories, 4, 1, 1, 0), futures = coverage(linear_trajectories, 1, 1, 1, 0);
  INFO(whole.mean << " " << futures.mean);
  CHECK(whole.mean == Approx(0.95).margin(0.014));
  CHECK(futures.mean < 0.85);
}

TEST_CASE("the analysis of a Saltelli design counts rows, and says so", "[report]") {
  auto const source = designed::campaign({"saltelli", 3, 40, 2, 2}, linear);
  auto const a = analyze(source);
  auto const& p = a.differences.front().value;
  CHECK(p.futures == 200);
  CHECK(p.units == 40);
  CHECK(a.summaries.front().mean.n == 40);
  CHECK(a.discovery.futures == 40);
  auto other = source;  // the same numbers as futures of their own
  other.study.sampling.type = "random";
  auto const narrow = analyze(other);
  CHECK(p.mean == Approx(narrow.differences.front().value.mean).epsilon(1e-12));
  CHECK(p.hi - p.lo > 1.5 * (narrow.differences.front().value.hi - narrow.differences.front().value.lo));
  CHECK(p.monte_carlo_se > 1.5 * narrow.differences.front().value.monte_carlo_se);
  CHECK(a.differences.front().inference.sign.median.n == 40);
  CHECK(a.differences.front().inference.bca.n == 40);
  CHECK(a.convergence.front().counts.front() == 10);
  CHECK(a.convergence.front().counts.back() == 200);
  CHECK(a.robustness.numbers.back().mean.n == 40);
  CHECK(a.robustness.numbers.back().satisficing.n == 40);
  CHECK(says(a.headline.sentences, "rests on 40 independent units of 200 futures"));
  CHECK(says(a.headline.caveats, "40 units of 200 futures"));
  auto const j = nlohmann::json::parse(to_json(a));
  CHECK(j["study"]["independent_units"] == nlohmann::json::parse(R"({"design": "saltelli", "futures_a_unit": 5, "estimates_priors": true})"));
  CHECK(j["paired_differences"][0]["units"] == 40);
  CHECK(j["summaries"][0]["units"] == 40);
  CHECK_FALSE(nlohmann::json::parse(to_json(narrow))["paired_differences"][0].contains("units"));
}

TEST_CASE("a row that is not whole counts with the futures it has, one that is empty not at all", "[report]") {
  auto source = designed::campaign({"saltelli", 3, 10}, linear);
  for (auto& row : source.rows)
    if (row.key.future == 7 || row.key.future / 5 == 3) row.status = sim::ReplicationStatus::failed;
  auto const p = analyze(source).differences.front().value;
  CHECK(p.futures == 44);
  CHECK(p.units == 9);
  CHECK(std::isfinite(p.lo));
  for (auto& row : source.rows)
    if (row.key.future / 5 != 0) row.status = sim::ReplicationStatus::failed;
  auto const one = analyze(source);  // the spread within a row is no spread between rows
  CHECK(one.differences.front().value.units == 1);
  CHECK(std::isnan(one.differences.front().value.lo));
  CHECK(std::isnan(one.summaries.front().mean.lo));
  CHECK(std::isnan(one.summaries.front().quantiles[2].value.lo));
  CHECK(std::isnan(one.differences.front().inference.p));
  CHECK(std::isnan(one.robustness.numbers.front().satisficing.lo));
  for (auto const& choice : one.robustness.choices) CHECK(choice.tied_with.size() == 1);
}

TEST_CASE("Morris and one at a time describe the points of the design and say so", "[report]") {
  auto const morris = analyze(designed::campaign({"morris", 3, 20, 1, 1}, linear));
  CHECK(morris.differences.front().value.units == 20);
  CHECK(std::isfinite(morris.differences.front().value.lo));
  CHECK(says(morris.headline.sentences, "This describes the points of a design of type morris (20 independent units of 80 futures) and is no estimate of the mean under the priors."));
  CHECK(says(morris.headline.caveats, "estimate nothing under the priors"));
  CHECK_FALSE(says(morris.headline.sentences, "(draws of the uncertain factors)"));
  CHECK(nlohmann::json::parse(to_json(morris))["study"]["independent_units"]["estimates_priors"] == false);

  auto const one = analyze(designed::campaign({"one_at_a_time", 3, 0, 2, 1}, linear));
  auto const& d = one.differences.front();
  CHECK(d.value.units == 1);
  CHECK(std::isfinite(d.value.mean));
  for (double const bound : {d.value.lo, d.value.hi, d.value.relative_lo, d.value.cvar95.lo, d.inference.p, d.inference.sign.p, d.inference.bca.lo, d.inference.equivalence.p,
                             d.inference.quantiles[1].value.lo, d.inference.variance.lo, one.convergence.front().lo.back(), one.robustness.numbers.front().mean.lo})
    CHECK(std::isnan(bound));
  CHECK(says(one.headline.sentences, "they are one independent unit, so there is no interval"));
  CHECK(says(one.headline.caveats, "no interval or test over futures is given"));
}

TEST_CASE("the number of futures that share draws is the same for the model and for the analysis", "[report]") {
  for (auto const* type : {"random", "saltelli", "morris", "table"}) {
    sim::ResultSchema s;
    s.sampling.type = type;
    s.sampling.factors = {"a", "b", "c"};
    std::size_t const together = unit_futures(s);
    for (std::uint32_t f = 0; f < 40; ++f) CHECK(sim::future_of_draws(s.sampling, f) == f - f % together);
  }
}
