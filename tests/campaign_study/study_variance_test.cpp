// [variance_reduction]: antithetic pairs and control variates.
#include <catch2/catch.hpp>

#include "tests/campaign_study/test_vocabulary.hpp"

using namespace sim;
using namespace sim::test;

namespace {

using Lines = std::vector<std::string>;

StudyVocabulary with_control() {
  StudyVocabulary v = vocabulary();
  v.responses.push_back({"surprise", "1", "a test control", true, true, true});
  return v;
}

StudyCheck checked(std::string const& more, StudyVocabulary const& v = with_control()) { return check_study({"s.toml", good_study() + more}, {}, v); }

std::vector<std::string> responses_of(StudyCheck const& check) {
  std::vector<std::string> names;
  for (auto const& response : check.study->responses) names.push_back(response.name);
  return names;
}

}  // namespace

TEST_CASE("controls are measured only where they are asked for", "[campaign]") {
  std::string const one = "[[responses]]\nname = \"effects\"\n";
  CHECK(responses_of(checked("")).size() == 16);
  CHECK(responses_of(checked("[variance_reduction]\ncontrols = true\n")).back() == "surprise");
  CHECK(responses_of(checked(one)) == Lines{"effects"});
  CHECK(responses_of(checked(one + "[variance_reduction]\ncontrols = true\n")) == Lines{"effects", "surprise"});
  auto const named = checked(one + "[[responses]]\nname = \"surprise\"\nfrom = 2020-01-01\n[variance_reduction]\ncontrols = true\n");
  CHECK(responses_of(named) == Lines{"effects", "surprise"});
  CHECK((named.study->responses[1].is_control && named.study->responses[1].window_from == Date{2020, 1, 1}));
  CHECK(checked("[variance_reduction]\ncontrols = true\n", vocabulary()).issues ==
        Lines{"s.toml:18:12: there is no control variate to measure (this model has none) write controls = false"});
}

TEST_CASE("antithetic replications come in pairs", "[campaign]") {
  auto const paired = checked("[variance_reduction]\nantithetic = true\n");
  REQUIRE(paired.study);
  CHECK(declared_schema(*paired.study).antithetic);
  CHECK_FALSE(declared_schema(*checked("").study).antithetic);
  auto const odd = check_study({"s.toml", good_study() + "[variance_reduction]\nantithetic = true\n"}, {{"campaign.replications=5"}}, vocabulary());
  CHECK(odd.issues == Lines{"s.toml:18:14: an odd number of replications, 5, cannot be antithetic (replications 2k and 2k + 1 are the halves of a pair) choose an even "
                            "number of replications, or write antithetic = false"});
  CHECK(checked("[variance_reduction]\nantithetik = true\n").issues.size() == 1);
}

TEST_CASE("the resolved text keeps the variance reduction, and says nothing where there is none", "[campaign]") {
  CHECK(resolved_text(*checked("").study).find("variance_reduction") == std::string::npos);
  auto const study = *checked("[variance_reduction]\nantithetic = true\ncontrols = true\n").study;
  auto const again = parse_study({"again.toml", resolved_text(study)}, {}, with_control());
  CHECK(again.variance_reduction == study.variance_reduction);
  CHECK(resolved_text(again) == resolved_text(study));
}
