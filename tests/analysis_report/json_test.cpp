#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "analysis/report/report_data.hpp"
#include "tests/analysis_report/synthetic_campaign.hpp"

using namespace analysis;
using nlohmann::json;
using synthetic::campaign;
using synthetic::plain_model;

namespace {

void has_keys(json const& object, std::vector<std::string> const& keys) {
  for (auto const& key : keys) {
    INFO(key);
    CHECK(object.contains(key));
  }
}

std::vector<std::string> const summary_keys{"response", "nation", "treatment", "n", "mean", "lo", "hi", "sd", "q05", "q25", "q50",
                                            "q75", "q95", "cvar95", "cvar95_lo", "cvar95_hi"};
std::vector<std::string> const difference_keys{
    "response", "nation", "treatment", "reference", "mean", "lo", "hi", "n", "futures", "sd", "monte_carlo_se", "future_sd",
    "predictive_lo", "predictive_hi", "relative", "share_better", "share_equal", "variance_reduction", "cvar95_difference",
    "exactly_zero"};

void check_analysis(json const& a) {
  has_keys(a, {"format", "study", "counts", "failures", "responses", "summaries", "paired_differences", "factorial", "spillover", "placebo"});
  CHECK(a["format"] == 1);
  has_keys(a["study"], {"name", "title", "question", "reference", "seed", "futures", "replications", "start", "record_from", "end",
                        "treatments", "levers", "focal", "mechanisms_on", "interval"});
  CHECK(a["study"]["seed"] == "18446744073709551615");
  CHECK(a["study"]["interval"] == 0.95);
  has_keys(a["study"]["treatments"][1], {"name", "label", "levels"});
  has_keys(a["counts"], {"planned", "done", "failed", "censored"});
  has_keys(a["responses"][0], {"name", "unit", "definition", "per_nation", "window", "higher_is_worse"});
  CHECK(a["responses"][0]["window"] == json::array({"2022-01-01", "2028-01-01"}));
  has_keys(a["summaries"][0], summary_keys);
  has_keys(a["paired_differences"][0], difference_keys);
  CHECK(a["paired_differences"].back()["nation"].is_null());
  has_keys(a["factorial"], {"levers", "effects"});
  has_keys(a["factorial"]["effects"][0], {"response", "nation", "terms", "mean", "lo", "hi", "n"});
  has_keys(a["spillover"][0], {"response", "treatment", "reference", "group", "mean", "lo", "hi", "n"});
  has_keys(a["placebo"], {"first_difference", "pairs", "equal_before", "identical_throughout"});
}

}  // namespace

TEST_CASE("the analysis has every key of the documented format", "[report]") {
  auto const a = json::parse(to_json(analyze(campaign({}, plain_model))));
  check_analysis(a);
  CHECK(a["paired_differences"].size() == 9);
  CHECK(a["summaries"].size() == 12);
}

TEST_CASE("the report's data have every key of the documented format", "[report]") {
  auto const d = json::parse(report_data(campaign({}, plain_model)));
  has_keys(d, {"format", "analysis", "headline", "nations", "map", "distributions", "difference_distributions", "curves",
               "interventions", "factors", "provenance", "commands"});
  check_analysis(d["analysis"]);
  has_keys(d["headline"], {"nation", "treatment", "reference", "response", "sentences", "caveats"});
  CHECK(d["headline"]["nation"] == "JPN");
  has_keys(d["nations"][0], {"iso3", "name", "member"});
  CHECK(d["nations"][0]["member"] == true);
  has_keys(d["map"][0], {"response", "treatment", "mean", "lo", "hi", "relative"});
  CHECK(d["map"][0]["mean"].size() == d["nations"].size());
  for (auto const* list : {"distributions", "difference_distributions"}) {
    has_keys(d[list][0], {"response", "nation", "treatment", "probabilities", "quantiles"});
    CHECK(d[list][0]["probabilities"].size() == 41);
    CHECK(d[list][0]["quantiles"].size() == 41);
  }
  CHECK(d["difference_distributions"][0]["values"].size() == d["analysis"]["study"]["futures"]);
  has_keys(d["curves"][0], {"series", "unit", "nation", "treatment", "dates", "mean", "q05", "q25", "q50", "q75", "q95"});
  has_keys(d["interventions"][0], {"treatment", "lever", "date", "to", "nation", "action"});
  CHECK((d["interventions"][0]["to"].is_null() && d["interventions"][0]["date"] == "2019-04-01"));
  has_keys(d["factors"][0], {"name", "unit", "prior", "meaning", "source", "grade", "correlation"});
  CHECK(d["factors"][0]["grade"] == "D");
  has_keys(d["provenance"][0], {"key", "value"});
  CHECK(d["commands"].size() >= 3);
}

TEST_CASE("what is undefined is null and nothing is NaN", "[report]") {
  for (synthetic::Size const size : {synthetic::Size{2, 6, 1, 1, 1}, {1, 6, 1, 1, 4}, {1, 6, 1, 5, 1}}) {
    auto const text = report_data(campaign(size, plain_model));
    CHECK_NOTHROW(json::parse(text));  // JSON has neither NaN nor infinity
  }
  auto const single = json::parse(to_json(analyze(campaign({2, 6, 1, 1, 1}, plain_model))));
  CHECK(single["paired_differences"][0]["lo"].is_null());
  CHECK(single["paired_differences"][0]["mean"].is_number());
  auto none = campaign({}, plain_model);
  none.rows.clear();
  none.series[0][0].clear();
  for (auto& r : none.responses) r.clear();
  auto const empty = json::parse(report_data(none));
  CHECK(empty["analysis"]["paired_differences"][0]["mean"].is_null());
}

TEST_CASE("analysis keeps full precision, the page six digits", "[report]") {
  auto const source = campaign({}, plain_model);
  double const full = json::parse(to_json(analyze(source)))["paired_differences"][0]["mean"];
  double const page = json::parse(report_data(source))["analysis"]["paired_differences"][0]["mean"];
  CHECK(full == analyze(source).differences[0].value.mean);
  CHECK(page != full);
  CHECK(page == Approx(full).epsilon(1e-5));
}

TEST_CASE("the same results give the same bytes", "[report]") {
  CHECK(report_data(campaign({}, plain_model)) == report_data(campaign({}, plain_model)));
}
