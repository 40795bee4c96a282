// Nations that the record holds outside an organisation: a study may let any number of them join, one in each treatment.
#include <catch2/catch.hpp>

#include "sim/base/error.hpp"
#include "tests/models_world/studies.hpp"

using namespace world;
using namespace world::test;

namespace {

StudyOptions joining(std::vector<std::string> const& nations) {
  StudyOptions options;
  options.mechanisms = available_mechanisms();
  options.constants = strong_constants();
  options.futures = 1;
  options.treatments = {{"never", ""}};
  for (auto const& nation : nations) {
    options.levers.push_back({"joins." + nation, nation, "CCDCOE", "membership", "2019-02-01"});
    options.treatments.emplace_back(nation, "\"joins." + nation + "\"");
  }
  return options;
}

}  // namespace

TEST_CASE("who joins by itself has the same history however many others the study lets join", "[world][newcomers]") {
  auto const one = make_study(joining({"BRA"})), many = make_study(joining({"ZAF", "MEX", "BRA", "THA", "PHL", "NZL"}));
  auto const future_of_one = one.scenario->prepare(0), future_of_many = many.scenario->prepare(0);
  auto const alone = run(*one.scenario, future_of_one, {1, 0, 0});
  CHECK(same_outcome(alone, run(*many.scenario, future_of_many, {3, 0, 0})));
  CHECK(same_outcome(run(*one.scenario, future_of_one, {0, 0, 0}), run(*many.scenario, future_of_many, {0, 0, 0})));
  CHECK_FALSE(same_outcome(alone, run(*one.scenario, future_of_one, {0, 0, 0})));
}

TEST_CASE("a study cannot take more than four memberships out of the record", "[world][newcomers]") {
  CHECK_NOTHROW(make_study(joining({"EST", "LVA", "LTU", "POL"})));
  CHECK_THROWS_WITH(make_study(joining({"EST", "LVA", "LTU", "POL", "BRA"})), Catch::Contains("here 4, and those that one treatment moves beside them, here 1) split it"));
  CHECK_NOTHROW(make_study(joining({"EST", "LVA", "LTU", "BRA", "ZAF", "MEX"})));
}
