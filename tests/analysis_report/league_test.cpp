#include <catch2/catch.hpp>

#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/report/analysis.hpp"
#include "sim/base/error.hpp"
#include "tests/analysis_report/synthetic_campaign.hpp"

using namespace analysis;
using nlohmann::json;
using Catch::Contains;
using synthetic::campaign;
using synthetic::plain_model;

namespace {

// Four treatments: the record, in which nations 0, 1 and 2 are members; nations 0, 1 and 2 each never joined.
MemorySource league_study() {
  auto source = campaign({}, [](synthetic::Moment const& m) {
    bool const outside = m.setting > 0 && m.nation == m.setting - 1;
    return 10 + m.level + m.noise + (outside ? static_cast<double>(m.setting) : 0.0);
  });
  auto& s = source.study;
  s.levers.clear();
  sim::Treatment record;
  for (int n = 0; n < 3; ++n) record.interventions.push_back({"", s.nations[static_cast<std::size_t>(n)], "CCDCOE", "membership", "SN", {2020, 1, 1}, {9999, 1, 1}});
  for (std::size_t t = 0; t < 4; ++t) {
    s.treatments[t] = record;
    s.treatments[t].name = t == 0 ? "none" : "without_" + s.nations[t - 1];
    if (t > 0) s.treatments[t].interventions.erase(s.treatments[t].interventions.begin() + static_cast<std::ptrdiff_t>(t - 1));
  }
  return source;
}

// The same with a fifth treatment in which nobody is a member: all lose 2, and members what they lose alone.
MemorySource regime_study() {
  auto source = league_study();
  auto& s = source.study;
  s.treatments.push_back(s.treatments[0]);
  s.treatments.back().name = "nobody";
  s.treatments.back().interventions.push_back({"end", "", "CCDCOE", "dissolution", "", {2020, 1, 1}, {9999, 1, 1}});
  std::size_t const per_point = s.futures * s.replications;
  for (std::size_t i = 0; i < per_point; ++i) {
    auto row = source.rows[i];
    row.key.point = 4;
    source.rows.push_back(row);
    for (std::size_t r = 0; r < s.responses.size(); ++r) {
      std::size_t const width = s.responses[r].per_nation ? s.nations.size() : 1;
      for (std::size_t n = 0; n < width; ++n) source.responses[r].push_back(source.responses[r][i * width + n] + 2 + (n < 3 ? static_cast<double>(n + 1) : 0.0));
    }
  }
  for (auto& series : source.series)
    for (auto& focal : series) focal.resize(source.rows.size() * s.focal_grid.size(), 1.0F);
  return source;
}

Analysis beside(MemorySource const& first, MemorySource second) {
  Options options;
  options.beside.push_back({std::make_shared<MemorySource>(std::move(second)), "other.h5"});
  return analyze(first, options);
}

MemorySource with_set(std::string const& name) {
  auto source = campaign({}, plain_model);
  source.study.resolved_study = "name = \"x\"\n\n[priors]\nset = \"" + name + "\"\n";
  return source;
}

}  // namespace

TEST_CASE("every nation stands in the table of the headline's treatment, with its exposure and adjusted p-value", "[report]") {
  auto const a = analyze(campaign({}, plain_model));
  REQUIRE(a.leagues.size() == 1);
  auto const& league = a.leagues[0];
  CHECK(league.kind == League::Kind::effect);
  REQUIRE(league.rows.size() == a.schema.nations.size());
  auto const& japan = league.rows[0];
  auto const* difference = &a.differences[0];
  for (auto const& d : a.differences)
    if (d.subject.response == league.response && d.subject.treatment == *league.treatment) difference = &d;
  CHECK(japan.change.mean == difference->value.mean);
  CHECK(japan.change.lo == difference->value.lo);
  CHECK(japan.p == difference->inference.p);
  CHECK(japan.exposure_years == Approx(6).margin(0.01));  // the window begins after the lever
  CHECK(japan.per_year.mean == Approx(japan.change.mean / japan.exposure_years));
  CHECK(japan.log_ratio.mean == Approx(std::log(1 + japan.relative)));
  CHECK(japan.holm_p >= japan.p);
  CHECK(league.family == league.rows.size());
}

TEST_CASE("exposure counts the days on which two treatments hold different interventions", "[report]") {
  auto source = league_study();
  auto& s = source.study;
  auto const& window = s.responses[0];
  auto const days = [&](std::size_t treatment) { return exposure_years(s, window, treatment, 0) * 365.25; };
  CHECK(days(1) == Approx(2191));  // all of 2022 to 2027
  s.treatments[0].interventions[0].to = {2024, 1, 1};  // the reference's own membership ends
  CHECK(days(1) == Approx(730));
  CHECK(std::isnan(days(0)));
  s.treatments[1].interventions.push_back(s.treatments[0].interventions[0]);
  s.treatments[1].interventions.back().from = {2023, 1, 1};  // joins late, then is in like the reference
  CHECK(days(1) == Approx(365));
}

