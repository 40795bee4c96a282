#include <catch2/catch.hpp>

#include "sim/base/contracts.hpp"
#include "sim/base/error.hpp"
#include "tests/campaign_study/test_vocabulary.hpp"

using namespace sim;
using namespace sim::test;

namespace {

using Names = std::vector<std::string>;

Study study_of(std::string const& text, std::vector<Override> const& overrides = {}) {
  return parse_study({"s.toml", text}, overrides, vocabulary());
}

Names treatment_names(Study const& study) {
  Names names;
  for (auto const& treatment : study.treatments) names.push_back(treatment.name);
  return names;
}

Names lever_names(Treatment const& treatment) {
  Names names;
  for (auto const& lever : treatment.interventions) names.push_back(lever.lever);
  return names;
}

std::string lever(std::string const& name, std::string const& action, std::string const& from) {
  return "[[levers]]\nname = \"" + name + "\"\nnation = \"JPN\"\n" +
         (action == "attribution_policy" ? "" : "organisation = \"CCDCOE\"\n") + "action = \"" + action +
         "\"\nfrom = " + from + "\n";
}

}  // namespace

TEST_CASE("a study that says little gets every default", "[campaign]") {
  auto const s = study_of(replaced(good_study(), "warm_up_years = 3\n", ""));
  CHECK(s.title == "small");
  CHECK(s.question.empty());
  CHECK(s.world == "world");
  CHECK(option(s, "assets_per_sector") == 4);
  CHECK(option(s, "displacement") == 0.5);
  CHECK_THROWS_AS(option(s, "none"), ContractViolation);
  CHECK(s.start == Date{2012, 1, 1});
  CHECK(s.record_from == Date{2015, 1, 1});
  CHECK(s.end == Date{2028, 1, 1});
  CHECK(s.event_limit == 50'000'000);
  CHECK(s.focal == Names{"JPN"});
  CHECK(s.mechanisms_on == Names{"M1", "M2", "M3", "M5", "M6", "M8", "M9"});
  CHECK(is_on(s, "M9"));
  CHECK_FALSE(is_on(s, "M10"));
  CHECK(s.prior_set == "flat");
  CHECK(s.factors.size() == 3);
  CHECK_FALSE(s.factors[0].overridden);
  CHECK(s.levers.at(0).levels.at(0).status == "CP");
  CHECK(s.levers.at(0).levels.at(0).to == never);
  CHECK(s.design.type == "full_factorial");
  CHECK(s.reference == "none");
  CHECK(s.responses.size() == 16);
  CHECK(s.responses[3].window_from == s.record_from);
  CHECK(s.responses[3].window_to == s.end);
  CHECK(s.series.size() == 2);
  CHECK(s.focal_step_days == 7);
  CHECK(s.other_step_days == 91);
  CHECK(s.text == replaced(good_study(), "warm_up_years = 3\n", ""));
}

TEST_CASE("the numbers of replications default to 100 futures of 5", "[campaign]") {
  auto const s = study_of(replaced(good_study(), "futures = 4\nreplications = 2\n", ""));
  CHECK(s.futures == 100);
  CHECK(s.replications == 5);
  CHECK(replication_count(s) == 2 * 100 * 5);
}

TEST_CASE("a factorial expands to all subsets, lever i in treatment t where bit i of t is set", "[campaign]") {
  auto const head = good_study().substr(0, good_study().find("[[levers]]"));
  auto const s = study_of(head + lever("a", "liaison", "2019-03-01") + lever("b", "exercise", "2021-04-13") +
                          lever("c", "membership", "2022-11-04"));
  CHECK(treatment_names(s) == Names{"none", "a", "b", "a+b", "c", "a+c", "b+c", "a+b+c"});
  for (std::size_t t = 0; t < 8; ++t) {
    REQUIRE(s.treatments[t].levels.size() == 3);
    std::size_t held = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK(s.treatments[t].levels[i] == static_cast<int>(t >> i & 1u));
      held += t >> i & 1u;
    }
    CHECK(s.treatments[t].interventions.size() == held);
  }
  CHECK(s.treatments[6].interventions[1].from == Date{2022, 11, 4});
  CHECK(s.treatments[0].label == "no lever");
  CHECK(s.treatments[7].label == "a + b + c");
}

TEST_CASE("the flagship is a 2^4 factorial of dated levers on one nation", "[campaign]") {
  auto const s = load_study("configs/studies/japan_ccdcoe.toml", {}, vocabulary());
  CHECK(s.treatments.size() == 16);
  CHECK(s.treatments[15].name == "liaison+exercise+attribution+membership");
  CHECK(s.levers[0].levels[0].from == Date{2019, 3, 1});
  CHECK(s.levers[1].levels[0].from == Date{2021, 4, 13});
  CHECK(s.levers[2].levels[0].from == Date{2021, 4, 20});
  CHECK(s.levers[2].levels[0].organisation.empty());
  CHECK(s.levers[3].levels[0].from == Date{2022, 11, 4});
  CHECK(s.seed == 20221104);
  CHECK(replication_count(s) == 8000);
}

