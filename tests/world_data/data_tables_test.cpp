#include "models/world/data_tables.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "models/world/data/table.hpp"
#include "models/world/data/worlds.hpp"

using namespace world;

namespace {

// The tables about nations, of which each world has its own.
std::vector<std::string> const about_nations{"crises.tsv", "cross_border.tsv", "flags.tsv", "memberships.tsv", "nations.tsv", "openness.tsv", "organisation_weights.tsv",
                                             "organisations.tsv", "receivers.tsv",   "rival_dyads.tsv", "sources.tsv",
                                             "state_actors.tsv"};

bool holds(std::vector<std::string> const& names, std::string const& name) { return std::find(names.begin(), names.end(), name) != names.end(); }

}  // namespace

TEST_CASE("every table of configs/data and its folders is embedded, byte for byte", "[world]") {
  std::vector<std::string> files;
  for (auto const& entry : std::filesystem::recursive_directory_iterator("configs/data")) {
    if (entry.path().extension() != ".tsv") continue;
    files.push_back(entry.path().lexically_relative("configs/data").generic_string());
    std::ifstream file(entry.path(), std::ios::binary);
    std::string const text(std::istreambuf_iterator<char>(file), {});
    CHECK(!text.empty());
    CHECK((data_table(files.back()) == text));
  }
  std::sort(files.begin(), files.end());
  CHECK(data_table_names() == files);
}

TEST_CASE("a table that does not exist is named, with those that do", "[world]") {
  CHECK_THROWS_WITH(data_table("nation.tsv"), Catch::Contains("nation.tsv") && Catch::Contains("nations.tsv"));
}

TEST_CASE("the default world rests on the tables of configs/data and on none of a folder", "[world]") {
  auto const tables = tables_of(worlds().front());
  CHECK(std::is_sorted(tables.begin(), tables.end()));
  CHECK(tables.size() == 21);
  CHECK(std::none_of(tables.begin(), tables.end(), [](std::string const& name) { return name.find('/') != std::string::npos; }));
}

TEST_CASE("another world has its own tables about nations and shares all others", "[world]") {
  WorldInfo const& berylia = find_world("berylia");
  auto const own = tables_of(berylia), real = tables_of(worlds().front());
  CHECK(std::is_sorted(own.begin(), own.end()));
  CHECK(own.size() == real.size());
  for (std::string const& name : real) {
    INFO(name);
    bool const is_own = holds(about_nations, name);
    CHECK(holds(own, own_table(berylia, name)) == is_own);
    CHECK(holds(own, name) != is_own);
  }
}

TEST_CASE("a world that does not exist is an error with the nearest that does", "[world]") {
  CHECK(find_world("world").centre == "CCDCOE");
  CHECK_THROWS_WITH(find_world("Berylya"), "unknown world \"Berylya\" (known: world, berylia) did you mean \"berylia\"?");
  CHECK_THROWS_WITH(find_world(""), Catch::Contains("known: world, berylia"));
}

TEST_CASE("no nation or organisation is in two worlds, and the codes of fictional nations are for private use", "[world]") {
  Table const real("nations.tsv"), own("berylia/nations.tsv"), organisations("organisations.tsv"), centres("berylia/organisations.tsv");
  for (std::size_t i = 0; i < own.size(); ++i) {
    std::string const code = own.text(i, "iso3");
    CHECK((code.size() == 3 && code.front() == 'X'));  // ISO 3166-1: XAA to XZZ are never given to a state
    for (std::size_t k = 0; k < real.size(); ++k) CHECK((real.text(k, "iso3") != code && real.text(k, "name") != own.text(i, "name")));
  }
  for (std::size_t i = 0; i < centres.size(); ++i)
    for (std::size_t k = 0; k < organisations.size(); ++k) CHECK(organisations.text(k, "organisation") != centres.text(i, "organisation"));
}

TEST_CASE("a world's own table has the columns of the default world's, with a grade for a confidence", "[world]") {
  for (std::string const& name : about_nations) {
    INFO(name);
    auto const header = [](std::string_view table) {
      std::size_t begin = 0;
      while (table[begin] == '#') begin = table.find('\n', begin) + 1;
      std::string line(table.substr(begin, table.find('\n', begin) - begin));
      if (auto const at = line.find("confidence"); at != std::string::npos) line.replace(at, 10, "grade");
      return line;
    };
    CHECK(header(data_table(own_table(find_world("berylia"), name))) == header(data_table(name)));
  }
}
