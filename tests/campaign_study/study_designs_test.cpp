// The types of designs: which treatments they make, in which order, and what they refuse.
#include <catch2/catch.hpp>

#include <bit>
#include <filesystem>
#include <set>

#include "analysis/estimators/fraction.hpp"
#include "tests/campaign_study/test_vocabulary.hpp"

using namespace sim;
using namespace sim::test;

namespace {

using Lines = std::vector<std::string>;

std::string const head = "study_format = 1\nname = \"small\"\n[time]\nstart = 2012-01-01\nend = 2028-01-01\n[campaign]\nfutures = 2\nseed = 7\n";

/// A policy of another nation for each lever, so that none moves what another does; `dates` of each.
std::string levers(std::vector<std::string> const& dates) {
  std::string text;
  char const* const nations[] = {"EST", "JPN", "KOR", "UKR", "USA"};
  for (std::size_t i = 0; i < dates.size(); ++i)
    text += std::string("[[levers]]\nname = \"") + static_cast<char>('a' + i) + "\"\nnation = \"" + nations[i % 5] + "\"\n" +
            (i < 5 ? "action = \"attribution_policy\"\n" : i < 10 ? "action = \"membership\"\norganisation = \"CCDCOE\"\n" : "action = \"liaison\"\norganisation = \"CCDCOE\"\n") +
            "from = " + dates[i] + "\n";
  return text;
}

std::string plain(std::size_t count) { return levers(std::vector<std::string>(count, "2020-01-01")); }
std::string design(std::string const& keys) { return "[design]\n" + keys + "\n"; }

Lines names(StudyCheck const& found) {
  INFO((found.issues.empty() ? "" : found.issues.front()));
  REQUIRE(found.study);
  Lines all;
  for (auto const& treatment : found.study->treatments) all.push_back(treatment.name);
  return all;
}

std::size_t count(std::string const& text) { return names(check(head + text)).size(); }

std::string const two = "[2018-01-01, 2020-01-01]", three = "[2018-01-01, 2020-01-01, 2022-01-01]";

}  // namespace

TEST_CASE("designs have as many treatments as they should, with different names", "[campaign]") {
  CHECK(count(levers({two, three, "2020-01-01"})) == 3 * 4 * 2);
  CHECK(count(levers({two, three, "2020-01-01"}) + design("type = \"one_at_a_time\"")) == 1 + 2 + 3 + 1);
  CHECK(count(levers({three, three}) + design("type = \"paired\"")) == 4);
  CHECK(count(levers({three, three, two}) + design("type = \"paired\"\nlevers = [\"a\", \"b\"]")) == 4 * 3);
  CHECK(count(plain(4) + design("type = \"fractional_factorial\"\ngenerators = [\"d = a*b*c\"]")) == 8);
  CHECK(count(plain(12)) == 4096);
  for (auto const& text : {levers({two, three, two}), levers({two, three}) + design("type = \"one_at_a_time\"")}) {
    auto const all = names(check(head + text));
    CHECK(std::set<std::string>(all.begin(), all.end()).size() == all.size());
  }
}

TEST_CASE("paired levers move together, the others are crossed", "[campaign]") {
  CHECK(names(check(head + levers({two, two}) + design("type = \"paired\""))) == Lines{"none", "a.2018-01-01+b.2018-01-01", "a.2020-01-01+b.2020-01-01"});
  CHECK(check(head + levers({two, three}) + design("type = \"paired\"")).issues ==
        Lines{"s.toml:20:8: levers \"a\" and \"b\" cannot be paired (they have 2 and 3 levels) give them equally many, or name the levers to pair in \"levers\""});
}

TEST_CASE("no design is left without treatments and without a word", "[campaign]") {
  for (auto const& keys : {"type = \"paired\"\nlevers = []", "type = \"points\"\npoints = []", "type = \"explicit\"\nreference = \"a\"", "type = \"fractional_factorial\"\ngenerators = []",
                           "where = [\"0\"]", "type = \"one_at_a_time\"\nwhere = [\"a and not a\"]", "type = \"points\"\npoints = [[]]"}) {
    INFO(keys);
    CHECK_FALSE(check(head + plain(3) + design(keys)).issues.empty());
    CHECK_FALSE(check(head + design(keys)).issues.empty());
  }
}

