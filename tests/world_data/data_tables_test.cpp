#include "models/world/data_tables.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>


TEST_CASE("every table of configs/data is embedded, byte for byte", "[world]") {
  std::vector<std::string> files;
  for (auto const& entry : std::filesystem::directory_iterator("configs/data")) {
    if (entry.path().extension() != ".tsv") continue;
    files.push_back(entry.path().filename().string());
    std::ifstream file(entry.path(), std::ios::binary);
    std::string const text(std::istreambuf_iterator<char>(file), {});
    CHECK(!text.empty());
    CHECK((world::data_table(files.back()) == text));
  }
  std::sort(files.begin(), files.end());
  CHECK(world::data_table_names() == files);
}

TEST_CASE("a table that does not exist is named, with those that do", "[world]") {
  CHECK_THROWS_WITH(world::data_table("nation.tsv"), Catch::Contains("nation.tsv") && Catch::Contains("nations.tsv"));
}
