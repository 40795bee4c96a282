#include "sim/config/issue.hpp"

#include <catch2/catch.hpp>

#include "sim/base/contracts.hpp"

using namespace sim;

TEST_CASE("issues are listed by position, the file before the overrides, repetitions once", "[config]") {
  Issues issues("f.toml", {"a=1", "b=2"});
  issues.add({1, 1, 1}, "p4", "r", "s");
  issues.add({-1, 7, 2}, "p3", "r", "s");
  issues.add({0, 1, 1}, "pa", "r", "s");
  issues.add({-1, 2, 9}, "p1", "r", "s");
  issues.add({-1, 7, 1}, "p2", "r", "s");
  issues.add({-1, 2, 9}, "p1", "r", "s");
  CHECK(issues.lines() == std::vector<std::string>{"f.toml:2:9: p1 (r) s", "f.toml:7:1: p2 (r) s",
                                                   "f.toml:7:2: p3 (r) s", "--set a=1: pa (r) s",
                                                   "--set b=2: p4 (r) s"});
}

TEST_CASE("issues beyond the hundredth are counted, not shown", "[config]") {
  Issues issues("f");
  for (int i = 1; i <= 130; ++i) issues.add({-1, i, 1}, "p", "r", "s");
  auto const lines = issues.lines();
  REQUIRE(lines.size() == 101);
  CHECK(lines[99] == "f:100:1: p (r) s");
  CHECK(lines[100] == "and 30 more (the first 100 are shown) mend these and check again");
}

TEST_CASE("an issue without reason or suggestion is a broken contract", "[config]") {
  Issues issues("f");
  CHECK_THROWS_AS(issues.add({}, "p", "", "s"), ContractViolation);
  CHECK_THROWS_AS(issues.add({}, "p", "r", ""), ContractViolation);
}
