#include "sim/config/issue.hpp"

#include <catch2/catch.hpp>

#include "sim/base/contracts.hpp"

using namespace sim;

TEST_CASE("edit distance counts insertions, deletions, replacements and swaps of neighbours", "[config]") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("abc", "") == 3);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("futurs", "futures") == 1);
  CHECK(edit_distance("futuers", "futures") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
  // Optimal string alignment never edits inside a swapped pair: 3, where the unrestricted distance is 2.
  CHECK(edit_distance("ca", "abc") == 3);
  CHECK(edit_distance("JPN", "jpn") == 0);
}

TEST_CASE("edit distance is symmetric and obeys its bounds", "[config]") {
  std::vector<std::string> const words{"", "a", "ab", "ba", "futures", "future", "seed", "seeds", "deed", "membership"};
  for (auto const& a : words)
    for (auto const& b : words) {
      std::size_t const distance = edit_distance(a, b);
      CHECK(distance == edit_distance(b, a));
      CHECK((distance == 0) == (a == b));
      CHECK(distance <= std::max(a.size(), b.size()));
      CHECK(distance + std::min(a.size(), b.size()) >= std::max(a.size(), b.size()));
    }
}

TEST_CASE("only a name that is near is suggested, the nearest first", "[config]") {
  std::vector<std::string> const known{"futures", "replications", "seed"};
  CHECK(closest("futurs", known) == "futures");
  CHECK(closest("sede", known) == "seed");
  CHECK(closest("Seed", known) == "seed");
  CHECK(closest("horizon", known).empty());
  CHECK(closest("", known).empty());
  CHECK(closest("x", {"y"}).empty());
  CHECK(closest("liaison", {"liaisons", "liaison_2"}) == "liaisons");
  CHECK(closest(std::string(1000, 'a'), {std::string(999, 'a')}).empty());
}

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

TEST_CASE("shown text is short, printable and never cut inside a character", "[config]") {
  CHECK(shown("abc") == "\"abc\"");
  CHECK(shown("a\nb\x1b[0m") == "\"a?b?[0m\"");
  CHECK(shown(std::string(61, 'a')) == "\"" + std::string(60, 'a') + "...\"");
  CHECK(shown(std::string(59, 'a') + "\xC3\xBC") == "\"" + std::string(59, 'a') + "...\"");
  CHECK(shown(std::string(58, 'a') + "\xC3\xBC") == "\"" + std::string(58, 'a') + "\xC3\xBC\"");
}

TEST_CASE("long lists are cut and counted", "[config]") {
  CHECK(listed({}) == "");
  CHECK(listed({"a", "b"}) == "a, b");
  CHECK(listed({"a", "b", "c"}, 1) == "a, and 2 more");
}
