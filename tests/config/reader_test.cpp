#include "sim/config/reader.hpp"

#include <catch2/catch.hpp>
#include <functional>

#include "sim/config/document.hpp"

using namespace sim;

namespace {

/// Issues after `read` has read `text`.
std::vector<std::string> issues_of(std::string const& text, std::function<void(TableReader&)> const& read) {
  Issues issues("f");
  auto const root = parse_document(text, issues);
  REQUIRE(root);
  TableReader reader(&*root, "the file", issues);
  read(reader);
  return issues.lines();
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("values come back as written, absent optional keys as nothing", "[config]") {
  auto const issues = issues_of("t = \"a\"\nf = false\nd = 2020-02-29\ni = -3\nx = 2\ny = -0.0\nl = [\"p\", \"q\"]\n",
                                [](TableReader& r) {
                                  CHECK(r.text("t", required("t = \"a\"")) == "a");
                                  CHECK(r.flag("f", required("f = true")) == false);
                                  CHECK(r.date("d", required("d = 2020-01-01")) == Date{2020, 2, 29});
                                  CHECK(r.integer("i", required("i = 1"), -3, 3) == -3);
                                  CHECK(r.number("x", required("x = 1.0")) == 2.0);
                                  CHECK_FALSE(std::signbit(*r.number("y", required("y = 1.0"))));
                                  auto const list = r.texts("l", required("l = []"));
                                  REQUIRE(list);
                                  CHECK(list->size() == 2);
                                  CHECK((*list)[1].value == "q");
                                  CHECK((*list)[1].where == Position{-1, 7, 11});
                                  CHECK_FALSE(r.text("absent", optional_key("absent = \"x\"")));
                                  CHECK_FALSE(r.has("absent"));
                                  r.finish();
                                });
  CHECK(issues == Lines{});
}

TEST_CASE("each kind of mistyped value is reported at its place", "[config]") {
  auto const issues =
      issues_of("t = 1\nf = 1\nd = \"2020-01-01\"\ni = 1.0\nx = \"1\"\nl = [1, \"a\"]\nm = 3\n", [](TableReader& r) {
        r.text("t", required("t = \"a\""));
        r.flag("f", required("f = true"));
        r.date("d", required("d = 2020-01-01"));
        r.integer("i", required("i = 1"), 0, 9);
        r.number("x", required("x = 0.5"));
        r.texts("l", required("l = [\"a\"]"));
        CHECK_FALSE(r.table("m", required("[m]")).present());
      });
  CHECK(issues ==
        Lines{"f:1:5: \"t\" in the file is a whole number (a text in quotes is needed) write it as in t = \"a\"",
              "f:2:5: \"f\" in the file is a whole number (true or false is needed) write it as in f = true",
              "f:3:5: \"d\" in the file is a text (a date without quotes and time of day is needed) write it "
              "as in d = 2020-01-01",
              "f:4:5: \"i\" in the file is a number with a fraction (a whole number is needed) write it as in "
              "i = 1",
              "f:5:5: \"x\" in the file is a text (a number is needed) write it as in x = 0.5",
              "f:6:6: \"l\" in the file is a whole number (an array of texts is needed) write it as in l = "
              "[\"a\"]",
              "f:7:5: \"m\" in the file is a whole number (a table is needed) write it as in [m]"});
}

TEST_CASE("missing, unknown and out-of-range keys are reported together", "[config]") {
  auto const issues =
      issues_of("[t]\nfuturs = 3\nseed = -1\nx = inf\ny = nan\nd = 0001-01-01\n", [](TableReader& root) {
        auto t = root.table("t", required("[t]"));
        t.integer("futures", required("futures = 100"), 1, 10);
        t.integer("seed", required("seed = 1"), 0, 10);
        t.number("x", required("x = 1.0"));
        t.number("y", required("y = 1.0"));
        t.date("d", required("d = 2020-01-01"));
        t.finish();
        root.table("u", required("[u] with things"));
        root.finish();
      });
  CHECK(issues ==
        Lines{"f:1:1: missing key \"futures\" in [t] (it has no default) add futures = 100",
              "f:1:1: missing table [u] in the file (it has no default) add [u] with things",
              "f:2:1: unknown key \"futurs\" in [t] (known: futures, seed, x, y, d) did you mean \"futures\"?",
              "f:3:8: -1 is out of range for \"seed\" in [t] (0 to 10 are accepted) choose a number within them",
              "f:4:5: inf is out of range for \"x\" in [t] (only finite numbers are accepted) choose a finite number",
              "f:5:5: nan is out of range for \"y\" in [t] (only finite numbers are accepted) choose a finite number",
              "f:6:5: 0001-01-01 is out of range for \"d\" in [t] (dates from 1000-01-01 to 9999-12-31 are accepted) "
              "choose a date within them"});
}

TEST_CASE("a whole number beyond 64 bits is out of range, not unreadable", "[config]") {
  CHECK(issues_of("a = 18446744073709551615\nb = -1_000_000_000_000_000_000_000 # small\nc = 9999999999999999999\nt = "
                  "9999999999999999999\n",
                  [](TableReader& root) {
                    CHECK_FALSE(root.integer("a", required("a = 1"), 0, 9));
                    CHECK_FALSE(root.integer("b", required("b = 1"), 0, 9));
                    CHECK_FALSE(root.number("c", required("c = 1.0")));
                    CHECK_FALSE(root.text("t", required("t = \"a\"")));
                    root.finish();
                  }) ==
        Lines{"f:1:5: 18446744073709551615 is out of range for \"a\" in the file (0 to 9 are accepted) choose a number "
              "within them",
              "f:2:5: -1_000_000_000_000_000_000_000 is out of range for \"b\" in the file (0 to 9 are accepted) choose a "
              "number within them",
              "f:3:5: 9999999999999999999 is out of range for \"c\" in the file (whole numbers have at most 64 bits) write "
              "it with a fraction, as in 1e20",
              "f:4:5: \"t\" in the file is a whole number (a text in quotes is needed) write it as in t = \"a\""});
}

TEST_CASE("a table that is absent misses no keys of its own", "[config]") {
  CHECK(issues_of("", [](TableReader& root) {
          auto t = root.table("t", required("[t]"));
          CHECK_FALSE(t.integer("a", required("a = 1"), 0, 1));
          t.finish();
        }) == Lines{"f:1:1: missing table [t] in the file (it has no default) add [t]"});
}

TEST_CASE("a value that could not be read is reported once, not as missing or mistyped", "[config]") {
  CHECK(issues_of("a = 2020-02-30\n",
                  [](TableReader& root) {
                    CHECK_FALSE(root.date("a", required("a = 2020-01-01")));
                    CHECK(root.has("a"));
                    root.finish();
                  }) ==
        Lines{"f:1:5: 2020-02-30 is not a date (February 2020 has 29 days) write a day that exists, as in "
              "2022-11-04"});
}

TEST_CASE("tables of an array are read one by one, each with its place", "[config]") {
  CHECK(issues_of("[[l]]\na = 1\n[[l]]\nb = 2\n",
                  [](TableReader& root) {
                    auto readers = root.tables("l", required("[[l]]"));
                    REQUIRE(readers.size() == 2);
                    CHECK(readers[1].where() == Position{-1, 3, 1});
                    for (auto& reader : readers) {
                      reader.integer("a", required("a = 1"), 0, 9);
                      reader.finish();
                    }
                  }) == Lines{"f:3:1: missing key \"a\" in [[l]] (it has no default) add a = 1",
                              "f:4:1: unknown key \"b\" in [[l]] (known: a) remove it"});
}

TEST_CASE("a name repeated in a list is reported", "[config]") {
  CHECK(issues_of("l = [\"a\", \"b\", \"a\"]\n", [](TableReader& root) {
          CHECK(root.texts("l", required("l = []"))->size() == 2);
        }) == Lines{"f:1:16: repeated \"a\" in \"l\" (each may be named once) keep one of them"});
}

TEST_CASE("numbers are shown as briefly as they can be read back", "[config]") {
  CHECK(shortest_number(0.1) == "0.1");
  CHECK(shortest_number(1e300) == "1e+300");
  CHECK(shortest_number(100) == "100");
}