TEST_CASE("a study that moves each nation alone has a table of their own treatments; two treatments of one nation have none", "[report]") {
  auto source = league_study();
  auto const a = analyze(source);
  REQUIRE(a.leagues.size() == 2);
  auto const& own = a.leagues[1];
  CHECK(own.kind == League::Kind::own);
  REQUIRE(own.rows.size() == 3);
  for (std::size_t n = 0; n < 3; ++n) {
    CHECK(own.rows[n].nation == n);
    CHECK(own.rows[n].treatment == n + 1);
    CHECK(own.rows[n].change.mean == Approx(static_cast<double>(n + 1)));
  }
  CHECK_THAT(a.headline.sentences.front(), Contains("In resilience loss, of 3 nations, each under the treatment that moves it alone, 0 are better off and 3 are worse off (") && Contains("once it is allowed for 3 tests (Holm)."));
  source.study.treatments[3].interventions = source.study.treatments[2].interventions;
  auto const without = analyze(source);
  CHECK(without.leagues.size() == 1);
  CHECK_THAT(without.headline.sentences.front(), !Contains("moves it alone"));
}

TEST_CASE("the regime effect less the members' own effects is what is left for the others and for overlap", "[report]") {
  CHECK(!analyze(league_study()).regime);
  auto const source = regime_study();
  auto const a = analyze(source);
  REQUIRE(a.regime);
  CHECK(a.regime->members == 3);
  CHECK(a.regime->regime.mean == Approx(-(2.0 * 6 + 6)));
  CHECK(a.regime->sum_direct.mean == Approx(-6));
  CHECK(a.regime->difference.mean == Approx(-12));
  CHECK(a.regime->histories == source.study.futures * source.study.replications);
  auto const j = json::parse(to_json(a));
  CHECK(j["regime"]["difference"]["mean"].get<double>() == Approx(-12));
  CHECK(to_text(a).find("GE - sum DE") != std::string::npos);
}

TEST_CASE("members whose membership is of the record, not of a lever, are taken out by withdrawals", "[report]") {
  auto source = regime_study();
  auto& treatments = source.study.treatments;
  for (std::size_t t = 0; t < 4; ++t) {
    treatments[t].interventions.clear();
    if (t > 0) treatments[t].interventions.push_back({"", source.study.nations[t - 1], "CCDCOE", "withdrawal", "", {2020, 1, 1}, {9999, 1, 1}});
  }
  treatments[4].interventions = {{"end", "", "CCDCOE", "dissolution", "", {2020, 1, 1}, {9999, 1, 1}}};
  auto const a = analyze(source);
  REQUIRE(a.regime);
  CHECK(a.regime->sum_direct.mean == Approx(-6));
  CHECK(a.regime->difference.mean == Approx(-12));
  REQUIRE(a.leagues.size() == 2);
  CHECK(a.leagues[1].kind == League::Kind::own);
  CHECK(a.leagues[1].rows.size() == 3);
  auto const with = [&](auto const& change) {
    auto other = source;
    change(other.study.treatments);
    return analyze(other).regime;
  };
  CHECK(with([](auto&) {}));
  CHECK(!with([](auto& all) { all[1].interventions[0].from = {2019, 1, 1}; }));  // out for longer than the organisation is gone
  CHECK(!with([](auto& all) { all[4].interventions.push_back(all[1].interventions[0]); }));  // more than the dissolution
  treatments[3].interventions[0].organisation = "EU";  // one member is not taken out of this one
  CHECK(!analyze(source).regime);
}

