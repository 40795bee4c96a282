// Levers of many nations in one table, memberships as recorded, and the design that leaves one lever out.
#include <catch2/catch.hpp>

#include "tests/campaign_study/test_vocabulary.hpp"

using namespace sim;
using namespace sim::test;

namespace {

using Lines = std::vector<std::string>;

std::string const head = "study_format = 1\nname = \"small\"\n[time]\nstart = 2012-01-01\nend = 2028-01-01\n[campaign]\nseed = 7\n";  // records from 2015

/// A world in which Estonia is a founding member, Ukraine joins late, South Korea changes its status, and the United States left and came back.
StudyVocabulary recorded_world() {
  auto v = vocabulary();
  v.worlds[0].memberships = {{"EST", "CCDCOE", {2008, 5, 14}, {9999, 12, 31}, "SN"}, {"UKR", "CCDCOE", {2023, 5, 16}, {9999, 12, 31}, "CP"},
                             {"KOR", "CCDCOE", {2016, 1, 1}, {2024, 1, 1}, "CP"},    {"KOR", "CCDCOE", {2024, 1, 1}, {9999, 12, 31}, "SN"},
                             {"USA", "CCDCOE", {2016, 1, 1}, {2018, 1, 1}, "SN"},    {"USA", "CCDCOE", {2020, 1, 1}, {9999, 12, 31}, "SN"},
                             {"JPN", "CCDCOE", {2009, 1, 1}, {2012, 6, 1}, "CP"},    {"JPN", "EU", {2016, 1, 1}}};
  return v;
}

std::string group(std::string const& keys) { return "[[levers]]\nname = \"joins\"\norganisation = \"CCDCOE\"\naction = \"membership\"\n" + keys; }
StudyCheck checked(std::string const& text) { return check_study({"s.toml", head + text}, {}, recorded_world()); }
Study study(std::string const& text) {
  auto const found = checked(text);
  INFO((found.issues.empty() ? "" : found.issues.front()));
  REQUIRE(found.study);
  return *found.study;
}
Lines names(Study const& study) {
  Lines all;
  for (auto const& treatment : study.treatments) all.push_back(treatment.name);
  return all;
}
/// Nation, status and dates of a lever's only level.
std::string level(StudyLever const& lever) {
  auto const& own = lever.levels.at(0);
  return own.lever + " " + own.nation + " " + own.status + " " + to_string(own.from) + " " + to_string(own.to);
}

std::string const one_by_one = "[design]\ntype = \"one_at_a_time\"\n", leave_one_out = "[design]\ntype = \"leave_one_out\"\n";

}  // namespace

TEST_CASE("a table of several nations is a lever for each", "[campaign]") {
  auto const made = study(group("nations = [\"KOR\", \"EST\"]\nfrom = 2020-01-01\n") + one_by_one);
  CHECK(names(made) == Lines{"none", "joins.KOR", "joins.EST"});
  CHECK(level(made.levers.at(0)) == "joins.KOR KOR CP 2020-01-01 9999-12-31");
  CHECK(level(made.levers.at(1)) == "joins.EST EST CP 2020-01-01 9999-12-31");
  CHECK(made.focal == Lines{"KOR", "EST"});
  auto const written = "[[levers]]\nname = \"joins.KOR\"\nnation = \"KOR\"\norganisation = \"CCDCOE\"\naction = \"membership\"\nfrom = 2020-01-01\n"
                       "[[levers]]\nname = \"joins.EST\"\nnation = \"EST\"\norganisation = \"CCDCOE\"\naction = \"membership\"\nfrom = 2020-01-01\n";
  CHECK(resolved_text(made) == resolved_text(study(written + one_by_one)));
}

