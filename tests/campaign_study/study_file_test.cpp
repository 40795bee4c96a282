// Treatments from a table of comma-separated values.
#include <catch2/catch.hpp>

#include <filesystem>
#include <unistd.h>

#include "sim/campaign/csv.hpp"
#include "tests/campaign_study/test_vocabulary.hpp"

using namespace sim;
using namespace sim::test;

namespace {

using Lines = std::vector<std::string>;

std::string const text = replaced(good_study(), "from = 2022-11-04\n",
                                  "from = [2018-06-14, 2022-11-04]\n[[levers]]\nname = \"policy\"\nnation = \"JPN\"\naction = \"attribution_policy\"\n"
                                  "from = 2021-04-20\n[design]\ntype = \"file\"\nfile = \"t.csv\"\n");  // line 24

/// Checks the study beside a table with that content.
StudyCheck with_table(std::string const& table) {
  auto const folder = std::filesystem::temp_directory_path() / ("berylia-points-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "t.csv", std::ios::binary) << table;
  auto found = check_study({(folder / "s.toml").string(), text}, {}, vocabulary());
  for (auto& issue : found.issues) issue = issue.substr(folder.string().size() + 1);
  std::filesystem::remove_all(folder);
  return found;
}

std::string csv_fault(std::string const& table) {
  try {
    read_csv(table);
  } catch (CsvError const& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("comma-separated values are read as RFC 4180 has them", "[campaign]") {
  auto const rows = read_csv("\xEF\xBB\xBF" "a,\"b, \"\"c\"\"\"\r\n1,\"2\n3\"\r\n\r\n,\n");
  REQUIRE(rows.size() == 3);
  CHECK(rows[0][1].text == "b, \"c\"");
  CHECK(rows[1][1].text == "2\n3");
  CHECK(std::pair(rows[1][1].line, rows[1][1].column) == std::pair(2, 3));
  CHECK(rows[2][0].line == 5);
  CHECK(rows[2][1].text.empty());
  CHECK(read_csv("").empty());
  CHECK(csv_fault("a,b\n1\n") == "2:1: 1 cells instead of 2 (every row has as many as the header) add or remove some");
  CHECK(csv_fault("a,\"b\n") == "1:3: a quote is not closed (the cell goes on to the end of the file) close it");
  CHECK(csv_fault("a,\"b\"c\n") == "1:6: text follows a closing quote (a quoted cell ends there) put a comma or a new line after it");
  CHECK(csv_fault("a,b\"c\n") == "1:4: a quote within a cell (only a cell in quotes holds one, doubled) put the whole cell in quotes");
}

TEST_CASE("treatments come from a table, and the resolved study needs it no more", "[campaign]") {
  auto const found = with_table("policy,membership\r\n0,0\r\n1,2018-06-14\r\n0,2\r\n");
  REQUIRE(found.study);
  Lines names;
  for (auto const& treatment : found.study->treatments) names.push_back(treatment.name);
  CHECK(names == Lines{"none", "membership.2018-06-14+policy", "membership.2022-11-04"});
  auto const resolved = resolved_text(*found.study);
  CHECK_THAT(resolved, Catch::Contains("type = \"points\"\nreference = \"none\"\npoints = [\n  [0, 0],\n  [1, 1],\n  [2, 0],\n]\n"));
  auto const again = check(resolved);
  REQUIRE(again.study);
  CHECK(resolved_text(*again.study) == resolved);
}

TEST_CASE("what is wrong with a table of treatments is said with its line and column", "[campaign]") {
  CHECK(with_table("policy,membershp\n0,0\n").issues ==
        Lines{"s.toml:24:8: in t.csv:1:8: unknown lever \"membershp\" (known: membership, policy) did you mean \"membership\"?"});
  CHECK(with_table("policy,membership\n0,0\n0,3\n2,x\n1,2019-01-01\n").issues ==
        Lines{"s.toml:24:8: in t.csv:3:3: \"3\" is no level of lever \"membership\" (it has 0 for absent and 1 to 2) write one of them, or the date on which a level begins",
              "s.toml:24:8: in t.csv:4:1: \"2\" is no level of lever \"policy\" (it has 0 for absent and 1 to 1) write one of them, or the date on which a level begins",
              "s.toml:24:8: in t.csv:4:3: \"x\" is no level of lever \"membership\" (it has 0 for absent and 1 to 2) write one of them, or the date on which a level begins",
              "s.toml:24:8: in t.csv:5:3: no level of lever \"membership\" begins on 2019-01-01 (a date stands for the level that begins on it) add the date to the lever"});
  CHECK(with_table("policy,membership\n0,0\n1,1\n1,2018-06-14\n").issues.at(0) ==
        "s.toml:24:8: in t.csv:4:1: the row says the same as an earlier one (each treatment stands there once) remove it");
  CHECK(with_table("policy,membership\n0\n").issues.at(0) ==
        "s.toml:24:8: in t.csv:2:1: 1 cells instead of 2 (every row has as many as the header) add or remove some (the file is no table of comma-separated values) mend it");
  CHECK_THAT(with_table("").issues.at(0), Catch::Contains("in t.csv:1:1: there are no treatments"));
  CHECK_THAT(check(text).issues.at(0), Catch::StartsWith("s.toml:24:8: cannot read \"t.csv\" ("));
}