TEST_CASE("the last point of convergence is the analysis itself", "[report]") {
  auto const a = analyze(campaign({}, plain_model));
  REQUIRE(a.convergence.size() == 3);
  for (auto const& c : a.convergence) {
    CHECK((c.counts.front() == 2 && c.counts.back() == 12));
    CHECK(std::is_sorted(c.counts.begin(), c.counts.end()));
    for (auto const& d : a.differences) {
      if (d.subject.response != c.response || d.subject.nation != c.nation || d.subject.treatment != c.treatment) continue;
      CHECK((c.mean.back() == d.value.mean && c.lo.back() == d.value.lo && c.hi.back() == d.value.hi));
    }
  }
  synthetic::Size one;
  one.futures = 1;
  auto const single = analyze(campaign(one, plain_model));
  REQUIRE(single.convergence.size() == 3);
  CHECK(single.convergence[0].lo.back() == single.differences[0].value.lo);
  CHECK(!std::isnan(single.convergence[0].lo.back()));
  CHECK(log_spaced(0).empty());
  CHECK(log_spaced(1) == std::vector<std::size_t>{1});
  CHECK(log_spaced(100'000).size() == 20);
}

TEST_CASE("prior sets stand side by side, each with the numbers of its own analysis", "[report]") {
  auto const flat = with_set("flat");
  auto wide = with_set("wide");
  for (auto& x : wide.responses[0]) x *= 2;
  wide.study.futures = 11;  // one future fewer
  for (std::size_t i = wide.rows.size(); i-- > 0;)
    if (wide.rows[i].key.future == 11) synthetic::remove_row(wide, i);
  auto const alone = analyze(wide);
  auto const a = beside(flat, wide);
  REQUIRE(a.prior_sets);
  CHECK((a.prior_sets->sets[0].name == "flat" && a.prior_sets->sets[1].name == "wide"));
  REQUIRE(a.prior_sets->rows.size() == a.differences.size());
  for (std::size_t i = 0; i < a.differences.size(); ++i) {
    CHECK(a.prior_sets->rows[i].by_set[0].mean == a.differences[i].value.mean);
    CHECK(a.prior_sets->rows[i].by_set[1].mean == alone.differences[i].value.mean);
    CHECK(a.prior_sets->rows[i].by_set[1].futures == 11);
  }
  auto const& sentences = a.headline.sentences;
  CHECK(std::any_of(sentences.begin(), sentences.end(), [](auto const& s) { return s.starts_with("Under all two prior sets"); }));
  CHECK(to_text(a).find("Prior sets side by side") != std::string::npos);
}

TEST_CASE("an answer that depends on the prior set is said to, and not where noise alone makes the sets look different", "[report]") {
  auto const says = [](Analysis const& a, std::string const& start, std::string const& text) {
    auto const& all = a.headline.sentences;
    return std::any_of(all.begin(), all.end(), [&](auto const& s) { return s.starts_with(start) && s.find(text) != std::string::npos; });
  };
  auto nothing = campaign({}, [](synthetic::Moment const& m) { return 10 + m.level + m.noise; });
  nothing.study.resolved_study = with_set("sceptical").study.resolved_study;
  CHECK(says(beside(with_set("flat"), nothing), "The answer depends on the prior set", "only under flat"));
  auto noisy = with_set("sceptical");  // an interval that holds zero and all of the other one
  for (std::size_t i = 0; i < noisy.responses[0].size(); ++i) noisy.responses[0][i] = static_cast<double>(i * 7919 % 101);
  CHECK(says(beside(with_set("flat"), noisy), "By the prior sets one by one", "do not tell the sets apart"));
  auto single = with_set("sceptical");
  for (std::size_t i = single.rows.size(); i-- > 0;)
    if (single.rows[i].key.future > 0 || single.rows[i].key.replication > 0) synthetic::remove_row(single, i);
  auto const open = beside(with_set("flat"), single);
  CHECK(says(open, "Whether the prior sets agree is open", "no interval"));
  REQUIRE(open.prior_sets->notes.size() == 1);
  CHECK(open.prior_sets->notes[0].find("finished") != std::string::npos);
}

TEST_CASE("two campaigns of the same set are told apart by their studies; what not all have is left out with a note", "[report]") {
  auto other = with_set("flat");
  other.study.study = "again";
  other.study.treatments[3].name = "renamed";
  auto const a = beside(with_set("flat"), other);
  CHECK((a.prior_sets->sets[0].name == "japan_ccdcoe" && a.prior_sets->sets[1].name == "again"));
  CHECK(a.prior_sets->rows.size() == a.differences.size() / 3 * 2);
  REQUIRE(a.prior_sets->notes.size() == 1);
  CHECK(a.prior_sets->notes[0].find("renamed") != std::string::npos);
}

TEST_CASE("a campaign of another study is refused with what differs", "[report]") {
  auto const refused = [](auto const& change, std::string const& word) {
    auto other = with_set("wide");
    change(other.study);
    CHECK_THROWS_WITH(beside(with_set("flat"), other), Catch::Contains("other.h5") && Catch::Contains(word) && Catch::Contains("the same study"));
  };
  refused([](auto& s) { s.end = {2030, 1, 1}; }, "2030-01-01");
  refused([](auto& s) { s.reference = s.treatments[1].name; }, "reference");
  refused([](auto& s) { s.mechanisms_on = {"M1"}; }, "mechanisms");
  refused([](auto& s) { s.treatments[1].interventions[0].from = {2021, 1, 1}; }, "interventions");
  refused([](auto& s) { s.responses[0].unit = "1"; }, "unit");
}

TEST_CASE("every treatment says how many of its replications are there", "[report]") {
  auto source = campaign({}, plain_model);
  synthetic::spoil(source, {1, 3, 0}, sim::ReplicationStatus::failed);
  synthetic::spoil(source, {1, 4, 1}, sim::ReplicationStatus::censored);
  synthetic::remove_row(source, 0);
  auto const j = json::parse(to_json(analyze(source)));
  auto const& by = j["counts"]["by_treatment"];
  CHECK(by[0]["missing"] == 1);
  CHECK((by[1]["failed"] == 1 && by[1]["censored"] == 1 && by[1]["done"] == 34));
  for (auto const& s : j["summaries"])
    if (s["treatment"] == by[1]["treatment"]) CHECK(s["dropped"] == 2);
}