TEST_CASE("a recorded membership has the dates of the record, from the beginning of recording on", "[campaign]") {
  auto const made = study(group("nations = [\"EST\", \"UKR\", \"KOR\"]\nrecorded = true\n") + leave_one_out);
  CHECK(level(made.levers.at(0)) == "joins.EST EST SN 2015-01-01 9999-12-31");
  CHECK(level(made.levers.at(1)) == "joins.UKR UKR CP 2023-05-16 9999-12-31");
  CHECK(level(made.levers.at(2)) == "joins.KOR KOR CP 2016-01-01 9999-12-31");
  CHECK(level(study(group("nation = \"UKR\"\nrecorded = true\n")).levers.at(0)) == "joins UKR CP 2023-05-16 9999-12-31");
  // The resolved study needs no record.
  auto const again = check_study({"s.toml", resolved_text(made)}, {}, vocabulary());
  REQUIRE(again.study);
  CHECK(resolved_text(*again.study) == resolved_text(made));
}

TEST_CASE("leaving one out makes the whole, nothing, and all but each", "[campaign]") {
  std::string const three = group("nations = [\"EST\", \"KOR\", \"UKR\"]\nfrom = 2020-01-01\n");
  auto const made = study(three + leave_one_out);
  CHECK(made.reference == "all");
  CHECK(names(made) == Lines{"all", "none", "without.joins.EST", "without.joins.KOR", "without.joins.UKR"});
  CHECK(made.treatments[0].interventions.size() == 3);
  CHECK(made.treatments[1].interventions.empty());
  for (std::size_t t = 2; t < 5; ++t) {
    Lines held;
    for (auto const& i : made.treatments[t].interventions) held.push_back(i.lever);
    CHECK(held.size() == 2);
    CHECK(std::find(held.begin(), held.end(), made.levers[t - 2].name) == held.end());
  }
  CHECK(names(study(group("nation = \"EST\"\nfrom = 2020-01-01\n") + leave_one_out)) == Lines{"all", "none"});
  // What lies within a lever that is left out goes with it.
  std::string const inner = "[[levers]]\nname = \"liaison\"\nnation = \"JPN\"\norganisation = \"CCDCOE\"\naction = \"liaison\"\nfrom = 2021-01-01\nwithin = \"joins.KOR\"\n";
  auto const nested = study(three + inner + leave_one_out);
  CHECK(nested.treatments.at(3).name == "without.joins.KOR");
  CHECK(nested.treatments[3].interventions.size() == 2);
  CHECK(nested.treatments[5].interventions.size() == 3);
  CHECK(study(three + leave_one_out + "reference = \"none\"\n").reference == "none");
}

TEST_CASE("what is wrong with a group of levers is said at its place", "[campaign]") {
  auto const issues = [](std::string const& keys) { return checked(group(keys)).issues; };
  CHECK(issues("nations = [\"EST\", \"Japan\"]\nfrom = 2020-01-01\n") ==
        Lines{"s.toml:12:19: unknown nation \"Japan\" (the world has 5 nations) did you mean \"JPN\" (Japan)?"});
  CHECK(issues("nations = []\nfrom = 2020-01-01\n") == Lines{"s.toml:12:11: lever \"joins\" is of no nation (\"nations\" stands for a lever for each) name some"});
  CHECK(issues("nation = \"EST\"\nnations = [\"KOR\"]\nfrom = 2020-01-01\n") ==
        Lines{"s.toml:13:11: lever \"joins\" has both nation and nations (\"nations\" stands for a lever for each) keep one of them"});
  CHECK(issues("nation = \"EST\"\nrecorded = true\nfrom = 2020-01-01\n") ==
        Lines{"s.toml:14:8: \"from\" stands beside recorded = true (the record has its own dates and statuses) keep one of them"});
  CHECK(issues("nations = [\"EST\", \"JPN\"]\nrecorded = true\n") ==
        Lines{"s.toml:12:19: no membership of \"JPN\" in CCDCOE is recorded (none lasts beyond the day on which recording begins) write a date in \"from\", or leave the nation out"});
  CHECK(issues("nation = \"USA\"\nrecorded = true\n") ==
        Lines{"s.toml:12:10: more than one membership of \"USA\" in CCDCOE is recorded (it left on 2018-01-01 and came back on 2020-01-01) write a lever with dates for each"});
  CHECK(issues("nation = \"EST\"\n") == Lines{"s.toml:8:1: missing key \"from\" in [[levers]] (it has no default) add from = 2022-11-04"});
  auto const policy = checked("[[levers]]\nname = \"names\"\nnations = [\"EST\"]\naction = \"attribution_policy\"\nrecorded = true\n").issues;
  REQUIRE(policy.size() == 1);
  CHECK_THAT(policy[0], Catch::Contains("lever \"names\" cannot be as recorded (only memberships and withdrawals can, it is of action \"attribution_policy\")"));
  auto const ending = checked("[[levers]]\nname = \"ends\"\nnations = [\"EST\"]\norganisation = \"CCDCOE\"\naction = \"dissolution\"\nfrom = 2020-01-01\n").issues;
  CHECK(ending == Lines{"s.toml:10:11: lever \"ends\" names a nation (the action \"dissolution\" is of the organisation alone) remove it"});
  auto const twice = checked("[[levers]]\nname = \"joins.EST\"\nnation = \"EST\"\naction = \"attribution_policy\"\nfrom = 2020-01-01\n" + group("nations = [\"EST\"]\nfrom = 2020-01-01\n")).issues;
  CHECK(twice == Lines{"s.toml:17:12: repeated lever \"joins.EST\" (names tell levers apart) choose another name"});
  auto const levels = checked(group("nations = [\"EST\", \"KOR\"]\nfrom = [2020-01-01, 2021-01-01]\n") + leave_one_out).issues;
  CHECK(levels == Lines{"s.toml:8:1: lever \"joins.EST\" has 2 levels (a leave-one-out design holds every lever or leaves it out) give it one date and status"});
}

