#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "analysis/report/analysis.hpp"
#include "tests/analysis_report/designed_campaign.hpp"
#include "tests/analysis_report/synthetic_campaign.hpp"

using namespace analysis;
using designed::Design;

namespace {

double linear(double const* u) { return 4 * u[0] - 2 * u[1] + 0 * u[2]; }

double linear_in_two(double const* u) { return 4 * u[0] - 2 * u[1]; }

bool says(std::vector<std::string> const& texts, std::string const& part) {
  return std::any_of(texts.begin(), texts.end(), [&](auto const& t) { return t.find(part) != std::string::npos; });
}

nlohmann::json json_of(MemorySource const& source) { return nlohmann::json::parse(to_json(analyze(source)))["sensitivity"]; }

}  // namespace

TEST_CASE("a Saltelli layout gives Sobol indices, delta, Shapley effects and slopes of the difference", "[report]") {
  auto const a = analyze(designed::campaign({"saltelli", 3, 512}, linear));
  REQUIRE(a.sensitivity);
  auto const& s = *a.sensitivity;
  CHECK(s.factors[0].sobol->first.value == Approx(0.8).margin(0.03));
  CHECK(s.factors[1].sobol->total.value == Approx(0.2).margin(0.03));
  CHECK(s.factors[2].sobol->total.value == Approx(0).margin(1e-9));
  CHECK(s.factors[0].delta->index.value > s.factors[1].delta->index.value);
  CHECK(s.factors[0].shapley->value == Approx(0.8).margin(0.1));
  CHECK(s.factors[0].ten_percent.value == Approx(4 * 0.05));
  CHECK(s.factors[1].ten_percent.value == Approx(-2 * 0.05));
  CHECK(s.by_ignorance == std::vector<std::size_t>{0, 1, 2});
  CHECK(s.by_leverage == std::vector<std::size_t>{0, 1, 2});
  CHECK(says(a.headline.sentences, "spread of the difference over futures: x0: "));
  CHECK(says(a.headline.sentences, "moves the difference most, among effects that chance could not have made, through x0: +0.2 days"));
}

TEST_CASE("Morris gives mu*, and neither delta nor Shapley effects", "[report]") {
  auto const a = analyze(designed::campaign({"morris", 3, 20}, linear));
  auto const& s = *a.sensitivity;
  CHECK(s.factors[0].morris->mu.value == Approx(4 * 0.75));  // from 1/8 to 7/8 of the prior
  CHECK(s.factors[1].morris->mu_star.value == Approx(2 * 0.75));
  CHECK(s.factors[1].ten_percent.value == Approx(-0.1));
  CHECK_FALSE(s.factors[0].delta);
  CHECK(says(s.notes, "no independent draws"));
  CHECK(s.by_ignorance == std::vector<std::size_t>{0, 1, 2});
}

TEST_CASE("a factor that does nothing has indices of exactly 0 among all the noise, because futures share draws", "[report]") {
  auto const a = analyze(designed::campaign({"saltelli", 3, 2048, 2, 2}, linear));
  auto const& s = *a.sensitivity;
  CHECK(s.noise.share.value == Approx(2 / (2 + 20.0 / 12)).margin(0.13));  // six standard errors of 2,048 rows that share their noise
  CHECK(s.factors[2].sobol->total.value == 0);
  CHECK(s.factors[2].sobol->first.value == 0);
  double const factors = 20.0 / 12, all = factors + 2;  // two replications halve a variance of 4
  CHECK(s.factors[0].sobol->total.value == Approx(0.8 * factors / all).margin(0.05));
  CHECK(s.factors[1].sobol->total.value == Approx(0.2 * factors / all).margin(0.03));
  CHECK(says(s.notes, "add up to less than 1"));
  CHECK(says(a.headline.sentences, "x0: "));
  for (std::uint32_t const replications : {1u, 2u}) {
    auto const morris = analyze(designed::campaign({"morris", 3, 20, replications, 2}, linear));
    CHECK(morris.sensitivity->factors[2].morris->mu_star.value == 0);
    CHECK(morris.sensitivity->factors[0].morris->mu.value == Approx(4 * 0.75));
    CHECK(says(morris.sensitivity->notes, "mu* and mu of exactly 0"));
  }
}

TEST_CASE("a single trajectory says that it gives no intervals, not that nothing matters", "[report]") {
  auto const a = analyze(designed::campaign({"morris", 3, 1, 2, 0.5}, linear));
  CHECK(says(a.headline.sentences, "For what each of the 3 factors that vary does no interval can be given"));
  CHECK_FALSE(says(a.headline.sentences, "none stands out"));
  CHECK_FALSE(says(a.headline.sentences, "has no effect"));
}

TEST_CASE("one at a time gives exact effects of an equal change", "[report]") {
  auto const once = analyze(designed::campaign({"one_at_a_time", 3}, linear));
  CHECK(once.sensitivity->factors[0].ten_percent.value == Approx(0.2));
  CHECK(std::isnan(once.sensitivity->factors[0].ten_percent.lo));
  CHECK(says(once.headline.sentences, "through x0: +0.2 days, x1: -0.1 days"));
  CHECK(says(once.headline.sentences, "no interval can be given for any of the 3 factors that vary"));
  CHECK_FALSE(says(once.headline.sentences, "has no effect"));
  auto const often = analyze(designed::campaign({"one_at_a_time", 3, 0, 200, 0.1}, linear));
  auto const& effect = often.sensitivity->factors[1].ten_percent;
  CHECK(effect.value == Approx(-0.1).margin(0.01));
  CHECK((effect.lo < -0.1 && effect.hi > -0.1 && effect.hi - effect.lo < 0.01));
}

