// Agents in cascades reach what the theories of cascades say.
#include <catch2/catch.hpp>

#include "tests/validation/validate.hpp"

using namespace validation;

TEST_CASE("two networks of 50,000 sites keep the share that the theory of cascades says", "[validation]") {
  check_agents("buldyrev", {{"degree", "4"}, {"surviving", "0.625"}});
  for (char const* surviving : {"0.65", "0.7"}) {
    auto const comparison = check_agents("buldyrev", {{"degree", "4"}, {"surviving", surviving}});
    CHECK(comparison.of("giant_share").mean == Approx(comparison.closed("giant_share")).margin(0.01));
  }
}

TEST_CASE("one network, three and five keep their shares, and below the critical point one, two and three keep nothing",
          "[validation]") {
  check_agents("buldyrev", {{"networks", "1"}, {"degree", "3"}, {"surviving", "0.5"}, {"sites", "20000"}});
  check_agents("buldyrev", {{"networks", "3"}, {"degree", "5"}, {"surviving", "0.8"}, {"sites", "20000"}});
  check_agents("buldyrev", {{"networks", "5"}, {"degree", "8"}, {"surviving", "0.6"}, {"sites", "10000"}});
  check_agents("buldyrev", {{"networks", "1"}, {"degree", "2"}, {"surviving", "0.4"}, {"sites", "20000"}});
  check_agents("buldyrev", {{"networks", "2"}, {"degree", "4"}, {"surviving", "0.58"}, {"sites", "5000"}});
  check_agents("buldyrev", {{"networks", "3"}, {"degree", "5"}, {"surviving", "0.55"}, {"sites", "5000"}});
  CHECK_FALSE(simulate("buldyrev", {{"sites", "20000"}})
                  .of("giant_share")
                  .contains(closed_form("buldyrev", {{"surviving", "0.71"}}, "giant_share")));
}

TEST_CASE("networks too small or too near their critical point for the law are refused, those beside them follow it",
          "[validation]") {
  auto const refused = [](std::vector<theory::Given> const& given) {
    CHECK_THAT(refusal("buldyrev", given), Catch::Contains("the fate of a finite network is chance"));
  };
  refused({{"surviving", "0.6"}, {"sites", "5000"}});
  refused({{"networks", "1"}, {"degree", "2"}, {"surviving", "0.47"}});
  refused({{"networks", "1"}, {"degree", "2"}, {"surviving", "0.4"}, {"sites", "5000"}});
  refused({{"networks", "1"}, {"degree", "4"}, {"surviving", "0.26"}});
  refused({{"networks", "1"}, {"degree", "1.4"}, {"surviving", "0.8"}, {"sites", "2000"}});
  CHECK_THAT(refusal("buldyrev", {{"degree", "20"}, {"surviving", "1"}}), Catch::Contains("to show the law"));
  check_agents("buldyrev", {{"surviving", "0.56"}, {"sites", "1000"}});
  check_agents("buldyrev", {{"networks", "1"}, {"degree", "2"}, {"surviving", "0.43"}});
}

TEST_CASE("sectors hand on what they lack until nothing is new, or step by step", "[validation]") {
  check_agents("inoperability", {});
  check_agents("inoperability", {{"matrix", "0,0.9,0,0,0.4,0,0,0,1,0.8,0,0,1,0.9,0,0"}, {"shock", "0,0.5,0,0"}});
  check_agents("inoperability", {{"matrix", "0.15,0.5,0.1,0.05"}, {"shock", "0,0.1"}});
  check_agents("inoperability", {{"matrix", "0.15,0.5,0.1,0.05"}, {"shock", "0,0.1"}, {"mode", "dynamic"}});
  check_agents("inoperability", {{"table", "bea2021"}});
  check_agents("inoperability", {{"table", "bea2021"}, {"sector", "telecom"}});
}

TEST_CASE("a matrix that is 3 percent off falls outside what sectors reach", "[validation][twin]") {
  auto const found = simulate("inoperability", {{"mode", "dynamic"}});
  CHECK_FALSE(found.of("q_1").contains(
      closed_form("inoperability", {{"mode", "dynamic"}, {"matrix", "0,0.824,0.2,0"}}, "q_1")));
}
