#include "sim/base/names.hpp"

#include <catch2/catch.hpp>

using namespace sim;

TEST_CASE("edit distance counts insertions, deletions, replacements and swaps of neighbours", "[base]") {
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

TEST_CASE("edit distance is symmetric and obeys its bounds", "[base]") {
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

TEST_CASE("only a name that is near is suggested, the nearest first", "[base]") {
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

TEST_CASE("shown numbers have no needless digits and no more than nine", "[base]") {
  CHECK(shown(12.0) == "12");
  CHECK(shown(0.1 + 0.2) == "0.3");
  CHECK(shown(-1 / 3.0) == "-0.333333333");
  CHECK(shown(1e20) == "1e+20");
}

TEST_CASE("shown text is short, printable and never cut inside a character", "[base]") {
  CHECK(shown("abc") == "\"abc\"");
  CHECK(shown("a\nb\x1b[0m") == "\"a?b?[0m\"");
  CHECK(shown(std::string(61, 'a')) == "\"" + std::string(60, 'a') + "...\"");
  CHECK(shown(std::string(59, 'a') + "\xC3\xBC") == "\"" + std::string(59, 'a') + "...\"");
  CHECK(shown(std::string(58, 'a') + "\xC3\xBC") == "\"" + std::string(58, 'a') + "\xC3\xBC\"");
}

TEST_CASE("lists hold each name once, and long ones are cut and counted", "[base]") {
  CHECK(listed({}) == "");
  CHECK(listed({"a", "b"}) == "a, b");
  CHECK(listed({"a", "b", "c"}, 1) == "a, and 2 more");
  CHECK(listed({"a", "", "a", "b", "", "b", "c"}, 2) == "a, b, and 1 more");
}

TEST_CASE("the only name that begins with the word is suggested where none is near", "[base]") {
  CHECK(closest("rollback", {"sequential", "rollback-check"}) == "rollback-check");
  CHECK(closest("Rol", {"sequential", "rollback-check"}) == "rollback-check");
  CHECK(closest("ro", {"sequential", "rollback-check"}).empty());
  CHECK(closest("roll", {"rollbacks-only", "rollback-check"}).empty());
}

TEST_CASE("a nation is found by the beginning of its name, a near name or a near code", "[base]") {
  std::vector<std::string> const codes{"DEU", "GBR", "JPN", "PRK", "USA", "ARE"};
  std::vector<std::string> const names{"Germany", "United Kingdom", "Japan", "North Korea", "United States",
                                       "United Arab Emirates"};
  auto const found = [&](char const* text) {
    auto const at = closest_thing(text, codes, names);
    return at ? codes[*at] : "none";
  };
  CHECK(found("JAP") == "JPN");
  CHECK(found("ger") == "DEU");
  CHECK(found("Japn") == "JPN");
  CHECK(found("JPM") == "JPN");
  CHECK(found("JPNN") == "JPN");
  CHECK(found("GErM") == "DEU");
  CHECK(found("united k") == "GBR");
  CHECK(found("United") == "none");
  CHECK(found("XYZ") == "none");
}
