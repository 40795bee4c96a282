#include <catch2/catch.hpp>

#include "sim/base/error.hpp"
#include "tests/campaign_study/test_vocabulary.hpp"

using namespace sim;
using namespace sim::test;

TEST_CASE("a new study loads, and compares joining with never joining", "[campaign]") {
  auto const text = new_study_text({"JPN", "2022-11-04"}, vocabulary());
  auto const found = check(text);
  CHECK(found.issues == std::vector<std::string>{});
  REQUIRE(found.study);
  auto const& s = *found.study;
  CHECK(s.name == "jpn_ccdcoe");
  // The date may be changed later: it stands in the lever alone.
  CHECK(s.question == "What does joining CCDCOE change for Japan?");
  CHECK(s.reference == "never");
  REQUIRE(s.treatments.size() == 2);
  CHECK(s.treatments[0].interventions.empty());
  REQUIRE(s.treatments[1].interventions.size() == 1);
  CHECK(s.treatments[1].interventions[0].from == Date{2022, 11, 4});
  CHECK(s.treatments[1].interventions[0].status == "CP");
  CHECK(s.start == Date{2015, 1, 1});
  CHECK(s.record_from == Date{2018, 1, 1});
  CHECK(s.end == Date{2028, 1, 1});
}

TEST_CASE("title and question of a new study stay true when the date of its lever changes", "[campaign]") {
  auto const found = check(new_study_text({"JPN", "2022-11-04"}, vocabulary()), {"levers.membership.from=2020-01-01"});
  REQUIRE(found.study);
  CHECK(found.study->title == "Japan joins CCDCOE");
  CHECK(found.study->question == "What does joining CCDCOE change for Japan?");
}

TEST_CASE("a nation may be given by code or English name, in small letters too", "[campaign]") {
  auto const expected = new_study_text({"KOR", "2022-05-05"}, vocabulary());
  for (char const* nation : {"kor", "South Korea", "south korea"})
    CHECK(new_study_text({nation, "2022-05-05"}, vocabulary()) == expected);
}

TEST_CASE("a new study loads for every nation, organisation and possible year", "[campaign]") {
  auto const v = vocabulary();
  for (auto const& world : v.worlds)
    for (auto const& nation : world.nations)
      for (auto const& organisation : world.organisations)
        for (int year = 2011; year <= 2038; ++year)
          CHECK(check(new_study_text({nation.code, to_string(Date{year, 6, 1}), organisation.name, world.name}, v)).issues.empty());
}

TEST_CASE("a new study says that it replaces a recorded membership, and only then", "[campaign]") {
  auto v = vocabulary();
  v.worlds[0].memberships = {{"EST", "CCDCOE", {2008, 5, 14}}};
  CHECK(new_study_note({"Estonia", "2019-04-01"}, v) ==
        "note: in the record Estonia is a member of CCDCOE from 2008-05-14 (both treatments replace that: in one it joins "
        "on 2019-04-01, in the other never) nothing to do if that is the question");
  CHECK(new_study_note({"JPN", "2019-04-01"}, v).empty());
  CHECK(new_study_note({"EST", "2019-04-01", "EU"}, v).empty());
}

TEST_CASE("a new study of another world says which, joins its centre, and names nothing of the default world", "[campaign]") {
  auto const text = new_study_text({"Crimsonia", "2022-01-01", "", "berylia"}, vocabulary());
  auto const found = check(text);
  CHECK(found.issues == std::vector<std::string>{});
  REQUIRE(found.study);
  CHECK(found.study->world == "berylia");
  CHECK(found.study->levers.at(0).levels.at(0).organisation == "CYDEC");
  CHECK(found.study->levers.at(0).levels.at(0).status.empty());
  CHECK(found.study->focal == std::vector<std::string>{"XCR"});
  CHECK(text.find("CCDCOE") == std::string::npos);
  CHECK(new_study_text({"JPN", "2022-11-04"}, vocabulary()).find("[scenario]") == std::string::npos);
}

TEST_CASE("answers that make no study are errors with a suggestion", "[campaign]") {
  auto message = [](NewStudyOptions const& options) -> std::string {
    try {
      new_study_text(options, vocabulary());
      return "accepted";
    } catch (Error const& error) {
      return error.what();
    }
  };
  CHECK(message({"Japn", "2022-11-04"}) ==
        "unknown nation \"Japn\" (the world has 5 nations) did you mean \"JPN\" (Japan)?");
  CHECK(message({"Korea", "2022-11-04"}) ==
        "unknown nation \"Korea\" (the world has 5 nations) use a code of three letters, as in \"EST\"");
  CHECK(message({"Berylia", "2022-11-04"}) ==
        "nation \"Berylia\" is not in the world \"world\" (Berylia belongs to the world \"berylia\") "
        "give --world berylia, or name another");
  CHECK(message({"XBE", "2022-11-04", "EU", "berylia"}) ==
        "organisation \"EU\" is not in the world \"berylia\" (it belongs to the world \"world\") "
        "give --world world, or name another");
  CHECK(message({"XBE", "2022-11-04", "", "berlia"}) ==
        "unknown world \"berlia\" (known: world, berylia) did you mean \"berylia\"?");
  CHECK(message({"JPN", "04.11.2022"}) ==
        "\"04.11.2022\" is not a date (a day that exists is needed, year first) write it "
        "as in 2022-11-04");
  CHECK(message({"JPN", "2022-11-31"}) ==
        "\"2022-11-31\" is not a date (a day that exists is needed, year first) write it "
        "as in 2022-11-04");
  CHECK(message({"JPN", "2008-05-13"}) ==
        "joining on 2008-05-13 is too early (of CCDCOE: it was founded on 2008-05-14; recording begins on 2004-01-01) "
        "choose 2008-05-14 or later");
  CHECK(message({"JPN", "2039-01-02"}) ==
        "joining on 2039-01-02 is too late (the world can be simulated to 2040-01-01, and a year should follow) choose "
        "2039-01-01 or earlier");
  CHECK(message({"JPN", "2022-11-04", "CCDOE"}) ==
        "cannot join \"CCDOE\" (these can be joined: CCDCOE, EU) did you mean \"CCDCOE\"?");
}
