// [rare_event] in a study: what it means, and what is refused where.
#include <catch2/catch.hpp>

#include "tests/campaign_study/test_vocabulary.hpp"

using namespace sim;
using sim::test::good_study;

namespace {

StudyVocabulary vocabulary() {
  auto v = sim::test::vocabulary();
  v.levels = {{"service_lost", "share", "lost so far", 0, 1, true}, {"crises", "crises", "of the world", 0, 100, false}};
  return v;
}

StudyCheck check(std::string const& rare_event) { return check_study({"s.toml", good_study() + rare_event}, {}, vocabulary()); }

void check_issue(std::string const& rare_event, std::string const& place, std::string const& part) {
  auto const found = check("[rare_event]\n" + rare_event);
  INFO(rare_event);
  REQUIRE_FALSE(found.issues.empty());
  CHECK_THAT(found.issues.front(), Catch::StartsWith("s.toml:" + place) && Catch::Contains(part));
}

}  // namespace

TEST_CASE("a rare event is all that its study measures", "[study][splitting]") {
  auto const found = check("[rare_event]\nlevel = \"service_lost\"\nlevels = [0.1, 0.2, 0.5]\neffort = 40\nfrom = 2020-01-01\n");
  for (auto const& issue : found.issues) FAIL_CHECK(issue);
  REQUIRE(found.study);
  Study const& study = *found.study;
  CHECK(study.rare_event == RareEventInfo{"service_lost", "share", "lost so far", "JPN", {0.1, 0.2, 0.5}, 40});
  REQUIRE(study.responses.size() == 5);
  CHECK(study.responses[2].name == "reach_3");
  CHECK(study.responses[3].name == "crude_events");
  CHECK(study.responses[4].name == "splitting_events");
  CHECK(study.responses[0].window_from == Date{2020, 1, 1});
  CHECK(study.responses[0].window_to == Date{2028, 1, 1});
  CHECK(study.series.empty());
  CHECK_THAT(found.summary, Catch::Contains("service_lost of JPN reaches 0.5 share, by splitting at 3 levels with 40 histories from each"));
}

TEST_CASE("the resolved text of a study with a rare event reads back as the same", "[study][splitting]") {
  for (char const* const level : {"level = \"service_lost\"\nnation = \"EST\"\nlevels = [0.25]\n", "level = \"crises\"\nlevels = [1, 2, 4]\n"}) {
    auto const study = check("[rare_event]\n" + std::string(level)).study.value();
    std::string const text = resolved_text(study);
    auto const again = parse_study({"r.toml", text}, {}, vocabulary());
    CHECK(resolved_text(again) == text);
    CHECK(again.rare_event == study.rare_event);
    CHECK(again.rare_event.effort == 100);
  }
}

TEST_CASE("faults of a rare event are told where they stand", "[study][splitting]") {
  std::string const level = "level = \"service_lost\"\n";
  check_issue("levels = [0.1]\n", "17:1", "level = \"service_lost\"");
  check_issue("level = \"servce_lost\"\nlevels = [0.1]\n", "18:9", "did you mean \"service_lost\"?");
  check_issue(level, "17:1", "levels = [0.02, 0.05, 0.1]");
  check_issue(level + "levels = []\n", "19:10", "0 levels");
  check_issue(level + "levels = [0.1, 0.3, 0.2]\n", "19:21", "level 0.2 after 0.3");
  check_issue(level + "levels = [0.1, 0.1]\n", "19:16", "level 0.1 after 0.1");
  check_issue(level + "levels = [0.0, 0.1]\n", "19:11", "it rises from 0 to at most 1 share");
  check_issue(level + "levels = [0.5, 1.5]\n", "19:16", "out of the range");
  check_issue(level + "levels = [0.5]\neffort = 1\n", "20:10", "2");
  check_issue(level + "levels = [0.5]\nnation = \"JAP\"\n", "20:10", "JAP");
  check_issue(level + "levels = [0.5]\nfrom = 2012-06-01\n", "20:8", "before recording");
  check_issue(level + "levels = [0.5]\neffrt = 3\n", "20:1", "effort");
  check_issue("level = \"crises\"\nnation = \"JPN\"\nlevels = [5]\n", "19:10", "whole world's");
  check_issue(level + "levels = [0.5]\n[series]\nnames = [\"service\"]\n", "20:1", "[series] with [rare_event]");
  check_issue(level + "levels = [0.5]\n[[responses]]\nname = \"incidents\"\n", "20:", "[responses] with [rare_event]");
}