TEST_CASE("random futures find the factors that matter and say nothing of those that do not", "[report]") {
  auto const a = analyze(designed::campaign({"random", 5, 400, 2, 0.3}, linear));
  auto const& s = *a.sensitivity;
  CHECK(s.by_ignorance[0] == 0);
  CHECK(s.by_leverage[1] == 1);
  CHECK(s.noise.share.value == Approx(0.045 / (20.0 / 12 + 0.045)).margin(0.01));
  CHECK_FALSE(s.factors[0].sobol);
  CHECK(says(a.headline.sentences, "x0: delta"));
  for (auto const& sentence : a.headline.sentences)
    for (char const* inert : {"x2", "x3", "x4"}) CHECK(sentence.find(inert) == std::string::npos);
}

TEST_CASE("where all is noise, nothing stands out and the caveats say how much is noise", "[report]") {
  auto const a = analyze(designed::campaign({"random", 20, 200, 3, 1}, [](double const*) { return 0.0; }));
  CHECK(says(a.headline.sentences, "none stands out from what chance alone could make"));
  CHECK(says(a.headline.sentences, "has no effect on the difference that chance alone could not have made"));
  CHECK(says(a.headline.caveats, "Monte Carlo noise, no factor's doing"));
}

TEST_CASE("too few futures, equal differences and no factors are said, not shown as 0", "[report]") {
  auto const few = analyze(designed::campaign({"random", 3, 10}, linear));
  CHECK(says(few.sensitivity->notes, "they want 50 and 200 independent futures, there are 10"));
  CHECK(says(few.sensitivity->notes, "a regression wants 20 futures"));
  CHECK(few.sensitivity->by_ignorance.empty());
  CHECK(few.sensitivity->by_leverage.empty());
  auto const equal = analyze(designed::campaign({"random", 3, 60}, [](double const*) { return 0.0; }));
  CHECK(says(equal.sensitivity->notes, "same in every future"));
  auto constant = designed::campaign({"random", 3, 60}, linear);
  std::fill(constant.study.factor_values.begin(), constant.study.factor_values.end(), 0.5);
  CHECK_FALSE(analyze(constant).sensitivity);
  auto const one = analyze(designed::campaign({"random", 3, 1}, linear));
  CHECK_FALSE(one.sensitivity);
}

TEST_CASE("failed futures are counted and take their row of the layout with them", "[report]") {
  auto source = designed::campaign({"saltelli", 3, 256}, linear);
  for (std::uint32_t const future : {7u, 8u, 600u}) synthetic::spoil(source, {1, future, 0}, sim::ReplicationStatus::failed);
  auto const a = analyze(source);
  auto const& s = *a.sensitivity;
  CHECK(s.futures == 5 * 256);
  CHECK(s.used == 5 * 254);  // futures 7 and 8 share a row
  CHECK(says(s.notes, "2 rows of the layout of 256 left out whole"));
  CHECK(s.factors[0].sobol->first.value == Approx(0.8).margin(0.05));
  auto none = designed::campaign({"morris", 3, 20}, linear);
  none.rows.clear();
  none.responses[0].clear();
  CHECK(says(analyze(none).sensitivity->notes, "Fewer than two futures"));
}

TEST_CASE("correlated factors are regressed together, and not at all where futures are too few for them", "[report]") {
  auto source = designed::campaign({"random", 3, 300}, linear);
  auto& s = source.study;
  for (std::size_t f = 0; f < s.futures; ++f) s.factor_values[3 * f + 2] = (s.factor_values[3 * f] + s.factor_values[3 * f + 2]) / 2;
  s.sampling.correlations = {"x0 and x2 0.7"};
  auto const together = analyze(source);
  CHECK(together.sensitivity->factors[2].ten_percent.value == Approx(0).margin(0.02));
  s.sampling.correlations.clear();
  CHECK(analyze(source).sensitivity->factors[2].ten_percent.value > 0.1);
  auto table = designed::campaign({"table", 3, 39}, linear);
  CHECK(says(analyze(table).sensitivity->notes, "10 for each of them"));
}

TEST_CASE("of very many futures a random part is taken, and said", "[report]") {
  auto const a = analyze(designed::campaign({"random", 2, 20'500}, linear_in_two));
  CHECK(a.sensitivity->used == 20'500);
  CHECK(a.sensitivity->factors[0].ten_percent.units == 20'000 - 1);
  CHECK(a.sensitivity->factors[1].ten_percent.value == Approx(-0.1).margin(0.01));
  CHECK(says(a.sensitivity->notes, "take 20,000 futures drawn at random"));
}

TEST_CASE("the sensitivity part of the JSON has every key of the documented format and is the same every time", "[report]") {
  auto const source = designed::campaign({"saltelli", 3, 128}, linear);
  auto const j = json_of(source);
  for (char const* key : {"response", "nation", "treatment", "reference", "output", "design", "futures", "used", "left_out", "left_out_reason", "noise_share",
                          "shapley_explained", "factors", "second_order", "by_ignorance", "by_leverage", "notes"})
    CHECK(j.contains(key));
  for (char const* key : {"name", "sobol", "morris", "delta", "shapley", "ten_percent"}) CHECK(j["factors"][0].contains(key));
  CHECK(j["factors"][0]["morris"].is_null());
  CHECK(j["factors"][0]["ten_percent"]["step_of"] == "median");
  CHECK(j["noise_share"]["value"].is_null());  // one replication
  CHECK(j["by_ignorance"][0] == "x0");
  CHECK(j == json_of(source));
}