TEST_CASE("a listed treatment stands for every level of its levers", "[campaign]") {
  auto const text = head + levers({two, "2020-01-01"}) + design("reference = \"never\"") +
                    "[[treatments]]\nname = \"never\"\nlevers = []\n[[treatments]]\nname = \"acts\"\nlevers = [\"a\", \"b\"]\n";
  auto const found = check(text);
  CHECK(names(found) == Lines{"never", "acts.2018-01-01", "acts.2020-01-01"});
  CHECK(found.study->treatments[2].label == "acts (2020-01-01)");
  CHECK(found.study->treatments[2].levels.empty());
  CHECK(found.study->treatments[2].interventions.size() == 2);
}

TEST_CASE("conditions drop treatments, but not the reference", "[campaign]") {
  auto const found = check(head + plain(3) + design("where = [\"not (a and b)\"]"));
  CHECK(names(found) == Lines{"none", "a", "b", "c", "a+c", "b+c"});
  CHECK(found.study->design.notes == Lines{"2 combinations dropped by \"where\""});
  CHECK_THAT(found.summary, Catch::Contains("2 combinations dropped by \"where\""));
  // What is absent has no date: the condition says nothing then.
  CHECK(names(check(head + levers({two, two}) + design("where = [\"a.from < b.from\"]"))) ==
        Lines{"none", "a.2018-01-01", "a.2020-01-01", "b.2018-01-01", "b.2020-01-01", "a.2018-01-01+b.2020-01-01"});
  CHECK(names(check(head + levers({three}) + design("where = [\"a.level != 2\"]"))) == Lines{"none", "a.2018-01-01", "a.2022-01-01"});
  CHECK(check(head + plain(2) + design("where = [\"a\"]")).issues ==
        Lines{"s.toml:20:9: the reference \"none\" is dropped (\"a\" is false for it) choose another reference, or mend the condition"});
  CHECK(names(check(head + plain(2) + design("reference = \"a\"\nwhere = [\"a\"]"))) == Lines{"a", "a+b"});
  CHECK(check(head + plain(2) + design("where = [\"a and a.form\"]")).issues ==
        Lines{"s.toml:20:10: unknown name \"a.form\", at column 7 of \"a and a.form\" (known: a, b, a.level, a.from, a.to, b.level, b.from, b.to) "
              "did you mean \"a.from\"?"});
}

TEST_CASE("a fraction says its resolution and what it cannot tell apart", "[campaign]") {
  auto const found = check(head + plain(4) + design("type = \"fractional_factorial\"\nresolution = 4"));
  CHECK(names(found) == Lines{"none", "a+d", "b+d", "a+b", "c+d", "a+c", "b+c", "a+b+c+d"});
  CHECK(found.study->design.notes == Lines{"a fraction of 8 of 2^4 treatments, resolution 4: d = a*b*c", "not told apart: a*b = c*d, a*c = b*d, b*c = a*d"});
  auto const third = check(head + plain(3) + design("type = \"fractional_factorial\"\ngenerators = [\"c = -a*b\"]"));
  CHECK(third.study->design.notes.at(1) == "not told apart: a = -b*c, b = -a*c, c = -a*b");
}

TEST_CASE("a fraction with dropped treatments claims only what is left of it", "[campaign]") {
  auto const fraction = [](std::string const& keys) { return check(head + plain(4) + design("type = \"fractional_factorial\"\nresolution = 4\n" + keys)); };
  auto const broken = fraction("where = [\"not (a and b)\"]");
  CHECK(broken.study->treatments.size() == 6);
  CHECK(broken.study->design.notes == Lines{"the fraction is no longer regular: no resolution, no aliases", "2 combinations dropped by \"where\""});
  // A half of a half is regular again, with fewer levers told apart.
  auto const half = fraction("reference = \"a+d\"\nwhere = [\"a != b\"]");
  CHECK(half.study->treatments.size() == 4);
  CHECK(half.study->design.notes.front() == "a fraction of 4 of 2^4 treatments, resolution 2");
  std::vector<std::vector<int>> points;
  for (auto const& treatment : broken.study->treatments) points.push_back(treatment.levels);
  CHECK_FALSE(analysis::regular_fraction(points, 4));
}

