// Where the treatments of a history part: the first date on which they differ, and an earlier one of the user's.
#include <catch2/catch.hpp>

#include "sim/campaign/branching.hpp"
#include "tests/campaign_study/test_vocabulary.hpp"

using namespace sim;
using namespace sim::test;

namespace {

using Lines = std::vector<std::string>;

std::string branching_on(std::string const& date) { return replaced(good_study(), "seed = 7\n", "seed = 7\nbranch_at = " + date + "\n"); }

Lines issues_on(std::string const& date) { return check(branching_on(date)).issues; }

Date difference(std::string const& text) {
  auto const found = check(text);
  INFO((found.issues.empty() ? "" : found.issues.front()));
  REQUIRE(found.study);
  return first_difference(*found.study);
}

std::string const same_levers = "[design]\ntype = \"explicit\"\nreference = \"a\"\n[[treatments]]\nname = \"a\"\nlevers = [\"membership\"]\n";

}  // namespace

TEST_CASE("treatments differ from the first date on which one of them moves what another does not", "[campaign]") {
  CHECK(difference(good_study()) == Date{2022, 11, 4});
  CHECK(difference(replaced(good_study(), "2022-11-04", "2027-12-31")) == Date{2027, 12, 31});
  CHECK(difference(replaced(good_study(), "2022-11-04", "[2018-06-14, 2022-11-04]")) == Date{2018, 6, 14});
}

TEST_CASE("treatments that differ after the end, or in nothing, differ at the end", "[campaign]") {
  CHECK(difference(replaced(good_study(), "2022-11-04", "2028-01-01")) == Date{2028, 1, 1});
  CHECK(difference(good_study() + same_levers) == Date{2028, 1, 1});
}

TEST_CASE("where one of two of a kind ends as the other begins nothing differs, whatever their status", "[campaign]") {
  std::string const second = "[[levers]]\nname = \"later\"\nnation = \"JPN\"\norganisation = \"CCDCOE\"\naction = \"membership\"\n";
  std::string const treatments =
      "[design]\ntype = \"explicit\"\nreference = \"long\"\n[[treatments]]\nname = \"long\"\nlevers = [\"whole\"]\n"
      "[[treatments]]\nname = \"two\"\nlevers = [\"membership\", \"later\"]\n";
  std::string const whole = "[[levers]]\nname = \"whole\"\nnation = \"JPN\"\norganisation = \"CCDCOE\"\naction = \"membership\"\nfrom = 2020-01-01\n";
  std::string const halves = replaced(good_study(), "from = 2022-11-04", "from = 2020-01-01\nto = 2023-01-01\nstatus = \"CP\"");
  CHECK(difference(halves + second + "from = 2023-01-01\nstatus = \"SN\"\n" + whole + treatments) == Date{2028, 1, 1});
  CHECK(difference(halves + second + "from = 2023-01-02\nstatus = \"SN\"\n" + whole + treatments) == Date{2023, 1, 1});
}

TEST_CASE("treatments may branch from the end of the warm-up to the first date on which they differ", "[campaign]") {
  for (std::string const date : {"2015-01-01", "2018-01-12", "2022-11-04"}) {
    auto const found = check(branching_on(date));
    REQUIRE(found.study);
    CHECK(found.study->branch_at == parse_date(date));
    CHECK_THAT(found.summary, Catch::Contains("branching: " + date + " (the treatments first differ on 2022-11-04)"));
  }
  CHECK_FALSE(check(good_study()).study->branch_at);
}

TEST_CASE("a date to branch on that cannot be is told with its place, the reason and the range", "[campaign]") {
  CHECK(issues_on("2014-12-31") ==
        Lines{"s.toml:11:13: the treatments cannot branch on 2014-12-31 (the warm-up lasts until 2015-01-01, and all treatments share it) "
              "choose a date from 2015-01-01 to 2022-11-04, or leave it away to branch on 2022-11-04"});
  CHECK(issues_on("2022-11-05") ==
        Lines{"s.toml:11:13: the treatments cannot branch on 2022-11-05 (two of them differ from 2022-11-04 on, and what differs cannot be "
              "shared) choose a date from 2015-01-01 to 2022-11-04, or leave it away to branch on 2022-11-04"});
  CHECK(issues_on("\"none\"") == Lines{"s.toml:11:13: \"branch_at\" in [campaign] is a text (a date without quotes and time of day is needed) "
                                       "write it as in branch_at = 2018-01-12"});
  CHECK(check(good_study(), {"campaign.branch_at=2030-01-01"}).issues.at(0).starts_with("--set campaign.branch_at=2030-01-01"));
}

TEST_CASE("treatments that never differ may branch until the end, and a single one shares nothing", "[campaign]") {
  auto const never = check(replaced(branching_on("2028-01-01"), "from = 2022-11-04", "from = 2029-01-01"));
  REQUIRE(never.study);
  CHECK_THAT(never.summary, Catch::Contains("the treatments do not differ before the end"));
  CHECK(check(replaced(branching_on("2028-01-02"), "from = 2022-11-04", "from = 2029-01-01")).issues.size() == 1);
  auto const single = check(branching_on("2025-01-01") + same_levers);
  REQUIRE(single.study);
  CHECK_THAT(single.summary, Catch::Contains("nothing is shared (the study has a single treatment)"));
  CHECK(check(branching_on("2028-01-02") + same_levers).issues.size() == 1);
}

TEST_CASE("where treatments branch is no part of the study that results are named after", "[campaign]") {
  CHECK(resolved_text(*check(branching_on("2018-01-12")).study) == resolved_text(*check(good_study()).study));
  CHECK(declared_schema(*check(branching_on("2018-01-12")).study).resolved_study == declared_schema(*check(good_study()).study).resolved_study);
}