TEST_CASE("the delay study moves membership alone, and all steps at their factual spacing", "[campaign]") {
  auto const s = load_study("configs/studies/delay.toml", {}, vocabulary());
  CHECK(s.reference == "joins_2022");
  auto days = [&](std::string const& treatment) {
    std::vector<std::int64_t> from;
    for (auto const& t : s.treatments)
      if (t.name == treatment)
        for (auto const& i : t.interventions) from.push_back(to_time(i.from).ticks / day.ticks);
    return from;
  };
  auto const fact = days("joins_2022"), four = days("all_2018"), two = days("all_2020");
  REQUIRE(fact.size() == 4);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(fact[i] - four.at(i) == 1461);
    CHECK(fact[i] - two.at(i) == (i == 1 ? 731 : 730));  // 29 February 2020 lies between the exercises
  }
  for (auto const& t : s.treatments) CHECK(days(t.name).back() == fact[3]);
  CHECK(days("joins_2018").at(0) == fact[0]);
  CHECK(days("joins_2018").at(2) == four[2]);
  CHECK(days("nothing") == std::vector<std::int64_t>{fact[3]});  // the policy is held at its recorded date
}

TEST_CASE("the study of Berylia is of its own world, and compares never, all steps and the exercise alone", "[campaign]") {
  auto const s = load_study("configs/studies/berylia.toml", {}, vocabulary());
  CHECK(s.world == "berylia");
  CHECK(s.reference == "never");
  CHECK(treatment_names(s) == Names{"never", "joins", "exercises"});
  CHECK(lever_names(s.treatments[1]) == Names{"liaison", "exercise", "membership"});
  CHECK(lever_names(s.treatments[2]) == Names{"exercise"});
  CHECK(s.mechanisms_on.size() == s.mechanisms.size() - 4);  // all that the test vocabulary has
}

TEST_CASE("the regime study compares the record with the Centre ended for everybody", "[campaign]") {
  auto const s = load_study("configs/studies/regime.toml", {}, vocabulary());
  CHECK(s.reference == "recorded");
  REQUIRE(s.treatments.size() == 2);
  CHECK(s.treatments[0].interventions.empty());
  REQUIRE(s.treatments[1].interventions.size() == 1);
  CHECK(s.treatments[1].interventions[0].action == "dissolution");
  CHECK(s.treatments[1].interventions[0].nation.empty());
  CHECK(s.treatments[1].interventions[0].from == s.record_from);
  CHECK(s.focal == Names{"EST", "USA", "JPN"});
}

TEST_CASE("the negative control has no mechanism on and a lever after its end", "[campaign]") {
  for (std::string const folder : {"configs/studies/", "configs/smoke/"}) {
    auto const s = load_study(folder + "negative_control.toml", {}, vocabulary());
    CHECK(s.mechanisms_on.empty());
    CHECK(s.reference == "never");
    CHECK(s.treatments[0].interventions.empty());
    CHECK(s.treatments.back().interventions.at(0).from > s.end);
    auto const one = load_study(folder + "negative_control.toml", {"mechanisms.M1=true"}, vocabulary());
    CHECK(one.mechanisms_on == Names{"M1"});
  }
}

TEST_CASE("a smoke study is its big brother in small: same levers, treatments and responses", "[campaign]") {
  for (std::string const name : {"japan_ccdcoe", "delay", "negative_control", "regime", "berylia"}) {
    auto const big = load_study("configs/studies/" + name + ".toml", {}, vocabulary());
    auto const small = load_study("configs/smoke/" + name + ".toml", {}, vocabulary());
    CHECK(small.name == big.name);
    CHECK(small.title == big.title);
    CHECK(small.seed == big.seed);
    CHECK(treatment_names(small) == treatment_names(big));
    for (std::size_t i = 0; i < big.levers.size(); ++i) {
      CHECK(small.levers[i].name == big.levers[i].name);
      bool const placebo = big.levers[i].levels[0].from >= big.end;
      CHECK(placebo == (small.levers[i].levels[0].from >= small.end));
      if (!placebo) CHECK(small.levers[i].levels[0].from == big.levers[i].levels[0].from);
    }
    CHECK(small.responses.size() == big.responses.size());
    CHECK(replication_count(small) <= 128);
  }
}