TEST_CASE("a withdrawal takes a recorded member out, one in a treatment", "[campaign]") {
  auto const leaving = [](std::string const& keys) { return "[[levers]]\nname = \"leaves\"\norganisation = \"CCDCOE\"\naction = \"withdrawal\"\n" + keys; };
  auto const made = study(leaving("nations = [\"EST\", \"UKR\"]\nrecorded = true\n") + "[[levers]]\nname = \"end\"\norganisation = \"CCDCOE\"\naction = \"dissolution\"\nfrom = 2015-01-01\n" + one_by_one);
  CHECK(names(made) == Lines{"none", "leaves.EST", "leaves.UKR", "end"});
  CHECK(level(made.levers.at(0)) == "leaves.EST EST  2015-01-01 9999-12-31");
  CHECK(level(made.levers.at(1)) == "leaves.UKR UKR  2023-05-16 9999-12-31");
  auto const issues = [&](std::string const& text) { return checked(text).issues; };
  CHECK(issues(leaving("nations = [\"EST\", \"UKR\"]\nfrom = 2020-01-01\n")) ==
        Lines{"s.toml:8:1: treatment \"leaves.EST+leaves.UKR\" cannot hold both \"leaves.EST\" and \"leaves.UKR\" (each takes something out of the record, and one may) "
              "keep one of them, or part their dates"});
  CHECK(issues(leaving("nation = \"EST\"\nfrom = 2020-01-01\nto = 2021-01-01\n")) ==
        Lines{"s.toml:8:1: lever \"leaves\" has an end (who withdraws does not come back) remove \"to\", or move a membership instead"});
  auto with_stranger = recorded_world();
  with_stranger.worlds[0].memberships.pop_back(), with_stranger.worlds[0].memberships.pop_back();
  CHECK(check_study({"s.toml", head + leaving("nation = \"JPN\"\nfrom = 2020-01-01\n")}, {}, with_stranger).issues ==
        Lines{"s.toml:8:1: lever \"leaves\" withdraws nothing (\"JPN\" is no member of CCDCOE in the record) leave the nation out"});
  CHECK(issues(leaving("nation = \"EST\"\nfrom = 2020-01-01\n") + group("nation = \"EST\"\nfrom = 2021-01-01\n") + one_by_one) ==
        Lines{"s.toml:8:1: levers \"leaves\" and \"joins\" cannot stand in one study (one withdraws from the record what the other replaces) remove one of them"});
}
