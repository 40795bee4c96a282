// Levers with several levels: crossed, paired, named, nested, and what is wrong with them.
#include <catch2/catch.hpp>

#include "tests/campaign_study/test_vocabulary.hpp"

using namespace sim;
using namespace sim::test;

namespace {

using Lines = std::vector<std::string>;

/// The small study with this instead of the date of its lever; line 16 holds `from`.
StudyCheck with_dates(std::string const& lines) { return check(replaced(good_study(), "from = 2022-11-04\n", lines)); }

Lines names(StudyCheck const& found) {
  INFO((found.issues.empty() ? "" : found.issues.front()));
  REQUIRE(found.study);
  Lines all;
  for (auto const& treatment : found.study->treatments) all.push_back(treatment.name);
  return all;
}

std::string const policy = "[[levers]]\nname = \"policy\"\nnation = \"JPN\"\naction = \"attribution_policy\"\nfrom = 2021-04-20\n";

}  // namespace

TEST_CASE("a lever with dates has a treatment for each", "[campaign]") {
  auto const found = with_dates("from = [2018-06-14, 2022-11-04]\n");
  CHECK(names(found) == Lines{"none", "membership.2018-06-14", "membership.2022-11-04"});
  auto const& study = *found.study;
  CHECK(study.treatments[1].label == "membership 2018-06-14");
  CHECK(study.treatments[2].interventions.at(0).from == Date{2022, 11, 4});
  CHECK(study.treatments[2].levels == std::vector<int>{2});
}

TEST_CASE("an array of one is the same study as no array", "[campaign]") {
  CHECK(resolved_text(*with_dates("from = [2022-11-04]\n").study) == resolved_text(*check(good_study()).study));
}

TEST_CASE("arrays of one lever are crossed, or paired", "[campaign]") {
  CHECK(names(with_dates("from = [2018-06-14, 2022-11-04]\nstatus = [\"CP\", \"SN\"]\n")) ==
        Lines{"none", "membership.CP.2018-06-14", "membership.CP.2022-11-04", "membership.SN.2018-06-14", "membership.SN.2022-11-04"});
  CHECK(names(with_dates("from = [2018-06-14, 2022-11-04]\nstatus = [\"CP\", \"SN\"]\npairs = true\n")) ==
        Lines{"none", "membership.CP.2018-06-14", "membership.SN.2022-11-04"});
  CHECK(names(with_dates("from = 2018-06-14\nto = [2020-01-01, 9999-12-31]\n")) ==
        Lines{"none", "membership.to.2020-01-01", "membership.to.never"});
}

TEST_CASE("levels of several levers multiply, the first lever fastest", "[campaign]") {
  auto const found = check(replaced(good_study(), "from = 2022-11-04", "from = [2018-06-14, 2022-11-04]") + policy);
  CHECK(names(found) == Lines{"none", "membership.2018-06-14", "membership.2022-11-04", "policy", "membership.2018-06-14+policy", "membership.2022-11-04+policy"});
}

TEST_CASE("a lever within another one exists only beside it", "[campaign]") {
  auto const found = check(good_study() + policy + "within = \"membership\"\n");
  CHECK(names(found) == Lines{"none", "membership", "membership+policy"});
  CHECK(found.study->design.notes == Lines{"1 combination dropped: a lever without the one it lies within"});
  CHECK(names(check(good_study() + policy + "within = \"membership\"\n[design]\ntype = \"one_at_a_time\"\n")) == Lines{"none", "membership", "membership+policy"});
}

TEST_CASE("levels that cannot be are reported where they stand", "[campaign]") {
  CHECK(with_dates("from = [2018-06-14, 2018-06-14]\n").issues ==
        Lines{"s.toml:16:21: lever \"membership\" has the same level twice (it begins on 2018-06-14 in both) remove one of them"});
  CHECK(with_dates("from = []\n").issues ==
        Lines{"s.toml:16:8: \"from\" in [[levers]] is empty (an array of one or more is needed) write it as in from = 2022-11-04"});
  CHECK(with_dates("from = [2018-06-14, \"x\"]\n").issues ==
        Lines{"s.toml:16:21: \"from\" in [[levers]] is a text (an array of dates is needed) write it as in from = 2022-11-04"});
  CHECK(with_dates("from = [2014-06-14, 2018-06-14]\n").issues ==
        Lines{"s.toml:16:9: lever \"membership\" begins on 2014-06-14, before recording begins (all treatments share the history until "
              "2015-01-01) choose a later date, or an earlier start in [time]"});
  CHECK(with_dates("from = [2018-06-14, 2022-11-04]\nto = [2020-01-01, 2024-01-01, 2025-01-01]\npairs = true\n").issues ==
        Lines{"s.toml:18:9: the arrays of lever \"membership\" cannot be paired (2 in \"from\", 3 in \"to\", 1 in \"status\") make them equally "
              "long, or remove \"pairs\" to cross them"});
  CHECK(with_dates("from = [2018-06-14, 2022-11-04]\nto = [2020-01-01, 2024-01-01]\n").issues ==
        Lines{"s.toml:17:7: lever \"membership\" ends on 2020-01-01, not after it begins (it begins on 2022-11-04) choose a later end, or "
              "write pairs = true for one end to each begin"});
  CHECK(with_dates("from = 2022-11-04\nstatus = [\"CP\", \"PC\"]\n").issues ==
        Lines{"s.toml:17:17: unknown status \"PC\" (CCDCOE knows CP, SN) did you mean \"CP\"?"});
}

TEST_CASE("a lever cannot lie within an unknown one or itself", "[campaign]") {
  CHECK(check(good_study() + policy + "within = \"membershp\"\n").issues ==
        Lines{"s.toml:22:10: unknown lever \"membershp\" (known: membership, policy) did you mean \"membership\"?"});
  CHECK(check(good_study() + "within = \"policy\"\n" + policy + "within = \"membership\"\n").issues.at(0) ==
        "s.toml:17:10: lever \"membership\" lies within itself (\"within\" leads from it in a circle) remove one \"within\"");
}