TEST_CASE("a treatment holds its levers in the order of the study, whatever the order it names them in", "[campaign]") {
  auto const text =
      good_study() + lever("liaison", "liaison", "2019-03-01") +
      "[design]\nreference = \"x\"\n[[treatments]]\nname = \"x\"\nlevers = [\"liaison\", \"membership\"]\n"
      "[[treatments]]\nname = \"y\"\nlevers = [\"membership\", \"liaison\"]\n";
  auto const s = study_of(text);
  CHECK(lever_names(s.treatments[0]) == Names{"membership", "liaison"});
  CHECK(lever_names(s.treatments[1]) == Names{"membership", "liaison"});
  CHECK(s.treatments[0].levels.empty());
}

TEST_CASE("a prior set changes its factors, an override takes precedence over it", "[campaign]") {
  auto const wide = study_of(good_study() + "[priors]\nset = \"wide\"\n");
  CHECK(wide.factors[0].info.prior == Distribution{Family::uniform, 0.95, 1.3});
  CHECK_FALSE(wide.factors[0].overridden);
  CHECK(wide.factors[1].info.prior == vocabulary().factors[1].prior);
  auto const own = study_of(good_study() +
                            "[priors]\nset = \"wide\"\n[factors.detection_gain]\n"
                            "distribution = \"triangular\"\nlow = 1\nmode = 1.5\nhigh = 1.75\nunit = \"1\"\n"
                            "source = \"a paper\"\ngrade = \"B\"\n");
  CHECK(own.factors[0].info.prior == Distribution{Family::triangular, 1, 1.75, 1.5});
  CHECK(own.factors[0].overridden);
  CHECK(own.factors[0].info.source == "a paper");
  CHECK(own.factors[0].info.grade == Grade::reported);
}

TEST_CASE("overrides change the study and are kept with its text", "[campaign]") {
  auto const s = study_of(good_study(), {"campaign.seed=9", "levers.membership.status=\"SN\"", "time.end=2027-06-01"});
  CHECK(s.seed == 9);
  CHECK(s.levers[0].levels[0].status == "SN");
  CHECK(s.end == Date{2027, 6, 1});
  CHECK(s.text == good_study() +
                      "# --set campaign.seed=9\n# --set levers.membership.status=\"SN\"\n"
                      "# --set time.end=2027-06-01\n");
}

TEST_CASE("a warm-up of whole years from a leap day ends on the first of March", "[campaign]") {
  CHECK(study_of(replaced(good_study(), "2012-01-01", "2012-02-29")).record_from == Date{2015, 3, 1});
}

TEST_CASE("the schema declares what the study decides", "[campaign]") {
  auto const s = study_of(good_study() + "[series]\nnames = [\"service\"]\nfocal_step_days = 1000\n");
  auto const schema = declared_schema(s);
  CHECK(schema.study == "small");
  CHECK(schema.seed == 7);
  CHECK(schema.futures == 4);
  CHECK(schema.replications == 2);
  CHECK(schema.levers == Names{"membership"});
  CHECK(schema.treatments.size() == 2);
  CHECK(schema.factors.size() == 3);
  CHECK(schema.responses.size() == 16);
  CHECK(schema.series.size() == 1);
  CHECK(schema.study_text == good_study() + "[series]\nnames = [\"service\"]\nfocal_step_days = 1000\n");
  CHECK(schema.resolved_study == resolved_text(s));
  // 2015-01-01 to 2028-01-01 are 4748 days: four whole steps and a rest.
  REQUIRE(schema.focal_grid.size() == 5);
  CHECK(schema.focal_grid[0] == to_time({2015, 1, 1}) + day * 1000);
  CHECK(schema.focal_grid.back() == to_time(s.end));
  CHECK(std::is_sorted(schema.other_grid.begin(), schema.other_grid.end()));
  CHECK(schema.other_grid.size() == 53);
}

TEST_CASE("a study whose steps divide the period ends its grid once", "[campaign]") {
  auto const s = study_of(good_study() + "[series]\nfocal_step_days = 1187\n");  // 4748 = 4 x 1187
  CHECK(declared_schema(s).focal_grid.size() == 4);
}

TEST_CASE("a study that cannot be read is an error that says why", "[campaign]") {
  CHECK_THROWS_WITH(load_study("configs/studies/none.toml", {}, vocabulary()),
                    Catch::Contains("there is no such file"));
}

TEST_CASE("the summary tells the size of the campaign", "[campaign]") {
  CHECK(check(good_study()).summary ==
        "small: 2 treatments x 4 futures x 2 replications = 16 replications, seed 7\n"
        "history from 2012-01-01, recorded from 2015-01-01 to 2028-01-01; in focus: JPN\n"
        "reference: none; mechanisms on: M1, M2, M3, M5, M6, M8, M9\n"
        "3 factors (0 overridden, priors flat), 16 responses, 2 series\n");
}