TEST_CASE("fractions of every size have the resolution asked for, and every lever in half of the treatments", "[campaign]") {
  for (std::size_t k = 3; k <= 11; ++k)
    for (unsigned resolution = 3; resolution <= std::min<std::size_t>(k, 6); ++resolution) {
      CAPTURE(k, resolution);
      auto const found = check(head + plain(k) + design("type = \"fractional_factorial\"\nresolution = " + std::to_string(resolution)));
      REQUIRE(found.study);
      std::vector<std::vector<int>> points;
      for (auto const& treatment : found.study->treatments) points.push_back(treatment.levels);
      CHECK(points.front() == std::vector<int>(k, 0));
      CHECK(points.size() < std::size_t{1} << k);
      auto const fraction = analysis::regular_fraction(points, k);
      REQUIRE(fraction);
      CHECK(analysis::resolution(*fraction) >= resolution);
      for (std::size_t j = 0; j < k; ++j)
        CHECK(std::count_if(points.begin(), points.end(), [&](auto const& point) { return point[j] == 1; }) * 2 == static_cast<std::ptrdiff_t>(points.size()));
    }
  CHECK(count(plain(5) + design("type = \"fractional_factorial\"\nresolution = 5")) == 16);
  CHECK(count(plain(7) + design("type = \"fractional_factorial\"\nresolution = 3")) == 8);
  CHECK(count(plain(8) + design("type = \"fractional_factorial\"\nresolution = 4")) == 16);
  CHECK(count(plain(11) + design("type = \"fractional_factorial\"\nresolution = 5")) == 128);
}

TEST_CASE("fractions that cannot be are refused", "[campaign]") {
  auto const issues = [](std::string const& keys, std::size_t count = 4) { return check(head + plain(count) + design("type = \"fractional_factorial\"\n" + keys)).issues; };
  CHECK(issues("generators = [\"d = a*b\"]").at(0) ==
        "s.toml:30:8: the design has no treatment \"none\" (it is the reference unless another is named) add the treatment without levers, or reference = \"d\"");
  CHECK(issues("generators = [\"d = a*x\"]").at(0) == "s.toml:31:15: unknown lever \"x\" (known: a, b, c, d) write a generator as \"d = a*b*c\"");
  CHECK(issues("generators = [\"d\"]").at(0) == "s.toml:31:15: generator \"d\" has no = (it says of which levers another one is the product) write it as \"d = a*b*c\"");
  CHECK_THAT(issues("generators = [\"d = a*b*c\", \"c = a*d\"]").at(0), Catch::Contains("stands on the right of a generator"));
  CHECK_THAT(issues("generators = [\"d = a\"]").at(0), Catch::Contains("follows one lever"));
  CHECK_THAT(issues("").at(0), Catch::Contains("neither \"generators\" nor \"resolution\" is given"));
  CHECK_THAT(issues("resolution = 5").at(0), Catch::Contains("no fraction of 4 levers with resolution 5 was found"));
  CHECK_THAT(check(head + levers({two, "2020-01-01", "2020-01-01"}) + design("type = \"fractional_factorial\"\nresolution = 3")).issues.at(0), Catch::Contains("lever \"a\" has 2 levels"));
}

TEST_CASE("points list the level of every lever", "[campaign]") {
  CHECK(names(check(head + levers({two, "2020-01-01"}) + design("type = \"points\"\npoints = [[0, 0], [2, 1], [1, 0]]"))) ==
        Lines{"none", "a.2020-01-01+b", "a.2018-01-01"});
  CHECK(check(head + plain(2) + design("type = \"points\"\npoints = [[0, 0], [1, 2], [1, 1], [1, 1], [1]]")).issues ==
        Lines{"s.toml:21:19: 2 is no level of lever \"b\" (it has 0 for absent and 1 to 1) write one of them",
              "s.toml:21:35: repeated treatment \"a+b\" (names tell treatments apart) remove it, or choose other names",
              "s.toml:21:43: a point has 1 levels (the study has 2 levers) write the level of each lever, 0 for absent"});
}

TEST_CASE("huge designs are refused before they are made", "[campaign]") {
  std::string dates = "[";
  for (int i = 0; i < 999; ++i) dates += (i ? ", " : "") + to_string(to_date(to_time({2016, 1, 1}) + day * i));
  dates += "]";
  CHECK(check(head + levers({dates, dates, dates})).issues ==
        Lines{"s.toml:9:1: the design has 1000000000 combinations of levels ((1 + 999) x (1 + 999) x (1 + 999); at most 4096 are combined) name fewer "
              "levers or levels, or take another type of design"});
  CHECK_THAT(check(head + levers({dates, dates, dates, dates, dates, dates, dates})).issues.at(0), Catch::Contains("more than 10^19 combinations"));
  CHECK_THAT(check(head + levers({dates, dates, dates}) + design("where = [\"a\"]")).issues.at(0), Catch::Contains("at most 65536 are combined before"));
  CHECK(check(head + plain(13)).issues == Lines{"s.toml:9:1: 13 levers are too many for a full factorial (at most 12 are combined) list [[treatments]] instead"});
}

TEST_CASE("levers may not be named like another one's property in conditions, nor like its level", "[campaign]") {
  auto const text = head + levers({two, "2020-01-01"});
  CHECK_THAT(check(replaced(text, "name = \"b\"", "name = \"a.from\"") + design("where = [\"a.from\"]")).issues.at(0), Catch::Contains("\"a.from\" is ambiguous"));
  CHECK_THAT(check(replaced(text, "name = \"b\"", "name = \"a.2018-01-01\"")).issues.at(0), Catch::Contains("repeated treatment \"a.2018-01-01\""));
}

TEST_CASE("every type of design resolves to a study that reads back the same", "[campaign]") {
  std::string const listed = "[[treatments]]\nname = \"never\"\nlevers = []\n[[treatments]]\nname = \"acts\"\nlevers = [\"b\", \"a\"]\n";
  for (auto const& text : {levers({two, three}), levers({two, three}) + "within = \"a\"\n" + design("where = [\"a.from <= b.from\"]"), levers({two, three}) + design("type = \"one_at_a_time\""),
                           levers({two, two, "2020-01-01"}) + design("type = \"paired\"\nlevers = [\"b\", \"a\"]"), plain(6) + design("type = \"fractional_factorial\"\nresolution = 3"),
                           levers({two, three}) + design("type = \"points\"\npoints = [[2, 3], [0, 0]]"), levers({two, three}) + design("reference = \"never\"") + listed}) {
    auto const first = check(head + text);
    REQUIRE(first.study);
    auto const resolved = resolved_text(*first.study);
    auto const again = check(resolved);
    INFO(resolved << (again.issues.empty() ? "" : again.issues.front()));
    REQUIRE(again.study);
    CHECK(resolved_text(*again.study) == resolved);
    CHECK(names(again) == names(first));
    CHECK(again.study->design.notes == first.study->design.notes);
    for (std::size_t t = 0; t < first.study->treatments.size(); ++t) CHECK(again.study->treatments[t].levels == first.study->treatments[t].levels);
  }
}

TEST_CASE("the resolved text of a sweep", "[campaign]") {
  auto const text = resolved_text(*check(head + levers({two}) + design("where = [\"a.level < 2\"]")).study);
  CHECK_THAT(text, Catch::Contains("\n[[levers]]\nname = \"a\"\nnation = \"EST\"\naction = \"attribution_policy\"\nfrom = [2018-01-01, 2020-01-01]\npairs = true\n"
                                   "\n[design]\ntype = \"full_factorial\"\nreference = \"none\"\nwhere = [\"a.level < 2\"]\n"));
}
